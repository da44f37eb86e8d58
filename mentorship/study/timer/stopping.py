"""Stopping a timer: what it ran becomes minutes in the log, on the days of the person's own calendar."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.study import days
from mentorship.study.log import log
from mentorship.study.models import StudyEntry
from mentorship.study.timer.models import DAY, Timer

FORGOTTEN = "This timer has run for more than a day. Say how many minutes of it you studied."
LEFT_OPEN = "This timer began on a day that is closed by now. Say how many minutes you studied, and on which day."


@transaction.atomic
def stop(
    *,
    timer: Timer,
    minutes: int | None = None,
    day: date | None = None,
    note: str = "",
    mood: int | None = None,
    at: datetime | None = None,
) -> list[StudyEntry]:
    """End `timer` and log what it ran: an entry a day, so two across midnight, none below a minute.

    With `minutes` that many are logged, on `day` or on the day it began. Refused without them when it ran for more
    than a day, or when the log is closed for a day on which it ran: nobody knows what of that was study.
    """
    now = at or clock.now()
    person = timer.hold()
    timer.halt(now)
    spans = timer.spans(now)
    today = days.today_of(person, now)
    if minutes is None:
        check_plausible(timer, today, person.zone, now)
        found = minutes_by_day(spans, person.zone)
    else:
        days.check_minutes(minutes)
        began = spans[0][0].astimezone(person.zone).date()
        found = {day or max(began, today - timedelta(days=days.OPEN_FOR)): minutes}
    entries = [
        log(
            person=person, minutes=each, day=on, item=timer.item, note=note, mood=mood, at=now,
            key=uuid.uuid5(uuid.NAMESPACE_OID, f"timer:{timer.pk}:{on}"),
        )
        for on, each in sorted(found.items())
    ]  # fmt: skip
    timer.end(Timer.Outcome.LOGGED if entries else Timer.Outcome.TOO_SHORT, now)
    record(actor=person, verb="stop_timer", subject=timer, detail={"minutes": sum(found.values())}, at=now)
    return entries


def check_plausible(timer: Timer, today: date, zone: ZoneInfo, at: datetime) -> None:
    """Refused when the timer was forgotten."""
    if timer.seconds(at) > DAY.total_seconds():
        raise Refused(FORGOTTEN, code="timer_forgotten")
    if timer.spans(at)[0][0].astimezone(zone).date() < today - timedelta(days=days.OPEN_FOR):
        raise Refused(LEFT_OPEN, code="timer_forgotten")


def forgotten(timer: Timer, person: "days.User", at: datetime) -> str:
    """Why `timer` asks how much it was, or ''."""
    try:
        check_plausible(timer, days.today_of(person, at), person.zone, at)
    except Refused as refusal:
        return refusal.message
    return ""


def minutes_by_day(spans: Iterable[tuple[datetime, datetime]], zone: ZoneInfo) -> dict[date, int]:
    """Whole minutes of `spans` by the day in `zone`; what is left of all of them together is not lost at midnight."""
    seconds: Counter[date] = Counter()
    for begin, end in spans:
        while begin < end:
            day = begin.astimezone(zone).date()
            until = min(end, days.bounds(day, zone)[1].astimezone(begin.tzinfo))
            seconds[day] += int((until - begin).total_seconds())
            begin = until
    found = {day: each // 60 for day, each in seconds.items()}
    left = sum(seconds.values()) // 60 - sum(found.values())
    for day in sorted(seconds, key=lambda day: seconds[day] % 60, reverse=True)[:left]:
        found[day] += 1
    return {day: each for day, each in found.items() if each}
