"""A cohort's calendar: its members read it, admins draft it and put units into other weeks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.calendar_page import calendar_weeks, chart, named_weeks, spans_of, units_of
from mentorship.cohorts.forms_dates import ScheduleForm, SkippedForm
from mentorship.cohorts.laying import lay
from mentorship.cohorts.models import Cohort, Schedule
from mentorship.cohorts.models.schedule import hours_of, weeks
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.cohorts.views.frame import administered, belonging, page
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from streams.models import Unit


@require_safe
@login_required
def calendar(request: Request, slug: str) -> HttpResponse:
    """Week by week the units, what is due and the meetings, in the reader's zone."""
    cohort, now = belonging(request, slug), clock.now()
    schedule = Schedule.of(cohort)
    rows = calendar_weeks(cohort, schedule, request.user, now)
    return page(
        request, "calendar.html", cohort, "calendar", schedule=schedule, weeks=rows,
        chart=chart(units_of(schedule, cohort), rows), zone=cohort.timezone.replace("_", " "),
        own_zone=request.user.timezone.replace("_", " "),
    )  # fmt: skip


def form_of(request: Request, cohort: Cohort, schedule: Schedule | None) -> ScheduleForm:
    units = Unit.objects.published().filter(stream=cohort.stream_id).order_by("position", "pk") if schedule else []
    initial = {"version": schedule.version if schedule else 0, "skip": schedule.skipped if schedule else []}
    return ScheduleForm(
        request.POST or None, weeks=named_weeks(cohort), units=units, spans=spans_of(schedule), initial=initial
    )


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, slug: str) -> HttpResponse:
    cohort = administered(request, slug)
    schedule = Schedule.of(cohort)
    form = form_of(request, cohort, schedule)
    if request.method == "POST" and schedule and form.is_valid():
        try:
            schedule.adjust(form.spans(), skipped=form.cleaned_data["skip"], by=request.user, version=form.version_seen)
        except ChangedMeanwhile as refusal:
            fresh = Schedule.of(cohort)
            form.compare(spans_of(fresh), fresh.version if fresh else 0, refusal.message)
            return show(request, cohort, schedule, form, 409)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Saved. What is due by the schedule has moved along.")
            return redirect("cohorts:calendar", slug)
    return show(request, cohort, schedule, form, 422 if form.is_bound else 200)


@require_POST
@login_required
def draft(request: Request, slug: str) -> HttpResponse:
    """Lay the units over the weeks from their hours, in place of what stands."""
    cohort = administered(request, slug)
    schedule = Schedule.of(cohort)
    form = SkippedForm(request.POST, weeks=named_weeks(cohort))
    if form.is_valid():
        try:
            Schedule.draft(cohort, by=request.user, skipped=form.cleaned_data["skip"], version=form.version_seen)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return show(request, cohort, schedule, form_of(request, cohort, schedule), 409)
        messages.success(request, "Drafted from the hours. Look it over, and move what does not fit your weeks.")
        return redirect("cohorts:edit_schedule", slug)
    return show(request, cohort, schedule, form_of(request, cohort, schedule), 422)


def show(
    request: Request, cohort: Cohort, schedule: Schedule | None, form: ScheduleForm, status: int = 200
) -> HttpResponse:
    facts = need(cohort, schedule)
    return page(request, "edit_schedule.html", cohort, "calendar", status, form=form, schedule=schedule, **facts)


def need(cohort: Cohort, schedule: Schedule | None) -> dict[str, Any]:
    """How the hours of the stream meet the hours of the cohort."""
    hours, skipped = hours_of(cohort), set(schedule.skipped if schedule else ())
    left = [week for week in range(1, weeks(cohort) + 1) if week not in skipped]
    total = sum(hours.values())
    pace = lay(list(hours.values()), weeks(cohort), cohort.hours_a_week, skipped).pace if left and hours else 0
    return {
        "hours": round(total), "weeks_left": len(left), "pace": round(float(pace), 1),
        "too_much": pace > cohort.hours_a_week,
    }  # fmt: skip
