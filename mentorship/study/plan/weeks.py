"""Weeks to begin with: ready plans of slots, which one edits by hand afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.heatmap import as_hours
from mentorship.study.plan.slots import MOST, PlanSlot, What, refusing_overlaps

T, E, C, P, K, R = What.THEORY, What.EXERCISES, What.CODING, What.PORTFOLIO, What.KAGGLE, What.PAPERS


@dataclass(frozen=True)
class Wanted:
    """A slot that is not yet in any plan."""

    weekday: int
    starts: time
    minutes: int
    what: str
    item: Any = None


@dataclass(frozen=True)
class ReadyWeek:
    key: str
    title: str
    about: str
    slots: tuple[Wanted, ...]

    @property
    def total(self) -> str:
        return as_hours(sum(slot.minutes for slot in self.slots))


def at(weekdays: Iterable[int], hour: int, minute: int, minutes: int, what: str) -> list[Wanted]:
    return [Wanted(day, time(hour, minute), minutes, what) for day in weekdays]


WEEKS = {
    week.key: week
    for week in (
        ReadyWeek(
            "interviews", "Preparing for interviews",
            "Theory on five days, coding exercises every day, machine-learning coding three times, and the weekend for "
            "the portfolio, Kaggle and papers.",
            tuple(
                at(range(5), 18, 30, 90, T) + at(range(7), 7, 30, 45, E) + at((0, 2, 4), 20, 15, 60, C)
                + at([5], 10, 0, 120, P) + at([6], 10, 0, 90, K) + at([6], 14, 0, 60, R)
            ),
        ),
        ReadyWeek(
            "two-hours", "Two hours every day",
            "What the program asks for: theory and code in turn, papers on Sunday.",
            tuple(
                at((0, 2, 4), 19, 0, 120, T) + at((1, 3), 19, 0, 120, C) + at([5], 10, 0, 120, P)
                + at([6], 10, 0, 120, R)
            ),
        ),
        ReadyWeek(
            "evenings", "Four evenings",
            "An hour and a half after work on four days; the weekend stays free.",
            tuple(at((0, 3), 19, 0, 90, T) + at((1, 2), 19, 0, 90, C)),
        ),
        ReadyWeek(
            "weekend", "Mostly at the weekend",
            "Half an hour of theory on three evenings to keep warm, and two mornings of work on the portfolio.",
            tuple(at((0, 2, 4), 20, 0, 30, T) + at((5, 6), 9, 30, 180, P)),
        ),
    )
}  # fmt: skip


def adopt(*, by: User, key: str, at: datetime | None = None) -> list[PlanSlot]:
    """The ready week `key` in place of the plan that `by` has."""
    week = WEEKS.get(key)
    if week is None:
        raise Refused("There is no such week.", code="week_unknown")
    return lay(by=by, slots=week.slots, replace=True, verb="adopt_week", detail={"week": key}, at=at)


def lay(
    *, by: User, slots: Iterable[Wanted], replace: bool, verb: str, detail: dict[str, Any], at: datetime | None = None
) -> list[PlanSlot]:
    """Put `slots` into the plan of `by` from today on, all or none; with `replace` instead of what stands there."""
    now = at or clock.now()
    with refusing_overlaps(), transaction.atomic():
        person = days.lock(by.pk)
        today = days.today_of(person, now)
        standing = list(PlanSlot.objects.visible_to(person).live())
        if replace:
            for row in standing:
                row.end(today)
        new = [
            PlanSlot(
                person=person, weekday=slot.weekday, begins=slot.starts.hour * 60 + slot.starts.minute,
                minutes=slot.minutes, what=slot.what, item=slot.item, since=today, changed_at=now,
            )
            for slot in slots
        ]  # fmt: skip
        for row in new:
            row.check_plausible()
        if len(new) + (0 if replace else len(standing)) > MOST:
            raise Refused(f"A week has room for {MOST} slots.", code="plan_full")
        made = PlanSlot.objects.bulk_create(new)
        record(actor=person, verb=verb, subject=person, detail=detail | {"slots": len(made)}, at=now)
    return made
