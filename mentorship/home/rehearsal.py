"""A cohort's time to come, run ahead: what its people would be told, day by day, without telling anyone.

Every rule takes the clock as an argument. Here all of them run with the clock of each coming day, in one transaction
that is always rolled back: neither a row nor a mail of it is ever seen outside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone

import blog.reminders
import projects.reminders
from mentorship.cohorts import reminders, reminders_hours, reminders_meetings
from mentorship.cohorts.models import Announcement, Cohort
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.notifications.mails import body_of
from mentorship.notifications.models import Notification

LONGEST = 84  # days
HOUR = time(9)
LIMITS = "SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '10s'"


@dataclass(frozen=True)
class Told:
    """One thing that one person would be told, as its mail would read."""

    day: date
    person: str
    title: str
    text: str
    by_mail: bool


def announce(*, at: datetime) -> None:
    for row in Announcement.objects.due(at).select_related("cohort", "author"):
        row.publish(at=at)


# What the beat runs (see celery.py): whoever adds a rule there adds it here.
RULES: list[Callable[..., Any]] = [
    reminders.remind, reminders_meetings.remind_of_meetings, reminders_hours.remind_of_hours, announce,
    projects.reminders.remind, blog.reminders.remind,
]  # fmt: skip


def rehearse(cohort: Cohort, until: date, at: datetime | None = None) -> list[Told]:
    """What the people of `cohort` would be told from tomorrow until that day, if nobody did anything meanwhile.

    One that has not begun is taken as open, and as running from its first day on.
    """
    today = timezone.localdate(at or clock.now(), cohort.zone)
    days = [today + timedelta(days=number) for number in range(1, (until - today).days + 1)]
    if not 1 <= len(days) <= LONGEST:
        raise Refused(f"Choose a day within the next {LONGEST}.", code="day")
    told: list[Told] = []
    try:
        with transaction.atomic():
            try:
                with connection.cursor() as cursor:
                    for limit in LIMITS.split("; "):
                        cursor.execute(limit)
                for day in days:
                    told += run_day(cohort, day)
            finally:
                transaction.set_rollback(True)
    except OperationalError as error:
        raise Refused("The program is too busy for this right now. Try again, or fewer days.", code="busy") from error
    return told


def run_day(cohort: Cohort, day: date) -> list[Told]:
    moment = datetime.combine(day, HOUR, cohort.zone)
    row = Cohort.objects.filter(pk=cohort.pk)
    row.filter(state=Cohort.State.DRAFT).update(state=Cohort.State.OPEN)
    if day >= cohort.starts_on:
        row.filter(state=Cohort.State.OPEN).update(state=Cohort.State.RUNNING, started_at=moment)
    last = Notification.objects.aggregate(last=Max("pk"))["last"] or 0
    for rule in RULES:
        rule(at=moment)
    members = dict(cohort.memberships.active().values_list("pk", "person"))
    fresh = Notification.objects.filter(pk__gt=last, person__isnull=False).select_related("person").order_by("pk")
    return [
        Told(day, str(one.person), one.title, body_of(one), one.email == Notification.Email.QUEUED)
        for one in fresh
        if is_of(cohort, one, members)
    ]


def is_of(cohort: Cohort, message: Notification, members: dict[int, int]) -> bool:
    """About this cohort: it leads to one of its pages, or goes to a member and is about no other cohort."""
    if message.url.startswith(cohort.get_absolute_url()):
        return True
    if message.url.startswith("/cohorts/") or message.person_id not in members.values():
        return False
    kind, _, rest = message.subject.partition(":")
    key = rest.partition(":")[0]
    return kind != "membership" or (key.isdecimal() and int(key) in members)
