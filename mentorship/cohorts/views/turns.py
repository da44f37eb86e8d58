"""Changing turns by agreement, a mentor who is asked to come, and what members bring up."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms_turns import ExchangeForm, PointForm, VisitForm
from mentorship.cohorts.models import Exchange, Point, Visit
from mentorship.cohorts.views.meetings import found_meeting
from mentorship.cohorts.views.minutes import show
from mentorship.common.errors import Refused
from mentorship.common.times import exact
from mentorship.people.requests import Request

DONE = {
    "agree": "You lead it now. Who asked is told.", "decline": "They are told that you cannot.",
    "withdraw": "Taken back.", "accept": "Thank you. Who asked is told.",
}  # fmt: skip


def run(request: Request, row: Any, verb: str) -> None:
    try:
        getattr(row, verb)(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, DONE[verb])


@require_POST
@login_required
def ask_exchange(request: Request, slug: str, pk: int) -> HttpResponse:
    """Who leads asks another mentee to."""
    row = found_meeting(request, slug, pk)
    if not row.led_by(request.user):
        raise Http404
    form = ExchangeForm(request.POST, meeting=row)
    if form.is_valid():
        other, in_return = form.values()
        try:
            Exchange.ask(row, by=request.user, other=other, in_return=in_return)
        except Refused as refusal:
            form.add_error("whom", refusal.message)
        else:
            messages.success(request, f"{other.person} is asked. Until they answer, you lead it.")
            return redirect(row.get_absolute_url())
    return show(request, row, 422, exchange_form=form)


@require_POST
@login_required
def answer_exchange(request: Request, slug: str, pk: int, verb: str) -> HttpResponse:
    """Yes or no by who is asked; taken back by who asked."""
    rows = Exchange.objects.visible_to(request.user).filter(meeting__cohort__slug=slug)
    row = get_object_or_404(
        rows.select_related("asker__person", "other__person", "meeting__cohort", "in_return__cohort"), pk=pk
    )
    if (row.asker if verb == "withdraw" else row.other).person_id != request.user.pk:
        raise Http404
    run(request, row, verb)
    return redirect(row.meeting.get_absolute_url())


@require_POST
@login_required
def ask_visit(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_meeting(request, slug, pk)
    if not row.kept_by(request.user):
        raise Http404
    form = VisitForm(request.POST, meeting=row)
    if form.is_valid():
        try:
            Visit.ask(row, by=request.user, mentor=form.cleaned_data["mentor"], note=form.cleaned_data["note"])
        except Refused as refusal:
            form.add_error("mentor", refusal.message)
        else:
            messages.success(request, f"{form.cleaned_data['mentor']} is asked.")
            return redirect(row.get_absolute_url())
    return show(request, row, 422, visit_form=form)


@require_POST
@login_required
def withdraw_visit(request: Request, slug: str, pk: int, visit: int) -> HttpResponse:
    row = found_meeting(request, slug, pk)
    if not row.kept_by(request.user):
        raise Http404
    found = get_object_or_404(row.visits.select_related("mentor", "meeting__cohort", "meeting__coordinator"), pk=visit)
    run(request, found, "withdraw")
    return redirect(row.get_absolute_url())


def own_visit(request: Request, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("meeting__cohort__stream", "meeting__coordinator__person", "asked_by", "mentor"), pk=pk
    )


@require_safe
@login_required
def visit(request: Request, pk: int) -> HttpResponse:
    """For the mentor who is asked: when and where, and what it is about."""
    row = own_visit(request, pk)
    return render(
        request, "cohorts/visit.html",
        {
            "visit": row, "meeting": row.meeting, "cohort": row.meeting.cohort, "local": exact(row.meeting.starts_at),
            "there": exact(row.meeting.starts_at, row.meeting.cohort.zone),
            "answers": not row.meeting.cancelled_at and not row.meeting.has_begun(),
        },
    )  # fmt: skip


@require_POST
@login_required
def answer_visit(request: Request, pk: int, verb: str) -> HttpResponse:
    row = own_visit(request, pk)
    run(request, row, verb)
    return redirect(row.get_absolute_url())


@require_POST
@login_required
def bring_up(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_meeting(request, slug, pk)
    form = PointForm(request.POST)
    if form.is_valid():
        try:
            Point.bring_up(row, by=request.user, text=form.cleaned_data["text"], key=form.cleaned_data["key"])
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            messages.success(request, "It is on the agenda, and stays there until it is settled.")
            return redirect(f"{row.get_absolute_url()}#agenda")
    return show(request, row, 422, point_form=form)


@require_POST
@login_required
def settle(request: Request, slug: str, pk: int, point: int) -> HttpResponse:
    """It was talked about: by who raised it, or who leads this meeting."""
    row = found_meeting(request, slug, pk)
    found = get_object_or_404(Point.objects.filter(cohort=row.cohort).select_related("meeting__coordinator"), pk=point)
    if found.raised_by_id != request.user.pk and not row.kept_by(request.user):
        raise Http404
    found.settle(by=request.user)
    messages.success(request, "Settled.")
    return redirect(f"{row.get_absolute_url()}#agenda")
