"""What was planned against what was done: day by day this week, and week by week before."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Sum

from mentorship.study import days
from mentorship.study.heatmap import as_hours
from mentorship.study.models import StudyEntry
from mentorship.study.plan.models import WEEKDAYS
from mentorship.study.plan.slots import PlanSlot

SHOWN = 8  # weeks


@dataclass(frozen=True)
class Done:
    """One day or one week: minutes planned and minutes done."""

    name: str
    planned: int
    done: int
    now: bool

    @property
    def planned_text(self) -> str:
        return as_hours(self.planned) if self.planned else "nothing"

    @property
    def done_text(self) -> str:
        return as_hours(self.done) if self.done else "nothing"

    @property
    def most(self) -> int:
        """The end of its meter."""
        return max(self.planned, self.done, 1)


@dataclass(frozen=True)
class Doing:
    days: list[Done]  # of this week, Monday first
    weeks: list[Done]  # the newest first


def planned_by_day(slots: Iterable[PlanSlot], first: date, last: date) -> Counter[date]:
    """Minutes of `slots` on each day from `first` to `last`, as the plan was on that day."""
    by_weekday: dict[int, list[PlanSlot]] = defaultdict(list)
    for slot in slots:
        by_weekday[slot.weekday].append(slot)
    found: Counter[date] = Counter()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        found[day] = sum(slot.minutes for slot in by_weekday[day.weekday()] if slot.holds_on(day))
    return found


def doing_of(person: Any, at: datetime) -> Doing:
    """The last weeks of `person`, this one with the days to come; two queries."""
    today = days.today_of(person, at)
    monday = today - timedelta(days=today.weekday())
    first, last = monday - timedelta(weeks=SHOWN - 1), monday + timedelta(days=6)
    planned = planned_by_day(PlanSlot.objects.visible_to(person).within(first, last), first, last)
    entries = StudyEntry.objects.filter(person_id=person.pk, day__range=(first, last))
    done: dict[date, int] = dict(entries.values_list("day").annotate(sum=Sum("minutes")).order_by())
    week = [monday + timedelta(days=number) for number in range(7)]
    rows = [Done(WEEKDAYS[day.weekday()], planned[day], done.get(day, 0), day == today) for day in week]
    weeks = []
    for number in range(SHOWN):
        begin = monday - timedelta(weeks=number)
        span = [begin + timedelta(days=day) for day in range(7)]
        sums = sum(planned[day] for day in span), sum(done.get(day, 0) for day in span)
        weeks.append(Done(f"{begin.day} {begin:%b}", *sums, number == 0))
    return Doing(rows, weeks)


def occurrences(
    slots: Iterable[PlanSlot], first: date, last: date, zone: ZoneInfo
) -> list[tuple[PlanSlot, date, datetime]]:
    """Each time that `slots` come up from `first` to `last`, as the clocks of `zone` show it then.

    A time that the clocks skip begins as much later; of one that they show twice it is the first.
    """
    found = []
    for slot in slots:
        day = first + timedelta(days=(slot.weekday - first.weekday()) % 7)
        while day <= last:
            if slot.holds_on(day):
                found.append((slot, day, datetime.combine(day, slot.starts, zone)))
            day += timedelta(weeks=1)
    return found
