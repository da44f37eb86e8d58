"""When members are away; and what mentors say of themselves: what they offer, within how many days they review."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms_availability import AwayForm, PromiseForm
from mentorship.cohorts.forms_wishes import OfferForm
from mentorship.cohorts.models import Availability, Away, Booking, Membership
from mentorship.cohorts.models.away import today_of
from mentorship.cohorts.roles import mentor_memberships, roles_of
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


def seats_of(request: Request) -> list[Membership]:
    """Where the reader mentors; who mentors nowhere finds no such page."""
    seats = list(mentor_memberships(request.user))
    if not seats:
        raise Http404
    return seats


def mentored_by(request: Request) -> list[Membership]:
    """Where the reader, a member of some cohort, mentors; who is in none finds no such page."""
    roles = roles_of(request.user)
    if not roles.mentor and not roles.mentee:
        raise Http404
    return roles.mentor


@require_safe
@login_required
def availability(request: Request) -> HttpResponse:
    return show(request, mentored_by(request))


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
            "form": form or AwayForm(today=today, mentor=bool(seats)),
            "offer_form": (offered or OfferForm(row=Availability.of(request.user))) if seats else None,
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
    seats = mentored_by(request)
    form = AwayForm(request.POST, today=today_of(request.user), mentor=bool(seats))
    if not form.is_valid():
        return show(request, seats, form, status=422)
    try:
        row = Away.take(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        return show(request, seats, form, status=409)
    said = "Your promise stands still on these days, and your mentees see it." if seats else "What is due stays due."
    messages.success(request, f"Kept. {said}{booked_on(row)}")
    return redirect("cohorts:availability")


def booked_on(row: Away) -> str:
    """What stands on these days all the same, in a sentence; '' if nothing does."""
    first, after = (
        datetime.combine(day, time(), tzinfo=row.person.zone) for day in (row.first_day, row.last_day + timedelta(1))
    )
    rows = Booking.objects.visible_to(row.person).standing()
    count = rows.filter(slot__starts_at__gte=first, slot__starts_at__lt=after).count()
    if not count:
        return ""
    what = "an hour that is booked" if count == 1 else f"{count} hours that are booked"
    return f" On them you have {what}: call off what you will not keep."


@require_POST
@login_required
def back(request: Request, pk: int) -> HttpResponse:
    """One is there again, earlier than planned or after all."""
    get_object_or_404(Away.objects.of(request.user), pk=pk).end(by=request.user)
    messages.success(request, "You are there from today on.")
    return redirect("cohorts:availability")
