"""A person's forecast: each stream they follow, against the schedule of its cohort, and a plan that would meet it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentorship.cohorts.models import Cohort, Membership
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.forecast.catching_up import Proposal, propose
from mentorship.study.forecast.dates import Due, Reached, needed, reached
from mentorship.study.forecast.left import left_by_stream
from mentorship.study.forecast.pace import Pace, pace_of
from mentorship.study.models import Goal, PlanSlot
from mentorship.study.plan.weeks import lay
from projects.due import due_of
from streams.models import Progress, Stream


@dataclass(frozen=True)
class Course:
    """A stream that somebody follows: within a cohort, or on their own (then `cohort` is None)."""

    stream: Stream
    cohort: Cohort | None
    minutes: int  # that are left
    end: Reached  # all of it; its due is the cohort's end
    dues: list[Reached]
    needed: int  # minutes a week that meet all dates


@dataclass(frozen=True)
class Forecast:
    pace: Pace
    courses: list[Course]
    planned: int  # minutes a week
    proposal: Proposal

    @property
    def needed(self) -> int:
        return sum(course.needed for course in self.courses)


def forecast_of(person: User, at: datetime) -> Forecast:
    """The forecast of `person`, in a number of queries that does not grow."""
    today = days.today_of(person, at)
    pace, goal = pace_of(person, at), Goal.objects.on(person, today)
    slots = list(PlanSlot.objects.visible_to(person).live())
    courses = courses_of(person, pace, today)
    wanted = sum(course.needed for course in courses)
    return Forecast(pace, courses, sum(slot.minutes for slot in slots), propose(slots, goal, wanted))


def courses_of(person: User, pace: Pace, today: date) -> list[Course]:
    """Those of running cohorts first, then the streams that they began on their own."""
    seats = Membership.objects.mentees().filter(person=person, cohort__state=Cohort.State.RUNNING)
    cohorts = [seat.cohort for seat in seats.select_related("cohort__stream").order_by("cohort__ends_on", "pk")]
    began = Progress.objects.filter(person=person).exclude(state=Progress.State.NOT_STARTED).values("item__stream")
    own = Stream.objects.published().filter(pk__in=began).exclude(pk__in=[cohort.stream_id for cohort in cohorts])
    followed: list[tuple[Stream, Cohort | None]] = [(cohort.stream, cohort) for cohort in cohorts]
    followed += [(stream, None) for stream in own.order_by("number")]
    left = left_by_stream(person, [stream.pk for stream, _cohort in followed])
    dues = dues_by_cohort(person) if cohorts else {}
    return [course(stream, cohort, left[stream.pk], dues, pace, today) for stream, cohort in followed]


def course(
    stream: Stream, cohort: Cohort | None, left: Sequence[Any], dues: dict[int, list[Due]], pace: Pace, today: date
) -> Course:
    ends_on = cohort.ends_on if cohort else date.max
    end = Due(f"{cohort} ends" if cohort else "", cohort.get_absolute_url() if cohort else "", ends_on)
    *rows, last = reached(left, [*dues.get(cohort.pk if cohort else 0, []), end], pace, today)
    dated = [*rows, last] if cohort else []
    return Course(stream, cohort, last.minutes, last, dated, needed(dated, today))


def dues_by_cohort(person: User) -> dict[int, list[Due]]:
    """What they have not handed in, until when they have time themselves."""
    found: dict[int, list[Due]] = defaultdict(list)
    for row in due_of(person):
        day = timezone.localdate(row.own_at, person.zone)
        found[row.cohort_id].append(Due(row.item.title, row.get_absolute_url(), day, row.item.position))
    return found


def catch_up(*, by: User, seen: str, at: datetime | None = None) -> list[PlanSlot]:
    """Put the slots that were proposed into the plan of `by`. Refused when it is no longer what they have seen."""
    now = at or clock.now()
    with transaction.atomic():
        proposal = forecast_of(days.lock(by.pk), now).proposal
        if not proposal.slots:
            raise Refused("Your plan has all that the schedule asks for already.", code="nothing_missing")
        if proposal.digest != seen:
            raise Refused("The proposal has changed meanwhile. Look at it again.", code="proposal_changed")
        return lay(by=by, slots=proposal.slots, replace=False, verb="catch_up", detail={"seen": seen}, at=now)
