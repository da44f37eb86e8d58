"""Whom one would like to work with, and with whom not: of mentees about mentors and of mentors about mentees."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

MOST = 20


class WishQuerySet(models.QuerySet["Wish"]):
    def visible_to(self, reader: Any) -> "WishQuerySet":
        """One's own; all for admins. Whom a wish or a veto is about never reads it."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(seat__person=reader)

    def of(self, seat: Membership) -> "WishQuerySet":
        return self.filter(seat=seat)


class Wish(models.Model):
    """What the person of `seat` says `about` somebody on the other side of the same cohort."""

    seat = models.ForeignKey(Membership, models.CASCADE, related_name="wishes")
    about = models.ForeignKey(Membership, models.CASCADE, related_name="wished_by")
    veto = models.BooleanField(default=False, help_text="Not with them. Admins alone read it.")
    said_at = models.DateTimeField(default=now)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("seat", "about", name="wish_once"),
            models.CheckConstraint(condition=~Q(seat=F("about")), name="wish_about_another"),
        ]

    def __str__(self) -> str:
        return f"{'not ' if self.veto else ''}{self.about_id} for {self.seat_id}"

    @classmethod
    def say(cls, *, seat: Membership, about: Membership, veto: bool, by: User, at: datetime | None = None) -> "Wish":
        """Wish for `about`, or rule them out. Said again, the last word counts."""
        if seat.person_id != by.pk:
            raise Refused("Everybody wishes for themselves.", code="not_yours")
        if about.cohort_id != seat.cohort_id or about.role == seat.role or about.person_id == seat.person_id:
            raise Refused("Choose somebody of this cohort whom you could work with.", code="about")
        with transaction.atomic():
            # One after another, so that two at once do not pass the limit together.
            row = Membership.objects.select_for_update(no_key=True).get(pk=seat.pk)
            there = Membership.objects.active().filter(pk=about.pk).exists()
            if row.left_at or not there:
                raise Refused("This person has left the cohort meanwhile.", code="left_already")
            said = cls.objects.of(seat).filter(about=about).first()
            if said is None and cls.objects.of(seat).count() >= MOST:
                raise Refused(f"{MOST} names are enough. Take one back first.", code="too_many")
            said = said or cls(seat=seat, about=about)
            said.veto, said.said_at = veto, at or now()
            try:
                with transaction.atomic():
                    said.save()
            except IntegrityError as error:
                raise Refused("This was said in another window meanwhile.", code="conflict") from error
            # The history says that something was said, not what: whom it is about may be an admin.
            events.record(actor=by, verb="wished", subject=said, at=at)
        return said

    def take_back(self, *, by: User, at: datetime | None = None) -> None:
        with transaction.atomic():
            if self.seat.person_id != by.pk:
                raise Refused("Somebody else said this.", code="not_yours")
            events.record(actor=by, verb="unwished", subject=self, at=at)
            Wish.objects.filter(pk=self.pk).delete()
