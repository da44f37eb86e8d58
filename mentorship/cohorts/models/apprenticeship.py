"""A graduate who mentors a lower stream as an apprentice: another mentor countersigns their reviews.

It ends when they are calibrated, when an admin says so, or when they leave.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from mentorship.cohorts import calibrating, telling_apprentices
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.membership import Membership
from mentorship.cohorts.models.outcome import Outcome
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


class ApprenticeshipQuerySet(models.QuerySet["Apprenticeship"]):
    def active(self) -> "ApprenticeshipQuerySet":
        return self.filter(ended_at=None)

    def visible_to(self, reader: Any) -> "ApprenticeshipQuerySet":
        """One's own, and those that one countersigns for; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(Q(membership__person=reader) | Q(countersigner__person=reader))

    def with_people(self) -> "ApprenticeshipQuerySet":
        names = ("membership__person", "countersigner__person", "ended_by", "outcome__membership__cohort__stream")
        return self.select_related("cohort__stream", *names)


def graduates_for(cohort: Cohort) -> models.QuerySet[Outcome]:
    """The graduations of upper streams by which somebody could be asked to mentor `cohort`; one of each person."""
    rows = Outcome.objects.filter(
        result=Outcome.Result.GRADUATED,
        membership__cohort__stream__number__gt=cohort.stream.number,
        membership__person__is_active=True,
    )
    inside = Membership.objects.active().filter(cohort=cohort)
    rows = rows.exclude(membership__person__in=inside.values("person"))
    latest = rows.order_by("membership__person", "-decided_at", "-pk").distinct("membership__person")
    found = Outcome.objects.filter(pk__in=latest.values("pk")).select_related("membership__cohort__stream")
    return found.select_related("membership__person").order_by("membership__person__name", "pk")


def could_countersign(cohort: Cohort) -> models.QuerySet[Membership]:
    """The mentors of `cohort` who are no apprentices themselves."""
    apprentices = Apprenticeship.objects.active().filter(cohort=cohort)
    there = Membership.objects.mentors().filter(cohort=cohort, person__is_active=True)
    there = there.exclude(pk__in=apprentices.values("membership")).select_related("person")
    return there.order_by("person__name", "pk")


