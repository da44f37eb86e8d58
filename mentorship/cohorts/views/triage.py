"""Deciding applications."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms import DecisionForm
from mentorship.cohorts.models import Application, Cohort
from mentorship.cohorts.views.frame import Roster, administered, answers_of, page
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import time_html
from mentorship.people.models import Event
from mentorship.people.requests import Request

State = Application.State
SHOWN = {
    State.SUBMITTED: "Waiting", State.WAITLISTED: "Waiting list", State.ACCEPTED: "Accepted",
    State.DECLINED: "Declined", State.WITHDRAWN: "Withdrawn",
}  # fmt: skip
EMPTY = {
    State.SUBMITTED: "Everyone who applied has an answer.",
    State.WAITLISTED: "Nobody waits for a seat. When every seat is taken, put people here in the order they asked.",
    State.ACCEPTED: "Nobody has been accepted yet.",
    State.DECLINED: "Nobody has been declined.",
    State.WITHDRAWN: "Nobody has withdrawn.",
}
BUTTONS = {"accept": "Accept", "waitlist": "Waiting list", "decline": "Decline"}
DONE = {"accept": "accepted", "waitlist": "on the waiting list", "decline": "declined"}
RESULT = {"accept": State.ACCEPTED, "waitlist": State.WAITLISTED, "decline": State.DECLINED}


@require_safe
@login_required
def applications(request: Request, slug: str) -> HttpResponse:
    """A page of applications in one state, which the address names."""
    cohort = administered(request, slug)
    state = request.GET.get("state", "")
    state = State(state) if state in State.values else State.SUBMITTED
    order = ("submitted_at", "pk") if state in Application.UNDECIDED else ("-decided_at", "-pk")
    rows = cohort.applications.filter(state=state).select_related("person").defer("background", "goal")
    found = paginate(request, rows.order_by(*order))
    counts = dict(cohort.applications.values_list("state").annotate(Count("pk")))
    address = reverse("cohorts:applications", args=[slug])
    first = (found.number - 1) * 50 + 1 if state == State.WAITLISTED else 0
    return page(
        request, "applications.html", cohort, "applications",
        rows=[line(row, address, place) for place, row in enumerate(found, first)], found=found, state=state,
        waitlist=state == State.WAITLISTED, empty=EMPTY[state],
        states=[(f"?state={s}", label, counts.get(s, 0), s == state) for s, label in SHOWN.items()],
    )  # fmt: skip


def line(row: Application, address: str, place: int) -> dict[str, Any]:
    words = row.motivation.split()
    return {
        "name": str(row.person), "url": f"{address}{row.pk}/", "hours": row.hours_a_week, "place": place,
        "since": time_html(row.submitted_at), "excerpt": " ".join(words[:24]) + ("…" if len(words) > 24 else ""),
    }  # fmt: skip


def found_application(request: Request, slug: str, pk: int) -> Application:
    rows = Application.objects.decidable_by(request.user).select_related("cohort__stream", "person", "decided_by")
    return get_object_or_404(rows, cohort__slug=slug, pk=pk)


@require_safe
@login_required
def decide(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_application(request, slug, pk)
    return show(request, row, DecisionForm(initial={"note": row.decision_note}))


def show(request: Request, row: Application, form: DecisionForm, status: int = 200) -> HttpResponse:
    over = row.cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED)
    verbs = [
        {"label": label, "url": reverse(f"cohorts:{verb}", args=[row.cohort.slug, row.pk]), "verb": verb}
        for verb, label in BUTTONS.items()
        if not over and row.state in Application.FROM[RESULT[verb]]
    ]
    history = Event.objects.filter(subject_type="cohorts.application", subject_id=row.pk).select_related("actor")
    return page(
        request, "decide.html", row.cohort, "applications", status, application=row, form=form, verbs=verbs,
        answers=answers_of(row),
        person=Roster(request.user).person(row.person), place=row.place(), history=history.order_by("at", "pk")[:50],
    )  # fmt: skip


@require_POST
@login_required
def answer(request: Request, slug: str, pk: int, verb: str) -> HttpResponse:
    """Accept, waitlist or decline, then on to the next one that waits."""
    row = found_application(request, slug, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return show(request, row, form, 422)
    try:
        getattr(row, verb)(by=request.user, note=form.cleaned_data["note"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, found_application(request, slug, pk), form, 409)
    messages.success(request, f"{row.person} is {DONE[verb]} and told so.")
    waiting = row.cohort.applications.waiting().first()
    return redirect("cohorts:decide", slug, waiting.pk) if waiting else redirect("cohorts:applications", slug)
