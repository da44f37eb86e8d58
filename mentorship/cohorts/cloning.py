"""A new cohort from an earlier one: what was decided comes along with all dates moved, what people did does not.

To have one more thing copied, add its line to FIELDS (of the cohort's own row) or to PARTS (what hangs on it).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from mentorship.cohorts.models import ApplicationQuestion, Charter, Cohort, Membership, Schedule, Thresholds
from mentorship.common.errors import Refused
from mentorship.common.times import AmbiguousTime, NonexistentTime, from_local
from mentorship.people import events
from mentorship.people.models import User

FIELDS = ["stream", "about", "for_whom", "timezone", "seats", "waitlist_moves_up", "hours_a_week", "promise_days"]
DATES = ["starts_on", "ends_on", "applications_close_on"]
LONGEST_SHIFT = 3660  # days
TOO_FAR = "Choose a day within ten years of the earlier cohort."
QUESTION = ["kind", "label", "help", "choices", "required"]


@dataclass(frozen=True)
class Line:
    """One line of the preview: what, as it will be, as it was; `note` says why it is left out."""

    what: str
    now: str = ""
    was: str = ""
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """What shall be made of `source`."""

    source: Cohort
    first_day: date
    name: str = ""
    slug: str = ""
    mentors: list[Membership] = field(default_factory=list)
    test: bool = False

    def moved(self, day: date) -> date:
        """As many days later as the first day is."""
        return day + (self.first_day - self.source.starts_on)

    def on_its_weekday(self, day: date) -> date:
        """The same, put off to the weekday that `day` was: a Thursday's meeting stays on Thursdays."""
        moved = self.moved(day)
        return moved + timedelta(days=(day.weekday() - moved.weekday()) % 7)

    def dates(self) -> dict[str, date]:
        return {name: self.moved(getattr(self.source, name)) for name in DATES}


class Part(NamedTuple):
    """One thing that hangs on a cohort: its heading, its lines in the preview, and how it is copied."""

    title: str
    lines: Callable[[Plan], list[Line]]
    copy: Callable[[Plan, Cohort, User, datetime | None], None]


# --- the parts ----------------------------------------------------------------------------------------------------
def charter_lines(plan: Plan) -> list[Line]:
    charter = Charter.of(plan.source)
    return [Line(f"Version {charter.version} as version 1" if charter else "The program's, when it opens")]


def copy_charter(plan: Plan, made: Cohort, by: User, at: datetime | None) -> None:
    if charter := Charter.of(plan.source):
        Charter.write(cohort=made, text=charter.text, by=by, at=at)


def questions_of(plan: Plan) -> Any:
    return ApplicationQuestion.objects.asked().filter(cohort=plan.source)


def copy_questions(plan: Plan, made: Cohort, by: User, at: datetime | None) -> None:
    for row in questions_of(plan):
        ApplicationQuestion.ask(cohort=made, by=by, at=at, **{name: getattr(row, name) for name in QUESTION})


def thresholds_of(plan: Plan) -> Thresholds | None:
    return Thresholds.objects.filter(cohort=plan.source).first()


def threshold_lines(plan: Plan) -> list[Line]:
    return [Line("Its own")] if thresholds_of(plan) else []


def copy_thresholds(plan: Plan, made: Cohort, by: User, at: datetime | None) -> None:
    if row := thresholds_of(plan):
        Thresholds.change(made, by=by, at=at, **{name: getattr(row, name) for name in Thresholds.EDITABLE})


def schedule_lines(plan: Plan) -> list[Line]:
    schedule = Schedule.of(plan.source)
    if schedule is None:
        return []
    count = schedule.units.count()
    return [Line(f"{count} unit{'' if count == 1 else 's'} in the same weeks, due dates with them")]


def copy_schedule(plan: Plan, made: Cohort, by: User, at: datetime | None) -> None:
    schedule = Schedule.of(plan.source)
    if schedule is None:
        return
    spans = {row.unit_id: (row.first_week, row.last_week) for row in schedule.units.filter(unit__retired_at=None)}
    drafted = Schedule.draft(made, by=by, skipped=schedule.skipped, at=at)
    drafted.adjust(spans, skipped=schedule.skipped, by=by, version=drafted.version, at=at)


@dataclass(frozen=True)
class Moved:
    """A meeting's new time, or why there is none."""

    title: str
    minutes: int
    was: datetime
    starts_at: datetime | None
    regular_on: date | None
    note: str = ""


