"""The cohort's calendar: members read it, admins keep it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts import rotation
from mentorship.cohorts.forms_meetings import CancelForm, MeetingForm
from mentorship.cohorts.models import Cohort, Meeting
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.cohorts.views.frame import administered, belonging, page
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import exact, time_html
from mentorship.people.requests import Request


@require_safe
@login_required
def meetings(request: Request, slug: str) -> HttpResponse:
    """What is to come, the next one first; below it what has been, the last one first."""
    cohort = belonging(request, slug)
    address, moment = reverse("cohorts:meetings", args=[slug]), now()
    rows = cohort.meetings.select_related("coordinator__person")
    coming = list(rows.upcoming(moment)[:100])
    found = paginate(request, rows.exclude(pk__in=[m.pk for m in coming]).order_by("-starts_at", "-pk"))
    alone = [m for m in coming if m.coordinator is None]
    proposed = {pk: str(seat.person) for pk, seat in rotation.propose(cohort, alone).items()}
    return page(
        request, "meetings.html", cohort, "meetings", found=found, proposed=proposed,
        coming=[line(m, address, request.user) | {"proposed": proposed.get(m.pk, "")} for m in coming],
        past=[line(m, address, request.user) for m in found],
        over=cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED),
    )  # fmt: skip


def line(meeting: Meeting, address: str, reader: Any) -> dict[str, Any]:
    return {
        "title": meeting.title, "url": f"{address}{meeting.pk}/", "when": time_html(meeting.starts_at),
        "local": exact(meeting.starts_at), "minutes": meeting.minutes_long, "cancelled": bool(meeting.cancelled_at),
        "coordinator": str(meeting.coordinator.person) if meeting.coordinator else "",
        "mine": meeting.led_by(reader), "written": bool(meeting.notes), "closed": bool(meeting.closed_at),
    }  # fmt: skip


def found_meeting(request: Request, slug: str, pk: int) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related("cohort__stream", "coordinator__person", "closed_by")
    return get_object_or_404(rows, cohort__slug=slug, pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def schedule(request: Request, slug: str) -> HttpResponse:
    cohort = administered(request, slug)
    form = MeetingForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            made = cohort.schedule(by=request.user, **form.meeting())
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, "In the calendar; every member is told.")
            return redirect("cohorts:meeting", slug, made.pk)
    return page(request, "schedule.html", cohort, "meetings", 422 if form.is_bound else 200, form=form)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, slug: str, pk: int) -> HttpResponse:
    cohort = administered(request, slug)
    row = get_object_or_404(cohort.meetings.all(), pk=pk)
    form = MeetingForm(request.POST or None, instance=row, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = Meeting.objects.select_related("cohort").get(pk=pk)
            words = {name: form.cleaned_data[name] for name in ("seen", "reason")}
            fresh.edit(by=request.user, **words, **form.meeting())
        except ChangedMeanwhile as refusal:
            form.compare(Meeting.objects.select_related("coordinator__person").get(pk=pk), refusal.message)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, "Saved. Another time is told to every member.")
            return redirect("cohorts:meeting", slug, pk)
    status = (409 if form.standing else 422) if form.is_bound else 200
    return page(request, "schedule.html", cohort, "meetings", status, form=form, meeting=row)


@require_POST
@login_required
def cancel(request: Request, slug: str, pk: int) -> HttpResponse:
    row = get_object_or_404(administered(request, slug).meetings.select_related("cohort"), pk=pk)
    form = CancelForm(request.POST)
    try:
        row.cancel(by=request.user, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Called off; every member is told.")
    return redirect("cohorts:meeting", slug, pk)
