"""A mentee's break from a cohort, with a day on which they come back: nothing is asked of them meanwhile."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import IntegrityError, models, transaction
from django.db.models import F, Func, Q, Value

from mentorship.cohorts import telling_together as telling
from mentorship.cohorts.models.away import DayOf, today_of
from mentorship.cohorts.models.cohort import Cohort, on_clock
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

LONGEST = timedelta(weeks=12)
BACK, AHEAD = timedelta(weeks=2), timedelta(weeks=8)  # how far from today its first day may be
# Built-in ranges on both sides, as for days away: a plain number would need the extension btree_gist.
SEAT = Func("membership", "membership", Value("[]"), function="int8range", output_field=BigIntegerRangeField())
DAYS = Func("first_day", "returns_on", Value("[)"), function="daterange", output_field=DateRangeField())


class TodayOf(DayOf):
    """The date at the moment `at` on the calendar of the person at `path`."""

    def __init__(self, path: str, at: datetime) -> None:
        super().__init__(Value(at, output_field=models.DateTimeField()), F(f"{path}__timezone"))


class PauseQuerySet(models.QuerySet["Pause"]):
    def active(self, on: Any) -> "PauseQuerySet":
        """Those that `on`, a day or an expression of one, falls into; the day of the return is none of them."""
        return self.filter(first_day__lte=on, returns_on__gt=on)

    def active_at(self, at: datetime) -> "PauseQuerySet":
        """Those under way at the moment `at`, each on its own person's calendar."""
        rows = self.alias(today=TodayOf("membership__person", at))
        return rows.filter(first_day__lte=F("today"), returns_on__gt=F("today"))

    def open(self) -> "PauseQuerySet":
        """Those that nobody has come back from yet: under way, to come, or over and not yet greeted."""
        return self.filter(ended_at=None)

    def due_back(self, at: datetime) -> "PauseQuerySet":
        """Those whose day of return has come, and who were not greeted yet."""
        rows = self.open().filter(on_clock("membership__cohort"))
        return rows.alias(today=TodayOf("membership__person", at)).filter(returns_on__lte=F("today"))

    def visible_to(self, reader: Any) -> "PauseQuerySet":
        """One's own, and those of the mentees that one follows; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        if reader.is_admin:
            return self
        return self.filter(Q(membership__person=reader) | Q(membership__in=Membership.objects.followed_by(reader)))


class Pause(models.Model):
    """One break, from a first day up to the day of the return: days of the mentee's own calendar."""

    class Reason(models.TextChoices):
        WORK = "work", "Work needs me"
        HEALTH = "health", "Health"
        FAMILY = "family", "Family"
        TRAVEL = "travel", "Travel"
        REST = "rest", "I need a rest"
        OTHER = "other", "Something else"

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=6, choices=Reason)
    note = models.CharField(max_length=300, blank=True, help_text="The mentee, their mentor and admins read it.")
    first_day = models.DateField()
    returns_on = models.DateField()
    created_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When the return was greeted.")

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(returns_on__gte=F("first_day")), name="pause_ends_after_start"),
            models.CheckConstraint(
                condition=Q(reason__in=["work", "health", "family", "travel", "rest", "other"]),
                name="pause_reason_known",
            ),
            models.UniqueConstraint("membership", condition=Q(ended_at=None), name="pause_one_open"),
            ExclusionConstraint(
                name="pause_once_a_day",
                expressions=[(SEAT, RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%-d %B} to {self.returns_on:%-d %B}"

    def is_on(self, day: date) -> bool:
        return self.first_day <= day < self.returns_on

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def take(
        cls, membership: Membership, *, by: User, reason: str, first_day: date, returns_on: date, note: str = "",
        at: datetime | None = None,
    ) -> "Pause":  # fmt: skip
        """Break off from `first_day` until `returns_on`. Mentor and admins are told; the mentee if an admin does it.

        Meetings that they would lead meanwhile go to who is next.
        """
        from mentorship.cohorts.rotation import hand_on

        today = today_of(membership.person, at)
        cls._check(membership, first_day, returns_on, today, by)
        with transaction.atomic():
            # The order of locks everywhere: the cohort first, for nobody deals its turns meanwhile.
            Cohort.objects.select_for_update(no_key=True).get(pk=membership.cohort_id)
            # One after another: two overlapping inserts could end in a deadlock in the exclusion constraint.
            seat = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
            if seat.left_at or seat.is_mentor:
                raise Refused("Only who is a mentee here takes a pause.", code="not_a_mentee")
            for over in membership.pauses.open().filter(returns_on__lte=today):
                over.greet(at=at)
            row = cls(
                membership=membership, reason=reason, note=" ".join(note.split()), first_day=first_day,
                returns_on=returns_on, created_at=at or now(),
            )  # fmt: skip
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except IntegrityError as error:
                if "pause_one_open" in str(error) or "pause_once_a_day" in str(error):
                    message = "There is a pause on some of these days, or another one is planned. End that one first."
                    raise Refused(message, code="overlaps") from error
                raise
            detail = {"from": str(first_day), "until": str(returns_on), "reason": reason}
            events.record(actor=by, verb="pause", subject=row, detail=detail, at=at)
            telling.paused(row, by=by, at=at)
            hand_on(membership, by=by, at=at or now(), absent=True)
        return row

    @staticmethod
    def _check(membership: Membership, first_day: date, returns_on: date, today: date, by: User) -> None:
        if by.pk != membership.person_id and not by.is_admin:
            raise Refused("Only the mentee or an admin takes a pause.", code="not_yours")
        if membership.cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
            raise Refused("This cohort is over.", code="cohort_over")
        if not today - BACK <= first_day <= today + AHEAD:
            raise Refused("A pause begins at most two weeks back, or eight weeks ahead.", code="first_day")
        if returns_on <= first_day:
            raise Refused("The day of your return comes after the first day of the pause.", code="returns_on")
        if returns_on <= today:
            raise Refused("The day of your return lies ahead: choose tomorrow or later.", code="returns_on")
        if returns_on - first_day > LONGEST:
            raise Refused(
                "A pause is up to twelve weeks. Longer than that, leave: the door stays open.", code="returns_on"
            )
        if returns_on > membership.cohort.ends_on:
            ends = f"{membership.cohort.ends_on:%-d %B %Y}"
            raise Refused(
                f"The cohort ends on {ends}: come back before, or leave and join the next one.", code="returns_on"
            )

    def end(self, *, by: User, at: datetime | None = None) -> None:
        """Back early, from today on; a pause that has not begun is called off. Days that have passed stay."""
        today = today_of(self.membership.person, at)
        if by.pk != self.membership.person_id and not by.is_admin:
            raise Refused("Only the mentee or an admin ends a pause.", code="not_yours")
        with transaction.atomic():
            row = Pause.objects.select_for_update().get(pk=self.pk)
            if row.ended_at:
                raise Refused("This pause is over already.", code="over")
            begun = row.first_day < today
            self.returns_on = min(row.returns_on, max(row.first_day, today))
            self.ended_at = at or now()
            self.save(update_fields=["returns_on", "ended_at"])
            detail = {"planned": str(row.returns_on), "until": str(self.returns_on)}
            events.record(actor=by, verb="back", subject=self, detail=detail, at=at)
            telling.back_early(self, by=by, begun=begun, at=at)

    def greet(self, *, at: datetime | None = None) -> bool:
        """The day of the return has come: the mentee is greeted, the mentor told. Whether this call did it."""
        moment = at or now()
        with transaction.atomic():
            if not Pause.objects.filter(pk=self.pk, ended_at=None).update(ended_at=moment):
                return False
            self.ended_at = moment
            events.record(actor=None, verb="back", subject=self, at=at)
            telling.returned(self, at=at)
        return True
