"""Who of a cohort wants to be found by the others, and by everyone, with what."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from mentorship.cohorts.models.cohort import Cohort, on_clock
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


class ListingQuerySet(models.QuerySet["Listing"]):
    def in_directory(self, cohort: Cohort) -> "ListingQuerySet":
        """Of `cohort`, who is still in it and wants to be in its directory."""
        rows = self.filter(membership__cohort=cohort, membership__left_at=None, listed=True)
        return rows.filter(membership__person__is_active=True)

    def public(self) -> "ListingQuerySet":
        """Mentees of running and finished cohorts who show themselves to everyone."""
        states = [Cohort.State.OPEN, Cohort.State.RUNNING, Cohort.State.FINISHED]
        rows = self.filter(
            on_clock("membership__cohort"),
            on_web=True,
            membership__left_at=None,
            membership__role=Membership.Role.MENTEE,
        )
        return rows.filter(membership__cohort__state__in=states, membership__person__is_active=True)


class Listing(models.Model):
    """What one member shows of themselves. Nobody is in a directory who did not ask to be."""

    FIELDS = ("listed", "on_web", "says", "shows_headline", "shows_zone", "shows_links", "shows_email")

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="listing")
    listed = models.BooleanField(default=False)
    on_web = models.BooleanField(default=False)
    says = models.CharField(max_length=280, blank=True)
    shows_headline = models.BooleanField(default=True)
    shows_zone = models.BooleanField(default=False)
    shows_links = models.BooleanField(default=False)
    shows_email = models.BooleanField(default=False, help_text="Never on the web.")
    changed_at = models.DateTimeField(default=now)

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-changed_at"], condition=Q(on_web=True), name="listing_on_web")]

    def __str__(self) -> str:
        return f"{self.membership_id}"

    @classmethod
    def of(cls, membership: Membership) -> "Listing":
        """The saved one, or one that shows nothing."""
        return cls.objects.filter(membership=membership).first() or cls(membership=membership)

    @classmethod
    def show(cls, membership: Membership, *, by: User, at: datetime | None = None, **fields: Any) -> "Listing":
        """Show `fields` and nothing else, from now on."""
        if membership.person_id != by.pk:
            raise Refused("Everybody lists only themselves.", code="not_yours")
        if fields.get("on_web") and membership.is_mentor:
            raise Refused("The page on the web lists mentees.", code="on_web")
        with transaction.atomic():
            Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
            row, _ = cls.objects.update_or_create(membership=membership, defaults=fields | {"changed_at": at or now()})
            detail: dict[str, Any] = {name: fields[name] for name in ("listed", "on_web") if name in fields}
            events.record(actor=by, verb="listed", subject=row, detail=detail, at=at)
        return row
