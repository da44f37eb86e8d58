"""The page of the forecast: when one will be through, and a plan that would meet the schedule."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.home.forecasting import Course, catch_up, forecast_of
from mentorship.people.requests import Request
from mentorship.study.forecast.dates import Reached
from mentorship.study.heatmap import as_hours
from mentorship.study.plan.models import WEEKDAYS
from mentorship.study.plan.slots import What


@require_safe
@login_required
def forecast(request: Request) -> HttpResponse:
    found = forecast_of(request.user, clock.now())
    proposal = found.proposal
    context = {
        "pace": found.pace, "courses": [course_row(course) for course in found.courses],
        "likely": hours(found.pace.likely), "low": hours(found.pace.low), "high": hours(found.pace.high),
        "needed": hours(found.needed), "planned": hours(found.planned), "proposal": proposal,
        "filled": hours(proposal.minutes),
        "slots": [
            {"day": WEEKDAYS[slot.weekday], "starts": f"{slot.starts:%H:%M}", "minutes": as_hours(slot.minutes),
             "what": What(slot.what).label} for slot in proposal.slots
        ],
    }  # fmt: skip
    return render(request, "study/forecast/page.html", context)


@require_POST
@login_required
def catch_up_now(request: Request) -> HttpResponse:
    """Take the proposal over with one click."""
    try:
        made = catch_up(by=request.user, seen=request.POST.get("seen", ""))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("home:forecast")
    messages.success(request, f"{len(made)} slots are in your plan. Change what does not fit.")
    return redirect("study:plan")


def hours(minutes: int) -> str:
    """Rounded up to a quarter of an hour: a forecast knows no minutes."""
    return as_hours(-(-minutes // 15) * 15)


def course_row(course: Course) -> dict[str, Any]:
    end, cohort = course.end, course.cohort
    return {
        "title": f"Stream {course.stream.number}: {course.stream.title}", "url": course.stream.get_absolute_url(),
        "number": course.stream.number, "cohort": str(cohort or ""), "done": not course.minutes,
        "left": hours(course.minutes), "when": when(end), "range": span(end), "needed": hours(course.needed),
        "rows": [due_row(row) for row in course.dues],
    }  # fmt: skip


def due_row(row: Reached) -> dict[str, Any]:
    return {
        "title": row.due.title, "url": row.due.url, "day": plain(row.due.day), "left": hours(row.minutes),
        "when": when(row), "range": span(row), "fits": fits(row),
    }  # fmt: skip


def when(row: Reached) -> str:
    return plain(row.likely) if row.likely else ""


def span(row: Reached) -> str:
    """'between 3 Feb and 9 May 2027'; open where a slow pace reaches no end."""
    if not row.likely or not row.early:
        return ""
    return f"between {plain(row.early)} and {plain(row.late)}" if row.late else f"{plain(row.early)} or later"


def fits(row: Reached) -> dict[str, str]:
    """How it fits its day, as a word and a tone; nothing where nothing is known."""
    after = row.days_after
    if after is None:
        return {}
    if after > 0:
        return {"tone": "warn", "text": f"about {after} day{'' if after == 1 else 's'} after"}
    if row.late is None or row.late > row.due.day:
        return {"tone": "accent", "text": "within reach"}
    return {"tone": "good", "text": "on course"}


def plain(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
