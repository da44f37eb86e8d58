"""A mentee's pause: taken and ended by themselves or by an admin."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.cohorts.forms_together import PauseForm
from mentorship.cohorts.models import Membership, Pause
from mentorship.cohorts.models.away import today_of
from mentorship.cohorts.views.frame import page
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


def seat_of(request: Request, slug: str, pk: int) -> Membership:
    """One's own place as a mentee; any mentee's for admins."""
    rows = Membership.objects.pausable_by(request.user)
    return get_object_or_404(rows.select_related("cohort__stream", "person"), cohort__slug=slug, pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def pause(request: Request, slug: str, pk: int) -> HttpResponse:
    seat = seat_of(request, slug, pk)
    today = today_of(seat.person)
    form, status = PauseForm(request.POST or None, today=today), 422
    if request.method == "POST" and form.is_valid():
        try:
            Pause.take(seat, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
            status = 409 if refusal.code == "overlaps" else 422
        else:
            messages.success(request, "The pause is kept. Mentor and admins are told.")
            return redirect("cohorts:pause", slug, pk)
    return show(request, seat, form, status if form.is_bound else 200)


def show(request: Request, seat: Membership, form: PauseForm, status: int) -> HttpResponse:
    today, rows = today_of(seat.person), list(seat.pauses.all()[:50])
    current = next((row for row in rows if row.ended_at is None and row.returns_on > today), None)
    earlier = [row for row in rows if row is not current]
    return page(
        request, "pause.html", seat.cohort, "cohort", status, seat=seat, own=seat.person_id == request.user.pk,
        form=form, pause=current, running=current is not None and current.is_on(today), earlier=earlier,
    )  # fmt: skip


@require_POST
@login_required
def end(request: Request, slug: str, pk: int) -> HttpResponse:
    """Back early; a pause that has not begun is called off."""
    seat = seat_of(request, slug, pk)
    row = seat.pauses.select_related("membership__person", "membership__cohort__stream").open().first()
    if row is None:
        messages.error(request, "There is no pause to end.")
        return redirect("cohorts:pause", slug, pk)
    try:
        row.end(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        own = seat.person_id == request.user.pk
        messages.success(request, "Welcome back." if own else "The pause is over; they are told.")
    return (
        redirect("cohorts:cohort", slug) if seat.person_id == request.user.pk else redirect("cohorts:pause", slug, pk)
    )
