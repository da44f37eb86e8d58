"""Reading applications one by one, and deciding each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts import deciding, waitlist
from mentorship.cohorts.been_here import BeenHere, been_here, in_short
from mentorship.cohorts.counting import applications_by_state
from mentorship.cohorts.forms_triage import DecisionForm, PlaceForm, ScoreForm
from mentorship.cohorts.models import Application, Cohort
from mentorship.cohorts.reviewing import Scores, scores_of
from mentorship.cohorts.views.frame import Roster, answers_of, page, triaged
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
RESULT = deciding.RESULT
COLUMN = 20  # cards of a column of the board


def ordered(cohort: Cohort, state: str) -> Any:
    """The applications in one state, as a list shows them: the line in its order, what waits the oldest first."""
    rows = cohort.applications.filter(state=state).select_related("person").defer("background", "goal")
    if state == State.WAITLISTED:
        return rows.waitlist()
    return rows.order_by("submitted_at", "pk") if state == State.SUBMITTED else rows.order_by("-decided_at", "-pk")


@require_safe
@login_required
def applications(request: Request, slug: str) -> HttpResponse:
    """A page of applications in one state, which the address names."""
    cohort = triaged(request, slug)
    asked = request.GET.get("state", "")
    state = State(asked) if asked in State.values else State.SUBMITTED
    found = paginate(request, ordered(cohort, state))
    counts, scores = applications_by_state(cohort), scores_of(found, request.user)
    before = been_here(found)
    address = reverse("cohorts:applications", args=[slug])
    first = (found.number - 1) * 50 + 1 if state == State.WAITLISTED else 0
    rows = [line(row, scores[row.pk], before[row.pk], address, place) for place, row in enumerate(found, first)]
    return page(
        request, "applications.html", cohort, "applications", rows=rows, found=found, state=state, view="list",
        waitlist=state == State.WAITLISTED, empty=EMPTY[state], last=counts[state], **tools(request, cohort),
        states=[(f"?state={s}", label, counts[s], s == state) for s, label in SHOWN.items()],
    )  # fmt: skip


def tools(request: Request, cohort: Cohort) -> dict[str, Any]:
    """What the list and the board offer for those who are chosen."""
    base = reverse("cohorts:applications", args=[cohort.slug])
    over = cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED)
    verbs = list(BUTTONS.items()) if request.user.is_admin and not over else []
    return {"base": base, "bulk_verbs": verbs, "may_decide": request.user.is_admin}


def line(
    row: Application, scores: Scores, before: list[BeenHere], address: str, place: int = 0, words: int = 24
) -> dict[str, Any]:
    said = row.motivation.split()
    return {
        "pk": row.pk, "name": str(row.person), "url": f"{address}{row.pk}/", "hours": row.hours_a_week, "place": place,
        "since": time_html(row.submitted_at), "excerpt": " ".join(said[:words]) + ("…" if len(said) > words else ""),
        "scores": scores.badge, "mine": scores.mine is not None, "before": in_short(before),
        "up": place - 1, "down": place + 1,
    }  # fmt: skip


@require_safe
@login_required
def board(request: Request, slug: str) -> HttpResponse:
    """Every state in a column of its own, each with pages of its own."""
    cohort = triaged(request, slug)
    address, counts = reverse("cohorts:applications", args=[slug]), applications_by_state(cohort)
    columns = [column(request, cohort, state, label, counts[state]) for state, label in SHOWN.items()]
    shown = [row for one in columns for row in one["found"]]
    scores, before = scores_of(shown, request.user), been_here(shown)
    for one in columns:
        first = one["first"] if one["state"] == State.WAITLISTED else 0
        one["rows"] = [
            line(row, scores[row.pk], before[row.pk], address, n, 14) for n, row in enumerate(one["found"], first)
        ]
    return page(request, "triage.html", cohort, "applications", columns=columns, view="board", **tools(request, cohort))


def column(request: Request, cohort: Cohort, state: str, label: str, count: int) -> dict[str, Any]:
    """One state's cards; `?declined=2` is the second page of that column alone."""
    text = request.GET.get(state, "1")
    number = min(max(int(text), 1), 10_000) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    start = (number - 1) * COLUMN

    def address(there: int) -> str:
        query = request.GET.copy()
        query[state] = str(there)
        return f"?{query.urlencode()}#column-{state}"

    return {
        "state": state, "label": label, "count": count, "empty": EMPTY[State(state)], "first": start + 1,
        "found": list(ordered(cohort, state)[start : start + COLUMN]),
        "previous": address(number - 1) if number > 1 else "",
        "next": address(number + 1) if count > start + COLUMN else "",
    }  # fmt: skip


