"""Units laid over the weeks of a cohort: pure rules, no database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from zoneinfo import ZoneInfo

from mentorship.common.errors import Refused

Span = tuple[int, int]  # the first and the last week, counted from 1
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Draft:
    """The weeks of each unit in turn, and the hours a week that this asks for."""

    spans: list[Span]
    pace: Fraction


def weeks_of(starts_on: date, ends_on: date) -> int:
    """How many weeks there are, the last one perhaps short."""
    return max(1, ceil(((ends_on - starts_on).days + 1) / 7))


def days_of(week: int, starts_on: date, ends_on: date) -> tuple[date, date]:
    """The first and the last day of `week`; no week lasts longer than the cohort."""
    first = starts_on + timedelta(weeks=week - 1)
    return min(first, ends_on), min(first + timedelta(days=6), ends_on)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last minute of `day` where the clocks of `zone` go: 23:59, and of two that are so called the later one.

    Counted back from the midnight that follows, so that it exists on every day, whatever the clocks do that night.
    """
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=zone).astimezone(UTC) - MINUTE


def lay(hours: Sequence[Decimal | float], weeks: int, hours_a_week: int, skipped: Collection[int] = ()) -> Draft:
    """Units of so many `hours`, one after the other, over the weeks that are not `skipped`.

    At `hours_a_week` where they fit, and evenly faster where they do not: nothing hangs over the end. Units without
    hours share the weeks evenly if none has any; beside others such a one takes the week in which its turn comes.
    """
    working = [week for week in range(1, weeks + 1) if week not in skipped]
    if not working:
        raise Refused("Every week is skipped: leave at least one to learn in.", code="no_weeks")
    sizes = [Fraction(str(size)) for size in hours]
    asked = sum(sizes, Fraction(0))
    if not asked:
        sizes, asked = [Fraction(1)] * len(sizes), Fraction(0)
        pace = max(Fraction(len(sizes), len(working)), Fraction(1, len(working)))
    else:
        pace = max(Fraction(hours_a_week), asked / len(working))
    spans, begun, most = [], Fraction(0), len(working) - 1
    for size in sizes:
        ended = begun + size
        first = min(floor(begun / pace), most)
        last = min(max(ceil(ended / pace) - 1, first), most)
        spans.append((working[first], working[last]))
        begun = ended
    return Draft(spans, pace if asked else Fraction(0))
