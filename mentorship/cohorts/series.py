"""The rhythm of a cohort: a meeting every two weeks for its whole length, at one local time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from mentorship.cohorts import telling_meetings
from mentorship.cohorts.models import Cohort, Meeting, Membership
from mentorship.cohorts.rotation import Turns
from mentorship.common.errors import Refused
from mentorship.common.times import AmbiguousTime, NonexistentTime, from_local
from mentorship.people import events
from mentorship.people.models import User

MOST = 60  # meetings of one rhythm


@dataclass(frozen=True)
class Rhythm:
    """What was wished for. `which` answers for a time that exists twice on one of the days."""

    first_day: date
    clock: time
    weeks: int = 2
    minutes_long: int = 90
    skip: frozenset[date] = frozenset()
    which: str = ""
    title: str = "Session"
    link: str = ""
    leads: bool = True

    def days(self, cohort: Cohort) -> list[date]:
        """Every day of the rhythm until the cohort ends, those to skip too."""
        length = (cohort.ends_on - self.first_day).days
        return [self.first_day + timedelta(weeks=self.weeks * n) for n in range(length // (7 * self.weeks) + 1)]


@dataclass
class Planned:
    """One day of a rhythm: `new` will be made, `there` is in the calendar, `skipped` is not wanted, `past` is over."""

    day: date
    state: str
    starts_at: datetime | None = None
    title: str = ""
    coordinator: Membership | None = None
    meeting: Meeting | None = None  # where it is there


def plan(cohort: Cohort, rhythm: Rhythm, at: datetime) -> list[Planned]:
    """What making `rhythm` would do, day by day. Refused, at the field that the code names, when it cannot be."""
    if not cohort.starts_on <= rhythm.first_day <= cohort.ends_on:
        text = f"The cohort lasts from {cohort.starts_on:%-d %B %Y} to {cohort.ends_on:%-d %B %Y}."
        raise Refused(text, code="first_day")
    days = rhythm.days(cohort)
    if len(days) > MOST:
        raise Refused(f"That would be {len(days)} meetings; {MOST} is the most.", code="weeks")
    _check_skipped(rhythm, days)
    there = _there(cohort)
    turns, rows, number = Turns(cohort), [], 0
    for day in days:
        if day in rhythm.skip:
            rows.append(Planned(day, "skipped"))
            continue
        number += 1
        if day in there:
            row = there[day]
            rows.append(Planned(day, "there", row.starts_at, row.title, row.coordinator, meeting=row))
            continue
        moment = _moment(cohort, rhythm, day)
        new = Planned(day, "new" if moment > at else "past", moment, f"{rhythm.title} {number}")
        if new.state == "new" and rhythm.leads:
            new.coordinator = turns.deal(moment)
        rows.append(new)
    return rows


def _moment(cohort: Cohort, rhythm: Rhythm, day: date) -> datetime:
    try:
        return from_local(datetime.combine(day, rhythm.clock), cohort.zone, rhythm.which)
    except NonexistentTime as error:
        raise Refused(f"{error} Or skip that day.", code="clock") from error
    except AmbiguousTime as error:
        raise Refused(str(error), code="which") from error


def _check_skipped(rhythm: Rhythm, days: list[date]) -> None:
    """A day to skip that is none of the rhythm's is a slip of the pen: its neighbours are named."""
    for day in sorted(rhythm.skip - set(days)):
        near = sorted(sorted(days, key=lambda one: abs(one - day))[:2])
        names = " and ".join(f"{one:%-d %B %Y}" for one in near)
        raise Refused(f"No meeting falls on {day:%-d %B %Y}. The nearest are on {names}.", code="skip")


def _there(cohort: Cohort) -> dict[date, Meeting]:
    """By the day that is taken: the meeting that was made for it, wherever it went, or one that stands on it."""
    taken: dict[date, Meeting] = {}
    rows = cohort.meetings.select_related("coordinator__person")
    for meeting in rows:
        if meeting.cancelled_at is None:
            taken.setdefault(timezone.localdate(meeting.starts_at, cohort.zone), meeting)
    return taken | {meeting.regular_on: meeting for meeting in rows if meeting.regular_on}


def make(*, cohort: Cohort, rhythm: Rhythm, by: User, at: datetime) -> list[Meeting]:
    """Put into the calendar what of `rhythm` is missing. Running it again makes nothing twice."""
    with transaction.atomic():
        row = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
        if row.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
            raise Refused("This cohort is over.", code="cohort_over")
        missing = [one for one in plan(row, rhythm, at) if one.state == "new" and one.starts_at]
        if not missing:
            raise Refused("All of these meetings are in the calendar already, or over.", code="nothing_missing")
        made = Meeting.objects.bulk_create(
            Meeting(
                cohort=row, title=one.title, starts_at=one.starts_at or at, minutes_long=rhythm.minutes_long,
                coordinator=one.coordinator, link=rhythm.link, regular_on=one.day,
            )
            for one in missing
        )  # fmt: skip
        detail = {"meetings": [meeting.pk for meeting in made], "first": missing[0].day, "weeks": rhythm.weeks}
        event = events.record(actor=by, verb="made_series", subject=row, detail=detail, at=at)
        telling_meetings.series_made(row, made, event.pk, at=at)
    return made
