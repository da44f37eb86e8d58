"""The clock of a test cohort put ahead: what falls due on the way happens on its day, and is told to nobody real."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentorship.cohorts.models import Cohort
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.home.rehearsal import RULES
from mentorship.notifications.models import Notification
from mentorship.people import events
from mentorship.people.models import User

LONGEST = timedelta(days=92)
BEYOND = timedelta(days=366)  # after the last day: somebody may look back at the end
HOUR = time(9)
SHOWN = 200


@dataclass(frozen=True)
class Next:
    """A day that something happens on by itself, to put the clock to."""

    day: datetime
    what: str


def now_of(cohort: Cohort, real: datetime | None = None) -> datetime:
    """The time by its clock."""
    assert cohort.clock_ahead is not None
    return (real or timezone.now()) + cohort.clock_ahead


def moments(since: datetime, until: datetime, cohort: Cohort) -> list[datetime]:
    """When the rules run on the way: at nine each day where the cohort is, and at the end."""
    day, found = since.astimezone(cohort.zone).date(), []
    while (moment := datetime.combine(day, HOUR, cohort.zone)) < until:
        if moment > since:
            found.append(moment)
        day += timedelta(days=1)
    return [*found, until]


def advance(
    cohort: Cohort, until: datetime, *, by: User, seen: timedelta | None = None, real: datetime | None = None
) -> int:
    """Put the clock of `cohort` to `until`, with everything that falls due meanwhile; how many messages that were.

    seen: how far ahead it was when the person looked: two who press at once make one step. real: the real time.
    """
    present, until = real or timezone.now(), until.astimezone(UTC)
    with transaction.atomic():
        row = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
        if row.clock_ahead is None:
            raise Refused("This cohort is real: its time cannot be put ahead.", code="real")
        if seen is not None and row.clock_ahead != seen:
            raise Refused(
                "Somebody has put the clock ahead meanwhile. Look where it stands now.", code="moved_meanwhile"
            )
        since = now_of(row, present)
        if until <= since:
            raise Refused("The clock goes forward only: what was done stands at its time.", code="backwards")
        if until - since > LONGEST:
            raise Refused(f"At most {LONGEST.days} days at once, so that nothing is missed on the way.", code="too_far")
        if until > datetime.combine(row.ends_on, HOUR, row.zone) + BEYOND:
            raise Refused("That is more than a year after its last day.", code="too_late")
        told = Notification.objects.filter(test_cohort=row.slug)
        before = told.count()
        for moment in moments(since, until, row):
            with clock.as_of(row.slug, moment - present):
                for rule in RULES:
                    rule(at=moment)
        row.clock_ahead = cohort.clock_ahead = until - present
        row.save(update_fields=["clock_ahead"])
        detail = {"from": since.isoformat(timespec="minutes"), "to": until.isoformat(timespec="minutes")}
        events.record(actor=by, verb="put_ahead", subject=row, detail=detail, at=present)
        return told.count() - before


def told_in(cohort: Cohort) -> Any:
    """What was told while the cohort was lived through, the latest first."""
    return Notification.objects.filter(test_cohort=cohort.slug).select_related("person").order_by("-pk")


def coming(cohort: Cohort) -> list[Next]:
    """The next days by the cohort's own calendar, one of each kind."""
    now, found = now_of(cohort), []
    days = [(cohort.applications_close_on + timedelta(days=1), "Applications are closed")]
    days += [(cohort.starts_on, "First day"), (cohort.ends_on, "Last day")]
    found += [Next(datetime.combine(day, HOUR, cohort.zone), what) for day, what in days]
    meeting = cohort.meetings.standing().filter(starts_at__gt=now).order_by("starts_at").first()
    if meeting:
        found.append(Next(meeting.starts_at, meeting.title))
    due = cohort.due_dates.filter(due_at__gt=now).select_related("item").order_by("due_at").first()
    if due:
        found.append(Next(due.due_at, f"{due.item.title} is due"))
    return sorted((one for one in found if one.day > now), key=lambda one: one.day)
