"""Leaving with thanks, and the door that stays open."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mentorship.cohorts.forms_together import LeavingForm
from mentorship.cohorts.models import Application, Cohort, Departure, Membership
from mentorship.cohorts.returning import departed, returned
from mentorship.cohorts.views.frame import administered, page
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.people.requests import Request


@require_http_methods(["GET", "POST"])
@login_required
def leaving(request: Request, slug: str, pk: int) -> HttpResponse:
    """Before one leaves: why, a word of thanks, and what stays one's own."""
    rows = Membership.objects.leavable_by(request.user)
    seat = get_object_or_404(rows.select_related("cohort__stream", "person"), cohort__slug=slug, pk=pk)
    form, status = LeavingForm(request.POST or None), 422
    if request.method == "POST" and form.is_valid():
        try:
            row = Departure.take(seat, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = 409
        else:
            return redirect(row)
    status = status if form.is_bound else 200
    return page(request, "leaving.html", seat.cohort, "cohort", status, seat=seat, form=form)


@require_safe
@login_required
def left(request: Request, slug: str, pk: int) -> HttpResponse:
    """After one has left: thanks, what stays, and the next cohort of the stream, if there is one."""
    rows = Departure.objects.filter(membership__person=request.user).select_related("membership__cohort__stream")
    row = get_object_or_404(rows, membership=pk, membership__cohort__slug=slug)
    cohort = row.membership.cohort
    again = Cohort.objects.taking_applications().filter(stream=cohort.stream_id).exclude(pk=cohort.pk)
    context = {"departure": row, "cohort": cohort, "again": again.order_by("starts_on").first()}
    return render(request, "cohorts/left.html", context)


@require_safe
@login_required
def returning(request: Request, slug: str) -> HttpResponse:
    """For admins: who has been in an earlier cohort of the stream, why they left, and whether they apply here."""
    cohort = administered(request, slug)
    found = paginate(request, departed(cohort))
    kinds, states = dict(Departure.Kind.choices), dict(Application.State.choices)
    found.rows = [
        row._asdict() | {"kind": str(kinds[row.kind]), "asked": str(states.get(row.asked, ""))}
        for row in returned(cohort, found)
    ]
    return page(request, "returning.html", cohort, "cohort", page=found)