class Apprenticeship(models.Model):
    """One graduate as an apprentice in one cohort. Without a countersigner nothing of theirs is published."""

    class How(models.TextChoices):
        CALIBRATED = "calibrated", "Calibrated"
        BY_HAND = "by_hand", "Ended by an admin"
        LEFT = "left", "Left"

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="apprenticeships")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="apprenticeships")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="+", help_text="What they graduated with.")
    countersigner = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="countersigns",
        help_text="Who countersigns; nobody, once they have left and until another is named.",
    )  # fmt: skip
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=10, choices=How, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = ApprenticeshipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("membership", condition=Q(ended_at=None), name="apprenticeship_one_active"),
            models.CheckConstraint(
                condition=Q(countersigner=None) | ~Q(countersigner=F("membership")), name="apprenticeship_of_another"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, how="", ended_by=None)
                | Q(ended_at__isnull=False, how__in=["calibrated", "by_hand", "left"]),
                name="apprenticeship_ended_how",
            ),
            models.CheckConstraint(
                condition=~Q(how="by_hand") | (Q(ended_by__isnull=False) & ~Q(reason="")),
                name="apprenticeship_by_hand_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} countersigned by {self.countersigner_id}"

    @classmethod
    def take(
        cls, cohort: Cohort, *, outcome: Outcome, countersigner: Membership, capacity: int, by: User,
        at: datetime | None = None,
    ) -> "Apprenticeship":  # fmt: skip
        """Make the graduate of `outcome` a mentor of `cohort` whose reviews `countersigner` countersigns."""
        moment, person = at or now(), outcome.membership.person
        with transaction.atomic():
            # Under the cohort's lock nobody leaves or becomes an apprentice meanwhile.
            Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
            _refuse_unfit(countersigner, cohort)
            if calibrating.is_calibrated(person):
                message = f"{person} is calibrated: add them as a mentor, nobody has to countersign."
                raise Refused(message, code="calibrated")
            if not graduates_for(cohort).filter(membership__person=person).exists():
                raise Refused(f"{person} is not a graduate of an upper stream who could be asked.", code="no_graduate")
            seat = cohort.add_mentor(person=person, capacity=capacity, by=by, at=moment)
            row = cls.objects.create(
                cohort=cohort, membership=seat, outcome=outcome, countersigner=countersigner, started_at=moment
            )
            detail = {"countersigner": countersigner.person_id}
            events.record(actor=by, verb="take_apprentice", subject=row, detail=detail, at=moment)
            telling_apprentices.taken(row, at=moment)
        return row

    def name_countersigner(self, countersigner: Membership, *, by: User, at: datetime | None = None) -> None:
        """Let `countersigner` countersign from now on, what waits already too."""
        moment = at or now()
        with transaction.atomic():
            Cohort.objects.select_for_update(no_key=True).get(pk=self.cohort_id)
            row = Apprenticeship.objects.select_for_update(no_key=True).get(pk=self.pk)
            if row.ended_at:
                raise Refused("Nobody has to countersign here any more.", code="ended")
            _refuse_unfit(countersigner, self.cohort)
            before = row.countersigner
            if before is None or before.pk != countersigner.pk:
                row.countersigner = countersigner
                row.save(update_fields=["countersigner"])
                detail = {"from": before.person_id if before else None, "to": countersigner.person_id}
                events.record(actor=by, verb="name_countersigner", subject=row, detail=detail, at=moment)
                telling_apprentices.named(row, before, at=moment)
        self.countersigner = countersigner

    def end(self, *, by: User, reason: str, at: datetime | None = None) -> None:
        """End the need of countersigning by hand; both are told why, and what waits is published."""
        if not reason.strip():
            raise Refused("Say why: both read it.", code="reason")
        self._end(self.How.BY_HAND, by=by, reason=reason.strip(), at=at or now())

    @classmethod
    def calibrated(cls, person: User, *, at: datetime) -> int:
        """End those of `person`, who is calibrated; in how many cohorts that was."""
        rows = list(cls.objects.active().filter(membership__person=person).with_people())
        for row in rows:
            row._end(cls.How.CALIBRATED, by=None, reason="", at=at)
        return len(rows)

    @classmethod
    def see_off(cls, seat: Membership, *, by: User, at: datetime) -> None:
        """`seat` leaves, in whose transaction this is: their own ends, and who they countersigned for needs another."""
        rows = cls.objects.active().filter(Q(membership=seat) | Q(countersigner=seat)).with_people()
        for row in rows:
            if row.membership_id == seat.pk:
                row._end(cls.How.LEFT, by=by, reason="", at=at)
                continue
            row.countersigner = None
            row.save(update_fields=["countersigner"])
            detail = {"from": seat.person_id, "to": None}
            events.record(actor=by, verb="lose_countersigner", subject=row, detail=detail, at=at)
            telling_apprentices.lost(row, seat, at=at)

    def _end(self, how: str, *, by: User | None, reason: str, at: datetime) -> None:
        with transaction.atomic():
            standing = Apprenticeship.objects.filter(pk=self.pk, ended_at=None)
            if not standing.update(ended_at=at, ended_by=by, how=how, reason=reason):
                raise Refused("This has ended already.", code="ended")
            self.refresh_from_db()
            detail = {"how": how, "reason": reason}
            events.record(actor=by, verb="end_apprenticeship", subject=self, detail=detail, at=at)
            telling_apprentices.ended(self, at=at)
            calibrating.ended(self)


def _refuse_unfit(seat: Membership, cohort: Cohort) -> None:
    """`seat` cannot countersign in `cohort`."""
    there = Membership.objects.mentors().filter(pk=seat.pk, cohort=cohort).select_related("person").first()
    if there is None:
        raise Refused("Who countersigns is a mentor of the cohort.", code="not_a_mentor")
    if not there.person.is_active:
        raise Refused(f"The account of {there.person} is closed.", code="inactive")
    if Apprenticeship.objects.active().filter(membership=seat).exists():
        message = f"{there.person} is an apprentice: somebody countersigns what they write."
        raise Refused(message, code="is_apprentice")
