"""What was taken on at meetings, and who was there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.cohorts.forms_actions import ActionForm, AttendanceForm
from mentorship.cohorts.models import ActionItem, Attendance
from mentorship.cohorts.models.attendance import expected_at
from mentorship.cohorts.views.frame import page
from mentorship.cohorts.views.meetings import found_meeting
from mentorship.cohorts.views.minutes import show
from mentorship.common.errors import Refused
from mentorship.common.redirects import safe_next
from mentorship.people.requests import Request


@require_POST
@login_required
def add(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_meeting(request, slug, pk)
    form = ActionForm(request.POST, meeting=row)
    if form.is_valid():
        try:
            made = ActionItem.add(row, by=request.user, key=form.cleaned_data["key"], **form.values())
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, f"Noted: {made.owner.person}, until {made.due_on:%-d %B}.")
            return redirect(f"{row.get_absolute_url()}#actions")
    return show(request, row, 422, action_form=form)


def found(request: Request, slug: str, pk: int) -> ActionItem:
    rows = ActionItem.objects.visible_to(request.user).filter(cohort__slug=slug)
    rows = rows.select_related("cohort__stream", "meeting__cohort", "meeting__coordinator__person", "owner__person")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def action(request: Request, slug: str, pk: int) -> HttpResponse:
    """Change it: other words, another day, another owner."""
    row = found(request, slug, pk)
    if not row.kept_by(request.user):
        raise Http404
    form = ActionForm(request.POST or None, meeting=row.meeting, item=row)
    if request.method == "POST" and form.is_valid():
        try:
            row.change(by=request.user, **form.values())
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, "Changed.")
            return redirect(row.get_absolute_url())
    status = 422 if form.is_bound else 200
    return page(request, "action.html", row.cohort, "meetings", status, form=form, action=row, meeting=row.meeting)


@require_POST
@login_required
def tick(request: Request, slug: str, pk: int) -> HttpResponse:
    """Done, or with `open` not yet after all; for its owner and admins."""
    row = found(request, slug, pk)
    if row.owner.person_id != request.user.pk and not request.user.is_admin:
        raise Http404
    try:
        row.tick(by=request.user, done="open" not in request.POST)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(safe_next(request, row.get_absolute_url()))


@require_POST
@login_required
def drop(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found(request, slug, pk)
    if not row.kept_by(request.user):
        raise Http404
    try:
        row.drop(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Dropped; nobody is reminded of it any more.")
    return redirect(f"{row.meeting.get_absolute_url()}#actions")


@require_POST
@login_required
def attendance(request: Request, slug: str, pk: int) -> HttpResponse:
    """Who was there, as the coordinator or an admin notes it."""
    row = found_meeting(request, slug, pk)
    if not row.kept_by(request.user):
        raise Http404
    form = AttendanceForm(request.POST, seats=list(expected_at(row)), noted={})
    if not form.is_valid():
        return show(request, row, 422, attendance_form=form)
    try:
        Attendance.note(row, by=request.user, states=form.states())
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Who was there is noted.")
    return redirect(f"{row.get_absolute_url()}#attendance")


@require_POST
@login_required
def coming(request: Request, slug: str, pk: int, verb: str) -> HttpResponse:
    """Say beforehand that one cannot come, or take that back."""
    row = found_meeting(request, slug, pk)
    try:
        getattr(Attendance, verb)(row, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Noted: you cannot come." if verb == "excuse" else "Noted: you come.")
    return redirect(row.get_absolute_url())
