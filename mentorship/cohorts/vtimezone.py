"""VTIMEZONE as calendars of all makers read it: one rule a year where there is one, dates where there is none.

The icalendar library writes every change of the clocks as a date, some of them an hour late; Outlook reads rules.
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


def vtimezone(zone: ZoneInfo, first: int, last: int) -> Timezone:
    """What the clocks of `zone` show from the year `first` to `last`."""
    made = Timezone()
    made.add("tzid", zone.key)
    groups: dict[Any, list[Change]] = defaultdict(list)
    found = changes(zone.key, first - 1, last + AHEAD)
    if not found or found[0].local.year >= first:
        start = datetime(first - 1, 1, 1, tzinfo=zone)
        there = start.utcoffset() or timedelta()
        made.add_component(observance([Change(start.replace(tzinfo=None), there, there, f"{start:%Z}", False)]))
    for change in found:
        groups[change.before, change.after, change.name, change.summer].append(change)
    for group in groups.values():
        made.add_component(observance(group))
    return made


def observance(group: list[Change]) -> TimezoneStandard | TimezoneDaylight:
    one = group[0]
    part = TimezoneDaylight() if one.summer else TimezoneStandard()
    part.add("dtstart", one.local)
    part.add("tzoffsetfrom", one.before)
    part.add("tzoffsetto", one.after)
    part.add("tzname", one.name)
    rule = yearly([change.local for change in group])
    if rule:
        part.add("rrule", rule)
    elif len(group) > 1:
        part.add("rdate", [change.local for change in group[1:]])
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
            yield Change((moment + before).replace(tzinfo=None), before, after, f"{then:%Z}", bool(then.dst()))
        day = following


def offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