def meetings(plan: Plan) -> list[Moved]:
    """Each at its local time, on its weekday; one that was moved once goes back to the day of its rhythm."""
    zone, ends_on = plan.source.zone, plan.dates()["ends_on"]
    found = []
    for row in plan.source.meetings.standing().order_by("starts_at", "pk"):
        local = row.starts_at.astimezone(zone)
        day = plan.on_its_weekday(row.regular_on or local.date())
        starts_at, note = None, ""
        try:
            starts_at = from_local(datetime.combine(day, local.time()), zone)
        except (NonexistentTime, AmbiguousTime) as error:
            note = f"{error} Put this one in by hand."
        if day > ends_on:
            starts_at, note = None, "After the last day: left out."
        regular = day if row.regular_on else None
        found.append(Moved(row.title, row.minutes_long, row.starts_at, starts_at, regular, note))
    return found


def meeting_lines(plan: Plan) -> list[Line]:
    zone = plan.source.zone

    def shown(moment: datetime | None) -> str:
        return f"{moment.astimezone(zone):%a %-d %b %Y, %H:%M}" if moment else ""

    return [Line(one.title, shown(one.starts_at), shown(one.was), one.note) for one in meetings(plan)]


def copy_meetings(plan: Plan, made: Cohort, by: User, at: datetime | None) -> None:
    for one in meetings(plan):
        if one.starts_at:
            made.schedule(
                by=by, at=at, title=one.title, starts_at=one.starts_at, minutes_long=one.minutes,
                regular_on=one.regular_on,
            )  # fmt: skip


def mentor_lines(plan: Plan) -> list[Line]:
    return [Line(str(row.person), f"up to {row.capacity}") for row in plan.mentors]


def copy_mentors(plan: Plan, made: Cohort, by: User, at: datetime | None) -> None:
    for seat in plan.mentors:
        made.add_mentor(person=seat.person, capacity=seat.capacity, by=by, at=at)


PARTS = [
    Part("Charter", charter_lines, copy_charter),
    Part("Questions of the application", lambda plan: [Line(row.label) for row in questions_of(plan)], copy_questions),
    Part("When a mentee counts as stalled", threshold_lines, copy_thresholds),
    Part("Weeks of the stream", schedule_lines, copy_schedule),
    Part("Meetings", meeting_lines, copy_meetings),
    Part(
        "Mentors", lambda plan: [Line(str(row.person), f"up to {row.capacity}") for row in plan.mentors], copy_mentors
    ),
]


# --- the preview and the verb -------------------------------------------------------------------------------------
def is_too_far(source: Cohort, first_day: date) -> bool:
    return abs((first_day - source.starts_on).days) > LONGEST_SHIFT


def mentors_to_take(source: Cohort) -> Any:
    """Who may come along: the mentors who are there and have an account still."""
    return source.memberships.mentors().filter(person__is_active=True).select_related("person").order_by("person__name")


def preview(plan: Plan) -> list[tuple[str, list[Line]]]:
    """What would be made, by headings; what there is nothing of is left out."""
    names = {"starts_on": "First day", "ends_on": "Last day", "applications_close_on": "Last day to apply"}
    new = plan.dates()
    days = [
        Line(names[name], f"{new[name]:%a %-d %B %Y}", f"{getattr(plan.source, name):%a %-d %b %Y}") for name in DATES
    ]
    parts = [(part.title, part.lines(plan)) for part in PARTS]
    return [("Dates", days), *[(title, lines) for title, lines in parts if lines]]


def clone(plan: Plan, *, by: User, at: datetime | None = None) -> Cohort:
    """A draft made of `plan.source`, whole or not at all. Tells the mentors who come along, and nobody else."""
    if plan.source.stream.retired_at:
        raise Refused("The stream of this cohort is no longer offered. Make a new cohort instead.", code="retired")
    with transaction.atomic():
        fields = {name: getattr(plan.source, name) for name in FIELDS} | plan.dates()
        made = Cohort.draft(by=by, at=at, test=plan.test, name=plan.name, slug=plan.slug, **fields)
        events.record(actor=by, verb="clone", subject=made, detail={"from": plan.source.pk}, at=at)
        for part in PARTS:
            part.copy(plan, made, by, at)
    return made