def found_application(request: Request, slug: str, pk: int) -> Application:
    """One that the reader may decide."""
    return _found(Application.objects.decidable_by(request.user), slug, pk)


def read_application(request: Request, slug: str, pk: int) -> Application:
    """One that the reader may read and score."""
    return _found(Application.objects.reviewed_by(request.user), slug, pk)


def _found(rows: Any, slug: str, pk: int) -> Application:
    rows = rows.exclude(cohort__state=Cohort.State.DRAFT)
    return get_object_or_404(rows.select_related("cohort__stream", "person", "decided_by"), cohort__slug=slug, pk=pk)


@require_safe
@login_required
def decide(request: Request, slug: str, pk: int) -> HttpResponse:
    """An application as reviewers read it; admins decide it here."""
    row = read_application(request, slug, pk)
    return show(request, row, DecisionForm(initial={"note": row.decision_note}))


def show(
    request: Request, row: Application, form: DecisionForm, status: int = 200, score_form: ScoreForm | None = None
) -> HttpResponse:
    admin = request.user.is_admin
    verbs = open_verbs(row) if admin else []
    history = Event.objects.filter(subject_type="cohorts.application", subject_id=row.pk).select_related("actor")
    scores = scores_of([row], request.user)[row.pk]
    mine = scores.mine
    given = {"score": mine.score, "comment": mine.comment} if mine else None
    return page(
        request, "decide.html", row.cohort, "applications", status, application=row, form=form, verbs=verbs,
        answers=answers_of(row), before=been_here([row])[row.pk], scores=scores,
        score_form=score_form or ScoreForm(initial=given),
        may_score=row.is_undecided and row.person_id != request.user.pk, may_decide=admin,
        person=Roster(request.user).person(row.person), place=row.place(),
        history=history.order_by("at", "pk")[:50] if admin else [], **mails(row, verbs, form),
        base=reverse("cohorts:applications", args=[row.cohort.slug]),
        score_url=reverse("cohorts:score", args=[row.cohort.slug, row.pk]),
    )  # fmt: skip


def open_verbs(row: Application) -> list[dict[str, str]]:
    over = row.cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED)
    return [
        {"label": label, "url": reverse(f"cohorts:{verb}", args=[row.cohort.slug, row.pk]), "verb": verb}
        for verb, label in BUTTONS.items()
        if not over and row.state in Application.FROM[RESULT[verb]]
    ]


def mails(row: Application, verbs: list[dict[str, str]], form: DecisionForm) -> dict[str, Any]:
    """What each answer would send, with the note as it is typed."""
    note = form.data.get("note", "") if form.is_bound else form.initial.get("note", "")
    note = note[:2000].replace("\0", "")
    return {
        "mails": [(verb["label"], verb["verb"], deciding.mail_of(row, verb["verb"], note)) for verb in verbs],
        "preview_url": reverse("cohorts:preview_decision", args=[row.cohort.slug, row.pk]),
    }


@require_POST
@login_required
def preview(request: Request, slug: str, pk: int) -> HttpResponse:
    """The mails again, with what is typed now; nothing is decided."""
    row = found_application(request, slug, pk)
    form = DecisionForm(request.POST)
    valid = form.is_valid()
    if request.htmx:
        return render(request, "cohorts/_mails.html", mails(row, open_verbs(row), form))
    return show(request, row, form, 200 if valid else 422)


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


@require_POST
@login_required
def move(request: Request, slug: str, pk: int) -> HttpResponse:
    """To another place of the waiting list."""
    row, form = found_application(request, slug, pk), PlaceForm(request.POST)
    back = reverse("cohorts:applications", args=[slug]) + "?state=waitlisted"
    if not form.is_valid():
        messages.error(request, "Say to which place of the line.")
        return redirect(back)
    try:
        place = waitlist.move(row, to=form.cleaned_data["to"], by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(back)
    number = (place - 1) // 50 + 1
    return redirect(f"{back}&page={number}#application-{pk}")
