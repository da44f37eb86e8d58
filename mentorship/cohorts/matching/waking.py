"""How long two people are awake at the same time, on the days of a cohort and by the clocks of both.

A day has 96 quarters of an hour, one bit each. Zones differ by whole quarters, so that waking hours in a zone are the
same bits turned around by its offset; how far is asked for each week, for summer time begins and ends where it likes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

QUARTERS = 96
ALL = (1 << QUARTERS) - 1
WEEKS = 60  # looked at, at most


@dataclass(frozen=True)
class Waking:
    """Somebody's waking hours, by the clocks of their zone; `until` before `since` is on the next day."""

    zone: str
    since: time
    until: time


@dataclass(frozen=True)
class Overlap:
    """Minutes a day that two are awake together: on the worst day, on the best, and on the average."""

    least: int
    most: int
    mean: int


def sample_days(first: date, last: date) -> tuple[date, ...]:
    """A Wednesday of each week: clocks change at weekends, so that a week is awake as its Wednesday is."""
    day = first + timedelta((2 - first.weekday()) % 7)
    days = [day + timedelta(weeks=week) for week in range(WEEKS)]
    return tuple(one for one in days if one <= last) or (first,)


@lru_cache(maxsize=4096)
def overlap(one: Waking, other: Waking, days: tuple[date, ...]) -> Overlap:
    both = [15 * (a & b).bit_count() for a, b in zip(awake(one, days), awake(other, days), strict=True)]
    return Overlap(min(both), max(both), sum(both) // len(both))


@lru_cache(maxsize=4096)
def awake(waking: Waking, days: tuple[date, ...]) -> Sequence[int]:
    """The quarters of each of `days`, in UTC, in which one is awake."""
    local = _bits(waking.since, waking.until)
    return [_turned(local, -offset) for offset in offsets(waking.zone, days)]


@lru_cache(maxsize=1024)
def offsets(zone: str, days: tuple[date, ...]) -> Sequence[int]:
    """How many quarters the clocks of `zone` are ahead of UTC on each of `days`, at noon."""
    info = ZoneInfo(zone)
    noons = (datetime.combine(day, time(12), tzinfo=UTC).astimezone(info) for day in days)
    return [int((noon.utcoffset() or timedelta()).total_seconds()) // 900 for noon in noons]


def _bits(since: time, until: time) -> int:
    begin, end = (quarter.hour * 4 + quarter.minute // 15 for quarter in (since, until))
    length = (end - begin) % QUARTERS
    return _turned((1 << length) - 1, begin)


def _turned(bits: int, by: int) -> int:
    """The same quarters `by` later; what leaves the day at its end comes in at its beginning."""
    by %= QUARTERS
    return ((bits << by) | (bits >> (QUARTERS - by))) & ALL
