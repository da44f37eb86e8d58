"""The slots of a week: when somebody means to study what, on their own clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    IntegerRangeField,
    RangeOperators,
)
from django.db import IntegrityError, models, transaction
from django.db.models import F, Func, Q, Value

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.plan.models import WEEKDAYS

MOST = 40  # slots in one week
SHORTEST = 5  # minutes
# Built-in ranges on all sides: a plain number beside a range would need the extension btree_gist.
PERSON = Func("person", "person", Value("[]"), function="int8range", output_field=BigIntegerRangeField())
START = F("weekday") * 1440 + F("begins")
SPAN = Func(START, START + F("minutes"), function="int4range", output_field=IntegerRangeField())
HOLDS = Func("since", "until", function="daterange", output_field=DateRangeField())


class What(models.TextChoices):
    """What a slot is for, in the words of those who prepared for interviews."""

    THEORY = "theory", "Theory"
    EXERCISES = "exercises", "Coding exercises"
    CODING = "coding", "Machine-learning coding"
    PORTFOLIO = "portfolio", "Portfolio"
    KAGGLE = "kaggle", "Kaggle"
    PAPERS = "papers", "Papers"
    ITEM = "item", "An item"
    OTHER = "other", "Something else"


def minute_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@contextmanager
def refusing_overlaps() -> Iterator[None]:
    """Say what the database refuses."""
    try:
        yield
    except IntegrityError as error:
        if "plan_slot_never_overlaps" not in str(error):
            raise
        raise Refused("Another slot of yours is at that time.", code="slot_overlaps") from error


class PlanSlotQuerySet(models.QuerySet["PlanSlot"]):
    def visible_to(self, person: Any) -> "PlanSlotQuerySet":
        """A plan is its owner's alone."""
        return self.filter(person_id=person.pk)

    def live(self) -> "PlanSlotQuerySet":
        """Those of the plan as it stands, in the order of the week."""
        return self.filter(until=None).order_by("weekday", "begins")

    def within(self, first: date, last: date) -> "PlanSlotQuerySet":
        """Those that held on some day from `first` to `last`."""
        return self.filter(Q(until=None) | Q(until__gt=first), since__lte=last)


class PlanSlot(models.Model):
    """One hour or so of every week, from `since` on and before `until`. A plan that changes leaves the past as it was.

    The times are those of the person's clock, wherever they are, summer and winter.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plan_slots")
    weekday = models.PositiveSmallIntegerField(choices=list(enumerate(WEEKDAYS)))
    begins = models.PositiveSmallIntegerField(help_text="Minutes after midnight.")
    minutes = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=10, choices=What)
    item = models.ForeignKey("streams.Item", models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, help_text="Counts the changes that calendars must see.")
    changed_at = models.DateTimeField(default=clock.now)

    objects = PlanSlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="plan_slot_weekday_known"),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, begins__lte=1440 - F("minutes")), name="plan_slot_within_its_day"
            ),
            models.CheckConstraint(condition=Q(what__in=list(What.values)), name="plan_slot_what_known"),
            models.CheckConstraint(
                condition=Q(what="item", item__isnull=False) | (~Q(what="item") & Q(item=None)),
                name="plan_slot_names_its_item",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="plan_slot_ends_later"),
            ExclusionConstraint(
                name="plan_slot_never_overlaps",
                expressions=[
                    (PERSON, RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                    (HOLDS, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.starts_text}, {self.minutes} min: {self.title}"

    @property
    def starts(self) -> time:
        return time(self.begins // 60, self.begins % 60)

    @property
    def starts_text(self) -> str:
        return f"{self.starts:%H:%M}"

    @property
    def title(self) -> str:
        return self.item.title if self.item_id and self.item else str(What(self.what).label)

    def holds_on(self, day: date) -> bool:
        return self.weekday == day.weekday() and self.since <= day and (self.until is None or day < self.until)

    @classmethod
    def add(
        cls, *, by: User, weekday: int, starts: time, minutes: int, what: str, item: Any = None,
        at: datetime | None = None,
    ) -> "PlanSlot":  # fmt: skip
        """A slot of every week, from today on. Refused where another one is, and across midnight."""
        now = at or clock.now()
        row = cls(person=by, weekday=weekday, begins=minute_of(starts), minutes=minutes, what=what, item=item)
        row.check_plausible()
        with refusing_overlaps(), transaction.atomic():
            person = days.lock(by.pk)
            if cls.objects.visible_to(person).live().count() >= MOST:
                raise Refused(f"A week has room for {MOST} slots.", code="plan_full")
            row.since, row.changed_at = days.today_of(person, now), now
            row.save(force_insert=True)
            record(actor=person, verb="plan_slot", subject=row, at=now)
        return row

    def change(
        self, *, weekday: int, starts: time, minutes: int, what: str, item: Any = None, at: datetime | None = None
    ) -> "PlanSlot":
        """Another time or another thing, from today on; the row that says it now."""
        now = at or clock.now()
        with refusing_overlaps(), transaction.atomic():
            person = self.hold()
            today, row = days.today_of(person, now), self
            if self.since < today:
                self.until = today
                self.save(update_fields=["until"])
                row = PlanSlot(person=person, since=today)
            else:
                row.sequence += 1
            row.weekday, row.begins, row.minutes = weekday, minute_of(starts), minutes
            row.what, row.item, row.changed_at = what, item, now
            row.check_plausible()
            row.save()
            record(actor=person, verb="change_slot", subject=row, detail={"was": self.pk}, at=now)
        return row

    @transaction.atomic
    def remove(self, *, at: datetime | None = None) -> None:
        """Take it out of the plan from today on."""
        now = at or clock.now()
        person = self.hold()
        record(actor=person, verb="remove_slot", subject=self, at=now)
        self.end(days.today_of(person, now))

    # --- inside verbs -----------------------------------------------------------------------------------------
    def end(self, today: date) -> None:
        """The last of it was yesterday; what never was is deleted."""
        if self.since >= today:
            self.delete()
            return
        self.until = today
        self.save(update_fields=["until"])

    def hold(self) -> User:
        """Its person, locked. Refused when it is no part of the plan any more."""
        person = days.lock(self.person_id)
        if not PlanSlot.objects.filter(pk=self.pk, until=None).exists():
            raise Refused("This slot was changed or removed meanwhile.", code="slot_gone")
        self.refresh_from_db()
        return person

    def check_plausible(self) -> None:
        """Refused for what no week has."""
        if not 0 <= self.weekday <= 6:
            raise Refused("Choose a day of the week.", code="weekday_unknown")
        if self.minutes < SHORTEST:
            raise Refused(f"A slot has at least {SHORTEST} minutes.", code="slot_too_short")
        if self.begins + self.minutes > days.DAY:
            raise Refused("A slot ends by midnight. Make two of it.", code="slot_past_midnight")
        if (self.what == What.ITEM) != (self.item is not None):
            raise Refused("Name the item, and say that the slot is for an item.", code="slot_item")
