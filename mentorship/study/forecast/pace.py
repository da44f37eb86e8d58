"""How much somebody studies in a week, from the weeks behind them; honest where too little is known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from typing import Any

from django.db.models import Min, Sum

from mentorship.study import days
from mentorship.study.models import StudyEntry

WEEKS = 8  # that are looked at
LEAST = 2  # weeks below which nothing is said
FEW = 4  # weeks below which the range is all that was seen


@dataclass(frozen=True)
class Pace:
    """Minutes a week: the middle one, and the lower and upper quarter. `why` says why there is none."""

    likely: int = 0
    low: int = 0
    high: int = 0
    weeks: int = 0
    why: str = ""

    @property
    def known(self) -> bool:
        return not self.why


def pace_of(person: Any, at: datetime) -> Pace:
    """The pace of `person` over the last eight weeks up to yesterday, or as many as they have logged; two queries."""
    today = days.today_of(person, at)
    own = StudyEntry.objects.filter(person_id=person.pk)
    first: date | None = own.aggregate(first=Min("day"))["first"]
    rows = own.filter(day__gte=today - timedelta(weeks=WEEKS), day__lt=today)
    sums: dict[date, int] = dict(rows.values_list("day").annotate(sum=Sum("minutes")).order_by())
    return pace_from(sums, first, today)


def pace_from(sums: dict[date, int], first: date | None, today: date) -> Pace:
    """From minutes by day; `first` is the first day that was ever logged. A week is seven days, the last ends
    yesterday: today is not over."""
    whole = min((today - first).days // 7, WEEKS) if first else 0
    if whole < LEAST:
        return Pace(why="Two weeks of your log are needed before a date can be told.")
    weeks: Counter[int] = Counter()
    for day, minutes in sums.items():
        weeks[(today - day).days - 1] += minutes
    found = [sum(weeks[7 * number + day] for day in range(7)) for number in range(whole)]
    likely = round(median(found))
    if not likely:
        return Pace(weeks=whole, why="In most of the last weeks nothing was logged, so any date would be a guess.")
    low, high = spread(found)
    return Pace(likely, low, high, whole)


def spread(found: Sequence[int]) -> tuple[int, int]:
    """The lower and the upper quarter; of few weeks, the least and the most."""
    if len(found) < FEW:
        return min(found), max(found)
    low, _middle, high = quantiles(found, n=4, method="inclusive")
    return round(low), round(high)
