"""VTIMEZONE as calendars of all makers read it: a rule a year for each change of the clocks.

The icalendar library writes every change as a date, some of them an hour late. Outlook reads rules alone, and of a zone
one STANDARD and at most one DAYLIGHT ([MS-STANOICAL] 2.2.47): another zone it ignores, and is an hour wrong.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
AHEAD = 8  # years beside those asked for: enough to tell the last Sunday of a month from the fourth


@dataclass(frozen=True)
class Change:
    """The clocks go from one offset to another; `local` is what they show at that moment before they do."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


def vtimezone(zone: ZoneInfo, first: int, last: int) -> Timezone | None:
    """What the clocks of `zone` show from the year `first` to `last`; None where two rules a year cannot say it."""
    groups: dict[Any, list[Change]] = defaultdict(list)
    for change in changes(zone.key, first - 1, last + AHEAD):
        groups[change.before, change.after, change.name, change.summer].append(change)
    parts = [(group[0], yearly([change.local for change in group])) for group in groups.values()]
    if not parts:
        start = datetime(first - 1, 1, 1, tzinfo=zone)
        there = start.utcoffset() or timedelta()
        parts = [(Change(start.replace(tzinfo=None), there, there, f"{start:%Z}", False), None)]
    elif sorted(one.summer for one, _rule in parts) != [False, True] or any(
        rule is None or one.local.year >= first for one, rule in parts
    ):
        return None
    made = Timezone()
    made.add("tzid", zone.key)
    for one, rule in parts:
        made.add_component(observance(one, rule))
    return made


def observance(one: Change, rule: dict[str, Any] | None) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if one.summer else TimezoneStandard()
    part.add("dtstart", one.local)
    part.add("tzoffsetfrom", one.before)
    part.add("tzoffsetto", one.after)
    part.add("tzname", one.name)
    if rule:
        part.add("rrule", rule)
    return part


def yearly(moments: list[datetime]) -> dict[str, Any] | None:
    """The rule that all `moments` follow, as 'the last Sunday of March'; None where there is none."""
    months = {(moment.month, moment.weekday(), moment.time()) for moment in moments}
    years = [moment.year for moment in moments]
    if len(moments) < AHEAD or len(months) > 1 or years != list(range(years[0], years[0] + len(years))):
        return None
    month, weekday, _time = months.pop()
    if all(moment.day + 7 > monthrange(moment.year, month)[1] for moment in moments):
        place = -1
    else:
        places = {(moment.day - 1) // 7 + 1 for moment in moments}
        if len(places) > 1:
            return None
        place = places.pop()
    return {"freq": "yearly", "bymonth": month, "byday": f"{place}{DAYS[weekday]}"}


@lru_cache(maxsize=256)
def changes(key: str, first: int, last: int) -> tuple[Change, ...]:
    """Every change of the clocks from the beginning of the year `first` to the end of `last`."""
    zone = ZoneInfo(key)
    return tuple(_changes(zone, datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)))


def _changes(zone: ZoneInfo, day: datetime, end: datetime) -> Iterator[Change]:
    while day < end:
        following = day + timedelta(days=1)
        before, after = offset(day, zone), offset(following, zone)
        if before != after:
            low, high = day, following  # the change is after `low`, at `high` at the latest
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if offset(middle, zone) == before else (low, middle)
            moment = high.replace(microsecond=0)
            then = moment.astimezone(zone)
            # Ireland's winter is the exception by law, and its summer the standard: the larger offset is the summer.
            seasonal = bool(then.dst() or day.astimezone(zone).dst())
            summer = seasonal and after > before
            yield Change((moment + before).replace(tzinfo=None), before, after, f"{then:%Z}", summer)
        day = following


def offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
