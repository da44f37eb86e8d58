"""The timer and the stretches of time in which it ran."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import IntegrityError, models, transaction
from django.db.models import F, Func, Q, Value

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study import days

DAY = timedelta(days=1)
# Built-in ranges on both sides: a plain number beside a range would need the extension btree_gist.
PERSON = Func("person", "person", Value("[]"), function="int8range", output_field=BigIntegerRangeField())
# One that has not ended goes on for ever, so it overlaps with whatever begins after it.
SPAN = Func("started_at", "ended_at", function="tstzrange", output_field=DateTimeRangeField())


class TimerQuerySet(models.QuerySet["Timer"]):
    def visible_to(self, person: Any) -> "TimerQuerySet":
        """A timer is its owner's alone."""
        return self.filter(person_id=person.pk)

    def open(self) -> "TimerQuerySet":
        """Those that run or are paused: one a person at most."""
        return self.filter(ended_at=None)


class Timer(models.Model):
    """One sitting of one person: it runs, is paused and goes on, and ends as minutes in the log or as nothing."""

    class Outcome(models.TextChoices):
        LOGGED = "logged", "Logged"
        TOO_SHORT = "too_short", "Less than a minute"
        DISCARDED = "discarded", "Discarded"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="timers")
    item = models.ForeignKey("streams.Item", models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome)

    objects = TimerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=Q(ended_at=None), name="timer_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="timer_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | Q(ended_at__isnull=False, outcome__in=["logged", "too_short", "discarded"]),
                name="timer_ended_somehow",
            ),
            ExclusionConstraint(
                name="timer_never_overlaps",
                expressions=[(PERSON, RangeOperators.EQUAL), (SPAN, RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"timer of {self.person_id} since {self.started_at:%Y-%m-%d %H:%M}"

    @classmethod
    def start(cls, *, by: User, item: Any = None, at: datetime | None = None) -> "Timer":
        """A timer that runs from now on. Refused while another one of theirs runs or is paused."""
        now = at or clock.now()
        row = cls(person=by, item=item, started_at=now)
        try:
            with transaction.atomic():
                days.lock(by.pk)
                if cls.objects.open().filter(person=by).exists():
                    raise Refused("A timer of yours runs already. Stop it first.", code="timer_runs")
                row.save(force_insert=True)
                Stretch.objects.create(timer=row, began_at=now)
                record(actor=by, verb="start_timer", subject=row, at=now)
        except IntegrityError as error:
            if "timer_never_overlaps" not in str(error):
                raise
            raise Refused("Another timer of yours ran at this time.", code="timer_overlaps") from error
        return row

    @transaction.atomic
    def pause(self, *, at: datetime | None = None) -> None:
        """Stand still until it is resumed. Refused when it does not run."""
        now = at or clock.now()
        person = self.hold()
        if not self.halt(now):
            raise Refused("The timer is paused already.", code="timer_paused")
        record(actor=person, verb="pause_timer", subject=self, at=now)

    @transaction.atomic
    def resume(self, *, at: datetime | None = None) -> None:
        """Go on. Refused when it runs."""
        now = at or clock.now()
        person = self.hold()
        if self.stretches.filter(ended_at=None).exists():
            raise Refused("The timer runs already.", code="timer_runs")
        self.stretches.create(began_at=now)
        record(actor=person, verb="resume_timer", subject=self, at=now)

    @transaction.atomic
    def discard(self, *, at: datetime | None = None) -> None:
        """End it and log nothing."""
        now = at or clock.now()
        person = self.hold()
        self.halt(now)
        self.end(self.Outcome.DISCARDED, now)
        record(actor=person, verb="discard_timer", subject=self, at=now)

    # --- inside verbs -----------------------------------------------------------------------------------------
    def hold(self) -> User:
        """Its person, locked; refused when it has ended. In another tab it may have been stopped meanwhile."""
        person = days.lock(self.person_id)
        self.refresh_from_db(fields=["ended_at", "outcome"])
        if self.ended_at is not None:
            raise Refused("This timer has ended already.", code="timer_ended")
        return person

    def halt(self, at: datetime) -> bool:
        """Close the stretch that runs, if there is one. A clock that was put back makes it empty, never negative."""
        open_stretch = self.stretches.filter(ended_at=None).first()
        if open_stretch is None:
            return False
        open_stretch.ended_at = max(at, open_stretch.began_at)
        open_stretch.save(update_fields=["ended_at"])
        return True

    def end(self, outcome: str, at: datetime) -> None:
        self.outcome, self.ended_at = outcome, max(at, self.started_at)
        self.save(update_fields=["outcome", "ended_at"])

    # --- what it shows ----------------------------------------------------------------------------------------
    def spans(self, at: datetime) -> list[tuple[datetime, datetime]]:
        """When it ran, up to `at`."""
        rows = sorted(self.stretches.all(), key=lambda row: row.began_at)
        return [(row.began_at, max(row.ended_at or at, row.began_at)) for row in rows]

    def seconds(self, at: datetime) -> int:
        return int(sum((end - begin).total_seconds() for begin, end in self.spans(at)))

    def state(self) -> str:
        """running, paused, ended."""
        if self.ended_at is not None:
            return "ended"
        return "running" if any(row.ended_at is None for row in self.stretches.all()) else "paused"


class Stretch(models.Model):
    """From when to when a timer ran without a pause."""

    timer = models.ForeignKey(Timer, models.CASCADE, related_name="stretches")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "stretches"
        constraints = [
            models.UniqueConstraint("timer", condition=Q(ended_at=None), name="timer_stretch_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="timer_stretch_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%H:%M} to {self.ended_at:%H:%M}" if self.ended_at else f"since {self.began_at:%H:%M}"
