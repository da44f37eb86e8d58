"""A person's own days: which one is today, which are open for entries, and how much fits into one."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Sum
from django.utils import timezone

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.models import User

OPEN_FOR = 7  # days back for which the log can be written and corrected
DAY = 1440  # minutes


def today_of(person: Any, at: datetime | None = None) -> date:
    """The date on the person's own calendar."""
    return timezone.localdate(at or clock.now(), person.zone)


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When `day` begins and ends in `zone`; 23 or 25 hours apart when summer time changes."""
    return (
        datetime.combine(day, time.min, zone),
        datetime.combine(day + timedelta(days=1), time.min, zone),
    )


def check_minutes(minutes: int) -> None:
    if not 1 <= minutes <= DAY:
        raise Refused("Log between 1 and 1440 minutes.", code="minutes_out_of_range")


def check_open(person: Any, day: date, at: datetime) -> None:
    """Refused for a day that has not come on the person's calendar, or is more than seven days back."""
    today = today_of(person, at)
    if day > today:
        raise Refused("That day has not come yet on your calendar.", code="day_in_future")
    if day < today - timedelta(days=OPEN_FOR):
        raise Refused("The log is open for seven days back; that day is older.", code="day_closed")


def check_sum(person: Any, day: date, minutes: int, without: int | None = None) -> None:
    """Refused when the day would have more than 24 hours. Only under `lock`, so that two at once count each other."""
    entries = apps.get_model("study", "StudyEntry").objects.filter(person=person, day=day).exclude(pk=without or 0)
    logged = entries.aggregate(sum=Sum("minutes"))["sum"] or 0
    if logged + minutes > DAY:
        raise Refused(
            f"A day has 1440 minutes, and {logged} are logged already: {DAY - logged} still fit.", code="day_full"
        )


def lock(person_id: int) -> User:
    """The person, locked until the transaction ends: their entries change one after the other."""
    return User.objects.select_for_update(no_key=True).get(pk=person_id)


def clean_note(note: str) -> str:
    """One line without control characters, 200 at most."""
    return " ".join("".join(c for c in note if c.isprintable() or c.isspace()).split())[:200]
