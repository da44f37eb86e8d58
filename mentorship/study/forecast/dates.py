"""Dates from minutes and a pace: when it will be done, early, likely and late, and how that fits a schedule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.study.forecast.left import Left
from mentorship.study.forecast.pace import Pace

FURTHEST = 5 * 365  # days; what lies further is said as 'years'


@dataclass(frozen=True)
class Due:
    """Something that a schedule wants by a day; `position` is where it stands in the stream (None: all of it)."""

    title: str
    url: str
    day: date
    position: int | None = None


@dataclass(frozen=True)
class Reached:
    """When something due will be reached at one's pace; the dates are None where the pace does not reach it."""

    due: Due
    minutes: int  # that are left up to it
    early: date | None
    likely: date | None
    late: date | None

    @property
    def days_after(self) -> int | None:
        """By how many days it is later than due, likely; negative when it is earlier."""
        return (self.likely - self.due.day).days if self.likely else None


def day_at(minutes: int, a_week: int, today: date) -> date | None:
    """The day on which `minutes` are done with so many `a_week`; None when that is beyond any plan."""
    if not minutes:
        return today
    if not a_week:
        return None
    number = -(-minutes * 7 // a_week)
    return today + timedelta(days=number) if number <= FURTHEST else None


def reached(left: Sequence[Left], dues: Iterable[Due], pace: Pace, today: date) -> list[Reached]:
    """Each of `dues` with the days on which it will be reached, in order."""
    rows = []
    for due in sorted(dues, key=lambda due: (due.day, due.position is None)):
        minutes = sum(each.minutes for each in left if due.position is None or each.position <= due.position)
        days = [day_at(minutes, a_week, today) for a_week in (pace.high, pace.likely, pace.low)]
        rows.append(Reached(due, minutes, *(days if pace.known else (None, None, None))))
    return rows


def needed(rows: Iterable[Reached], today: date) -> int:
    """Minutes a week that meet all of `rows`. What was due already, or is within a week, is given a week."""
    return max((-(-row.minutes * 7 // max((row.due.day - today).days, 7)) for row in rows), default=0)
