"""A cohort's calendar as one person reads it: week by week the units, what is due and the meetings."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from mentorship.cohorts.handed_in import handed_in
from mentorship.cohorts.laying import days_of
from mentorship.cohorts.models import Cohort, DueDate, Schedule
from mentorship.cohorts.models.schedule import week_at, weeks
from mentorship.common.times import DAYS, MONTHS, exact, time_html
from mentorship.people.models import User
from streams.models import Progress

DONE = str(Progress.State.DONE)


@dataclass
class Week:
    number: int
    days: str
    skipped: bool = False
    now: bool = False
    over: bool = False
    units: list[dict[str, Any]] = field(default_factory=list)
    dated: list[dict[str, Any]] = field(default_factory=list)  # what is due and the meetings, the earliest first


def plain(day: date) -> str:
    """'5 Jan'."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def short(day: date) -> str:
    """'Mon 5 Jan'."""
    return f"{DAYS[day.weekday()]} {plain(day)}"


def named_weeks(cohort: Cohort) -> list[tuple[int, str]]:
    """Each week with its days: (3, 'Week 3, 19 Jan to 25 Jan')."""
    numbers = range(1, weeks(cohort) + 1)
    spans = [(number, *days_of(number, cohort.starts_on, cohort.ends_on)) for number in numbers]
    return [(number, f"Week {number}, {plain(first)} to {plain(last)}") for number, first, last in spans]


def spans_of(schedule: Schedule | None) -> dict[int, tuple[int, int]]:
    if schedule is None:
        return {}
    return {row.unit_id: (row.first_week, row.last_week) for row in schedule.units.all()}


def calendar_weeks(cohort: Cohort, schedule: Schedule | None, reader: User, at: datetime) -> list[Week]:
    """Every week of the cohort; what lies before or after its days stands in its first or last week."""
    today, last = timezone.localdate(at, cohort.zone), weeks(cohort)
    current, skipped = week_at(cohort, today), set(schedule.skipped if schedule else ())
    rows = []
    for number in range(1, last + 1):
        begin, end = days_of(number, cohort.starts_on, cohort.ends_on)
        days = short(begin) if begin == end else f"{short(begin)} to {short(end)}"
        rows.append(Week(number, days, number in skipped, number == current, end < today))

    def week_of(moment: datetime) -> Week:
        return rows[min(max(week_at(cohort, timezone.localdate(moment, cohort.zone)), 1), last) - 1]

    for unit in units_of(schedule, cohort):
        for number in range(unit["first"], min(unit["last"], last) + 1):
            if number not in skipped:
                rows[number - 1].units.append(unit)
    dated = due_rows(cohort, reader, at) + meeting_rows(cohort, at)
    for row in sorted(dated, key=lambda row: row["moment"]):
        week_of(row["moment"]).dated.append(row)
    return rows


def units_of(schedule: Schedule | None, cohort: Cohort) -> list[dict[str, Any]]:
    """The units with their weeks, in the stream's order."""
    if schedule is None:
        return []
    address = cohort.stream.get_absolute_url()
    rows = schedule.units.select_related("unit").filter(unit__retired_at=None)
    return [
        {
            "title": row.unit.title, "url": f"{address}#unit-{row.unit_id}", "first": row.first_week,
            "last": row.last_week,
        }
        for row in rows
    ]  # fmt: skip


def meeting_rows(cohort: Cohort, at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "title": meeting.title, "url": f"/cohorts/{cohort.slug}/meetings/{meeting.pk}/",
            "moment": meeting.starts_at, "local": exact(meeting.starts_at), "when": time_html(meeting.starts_at, at),
            "label": "Meeting", "tone": "",
        }
        for meeting in cohort.meetings.standing().order_by("starts_at", "pk")[:200]
    ]  # fmt: skip


def due_rows(cohort: Cohort, reader: User, at: datetime) -> list[dict[str, Any]]:
    """What is due, each until when the reader has time for it."""
    done = Progress.objects.filter(person=reader, state=DONE, item__stream=cohort.stream_id)
    finished, given = set(done.values_list("item", flat=True)), handed_in(reader, cohort)
    rows = DueDate.objects.published().filter(cohort=cohort).for_person(reader).select_related("item")
    return [
        {
            "title": row.item.title, "url": f"/cohorts/{cohort.slug}/due/{row.pk}/", "moment": row.own_at,
            "local": exact(row.own_at), "when": time_html(row.own_at, at), "why": str(row.why),
        } | badge(row, finished, given, at)
        for row in rows.order_by("own_at", "item__position")  # type: ignore[misc]
    ]  # fmt: skip


def badge(row: DueDate, done: set[int], given: set[int], at: datetime) -> dict[str, str]:
    """In a word, and in a colour that repeats it."""
    if row.item_id in done:
        return {"label": "Done", "tone": "good"}
    if row.item_id in given:
        return {"label": "Handed in", "tone": "good"}
    return {"label": "Was due", "tone": "bad"} if row.own_at < at else {"label": "Due", "tone": "warn"}


def named(first: int, last: int) -> str:
    return f"week {first}" if first == last else f"weeks {first} to {last}"


LEFT, ROW, WIDTH = 4, 34, 340


def chart(units: list[dict[str, Any]], weeks: list[Week]) -> dict[str, Any]:
    """The units as bars over the weeks: sizes for an SVG, in whole numbers."""
    if not units or not weeks:
        return {}
    step = (WIDTH - 2 * LEFT) / len(weeks)

    def across(week: float) -> int:
        return round(LEFT + week * step)

    now = next((week.number for week in weeks if week.now), None)
    bars = [
        {
            "title": unit["title"], "x": across(unit["first"] - 1), "y": ROW * row + 18, "text_y": ROW * row + 13,
            "width": max(across(min(unit["last"], len(weeks))) - across(unit["first"] - 1) - 1, 2),
            "weeks": named(unit["first"], unit["last"]),
        }
        for row, unit in enumerate(units)
    ]  # fmt: skip
    return {
        "bars": bars, "height": ROW * len(units) + 4, "now": across(now - 0.5) if now else None,
        "skipped": [
            {"x": across(week.number - 1), "width": max(round(step) - 1, 1)} for week in weeks if week.skipped
        ],
    }  # fmt: skip
