"""What a mentor says of themselves: what they offer, within how many days they review, and when they are away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms_availability import AwayForm, PromiseForm
from mentorship.cohorts.forms_wishes import OfferForm
from mentorship.cohorts.models import Availability, Away, Membership
from mentorship.cohorts.models.away import today_of
from mentorship.cohorts.roles import mentor_memberships
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


def seats_of(request: Request) -> list[Membership]:
    """Where the reader mentors; who mentors nowhere finds no such page."""
    seats = list(mentor_memberships(request.user))
    if not seats:
        raise Http404
    return seats


@require_safe
@login_required
def availability(request: Request) -> HttpResponse:
    return show(request, seats_of(request))


def show(
    request: Request, seats: list[Membership], form: AwayForm | None = None, wrong: PromiseForm | None = None,
    offered: OfferForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page, with what was typed and what is wrong with it."""
    today = today_of(request.user)
    rows: list[dict[str, Any]] = []
    for seat in seats:
        asked = wrong if wrong and wrong.seat.pk == seat.pk else PromiseForm(seat=seat)
        rows.append({"seat": seat, "form": asked})
    return render(
        request,
        "cohorts/availability.html",
        {
            "rows": rows,
            "form": form or AwayForm(today=today),
            "offer_form": offered or OfferForm(row=Availability.of(request.user)),
            "away": [
                {"row": row, "now": row.first_day <= today, "days": (row.last_day - row.first_day).days + 1}
                for row in Away.objects.of(request.user).to_come(today)
            ],
            "section": "availability",
        },
        status=status,
    )


@require_POST
@login_required
def promise(request: Request, pk: int) -> HttpResponse:
    """Within how many days one reviews in one cohort."""
    seats = seats_of(request)
    seat = get_object_or_404(mentor_memberships(request.user), pk=pk)
    form = PromiseForm(request.POST, seat=seat)
    if not form.is_valid():
        return show(request, seats, wrong=form, status=422)
    capacity = form.cleaned_data["capacity"]
    try:
        with transaction.atomic():
            seat.promise(form.cleaned_data["days"], by=request.user)
            if capacity is not None and capacity != seat.capacity:
                seat.set_capacity(capacity, by=request.user)
    except Refused as refusal:
        form.add_error("capacity" if refusal.code == "load" else None, refusal.message)
        return show(request, seats, wrong=form, status=409)
    said = f"In {seat.cohort} you review within {seat.promise_days} days"
    messages.success(request, f"{said} and take up to {seat.capacity} mentees.")
    return redirect("cohorts:availability")


@require_POST
@login_required
def offer(request: Request) -> HttpResponse:
    """Hours a week, streams, topics, languages and waking hours, for every cohort alike."""
    seats = seats_of(request)
    form = OfferForm(request.POST, row=Availability.of(request.user))
    if not form.is_valid():
        return show(request, seats, offered=form, status=422)
    Availability.say(by=request.user, **form.cleaned_data)
    messages.success(request, "Kept. The next matching goes by it.")
    return redirect("cohorts:availability")


@require_POST
@login_required
def away(request: Request) -> HttpResponse:
    """One is not there for some days."""
    seats = seats_of(request)
    form = AwayForm(request.POST, today=today_of(request.user))
    if not form.is_valid():
        return show(request, seats, form, status=422)
    try:
        Away.take(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        return show(request, seats, form, status=409)
    messages.success(request, "Kept. Your promise stands still on these days, and your mentees see it.")
    return redirect("cohorts:availability")


@require_POST
@login_required
def back(request: Request, pk: int) -> HttpResponse:
    """One is there again, earlier than planned or after all."""
    get_object_or_404(Away.objects.of(request.user), pk=pk).end(by=request.user)
    messages.success(request, "You are there from today on.")
    return redirect("cohorts:availability")
