"""Who has stalled and why, what to do about it, and from when on somebody counts as stalled."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms_stalled import MessageForm, ThresholdsForm
from mentorship.cohorts.graduating import ways_of
from mentorship.cohorts.messaging import message as send
from mentorship.cohorts.models import Assignment, Cohort, Membership, Outcome, Thresholds
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.cohorts.stalled import Effect, Standing, effect, gathered, stalled, standings_of
from mentorship.cohorts.views.frame import Roster, administered, page
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import day_html
from mentorship.people.requests import Request


def followed(request: Request, slug: str) -> Cohort:
    """The cohort, for admins and for who mentors in it."""
    return get_object_or_404(Cohort.objects.followed_by(request.user).select_related("stream"), slug=slug)


@require_safe
@login_required
def list_stalled(request: Request, slug: str) -> HttpResponse:
    """Admins see everyone, a mentor their own mentees."""
    return show(request, followed(request, slug))


def show(
    request: Request, cohort: Cohort, wrong: tuple[int, MessageForm] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what was typed to one of them and what is wrong with it."""
    now = clock.now()
    everyone = standings_of(cohort.memberships.followed_by(request.user).order_by("person__name", "pk"), now)
    found = paginate(request, stalled(everyone), 30)
    wanted = [row.facts.pk for row in found]
    pairs = Assignment.objects.active().filter(mentee__in=wanted).select_related("mentor__person")
    mentor_of = {pair.mentee_id: pair for pair in pairs}
    form = MessageForm()
    return page(
        request, "stalled.html", cohort, "stalled", status, found=found, count=len(everyone),
        rows=[
            stalled_row(request, cohort, row, mentor_of.get(row.facts.pk), form, wrong) for row in found
        ],
        watched=[row_of(request, row) for row in everyone if row.signals and not row.listed][:100],
        paused=[row_of(request, row) for row in everyone if row.facts.paused_until][:100],
        thresholds=Thresholds.of(cohort),
    )  # fmt: skip


def row_of(request: Request, row: Standing) -> dict[str, Any]:
    facts = row.facts
    return Roster(request.user).row(facts.person, facts.name, facts.handle, facts.visibility) | {
        "pk": facts.pk, "weight": row.weight, "silent": row.silent, "paused_until": facts.paused_until,
        "signals": [
            {"text": signal.text, "since": day_html(signal.since), "weight": signal.weight} for signal in row.signals
        ],
    }  # fmt: skip


def stalled_row(
    request: Request, cohort: Cohort, row: Standing, pair: Assignment | None, form: MessageForm,
    wrong: tuple[int, MessageForm] | None,
) -> dict[str, Any]:  # fmt: skip
    """A mentee of the list with what may be done next; each form has a key of its own."""
    base, typed = cohort.get_absolute_url(), wrong is not None and wrong[0] == row.facts.pk
    board = f"{base}assignments/{pair.pk}/" if pair else f"{base}assignments/"
    return row_of(request, row) | {
        "mentor": str(pair.mentor.person) if pair else "",
        "reassign": (board, "Another mentor" if pair else "Give a mentor") if request.user.is_admin else None,
        "pause": f"{base}members/{row.facts.pk}/pause/",
        "message_url": f"{base}members/{row.facts.pk}/message/", "open": typed,
        "form": wrong[1] if wrong and typed else form, "key": uuid.uuid4(),
    }  # fmt: skip


@require_POST
@login_required
def message(request: Request, slug: str, pk: int) -> HttpResponse:
    """A word to one mentee, from their mentor or an admin."""
    cohort = followed(request, slug)
    mentee = get_object_or_404(cohort.memberships.followed_by(request.user).select_related("person"), pk=pk)
    form = MessageForm(request.POST, auto_id="id_%s")
    if not form.is_valid():
        return show(request, cohort, (pk, form), 422)
    try:
        send(mentee, by=request.user, text=form.cleaned_data["text"], key=form.cleaned_data["key"] or uuid.uuid4())
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{mentee.person} is told.")
    return redirect("cohorts:stalled", slug)


@require_http_methods(["GET", "POST"])
@login_required
def thresholds(request: Request, slug: str) -> HttpResponse:
    """The cohort's thresholds; what a change would do is shown before it is saved."""
    cohort = administered(request, slug)
    standing = Thresholds.of(cohort)
    form = ThresholdsForm(request.POST or None, instance=Thresholds.of(cohort))
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if request.htmx or "preview" in request.POST:
            return show_thresholds(request, cohort, form, tried(cohort, standing, form))
        try:
            Thresholds.change(cohort, by=request.user, seen=form.cleaned_data["seen"], **form.values())
        except ChangedMeanwhile as refusal:
            form.compare(Thresholds.of(cohort), refusal.message)
            status = 409
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Saved. The list, the cockpit and the reminders go by it from now on.")
            return redirect("cohorts:stalled", slug)
    return show_thresholds(request, cohort, form, None, status)


def tried(cohort: Cohort, standing: Thresholds, form: ThresholdsForm) -> Effect:
    """What the list would be with what was typed."""
    now = clock.now()
    facts = gathered(cohort.memberships.mentees().order_by("person__name", "pk"), now)
    return effect(facts, standing, Thresholds(**form.values()), now)


def show_thresholds(
    request: Request, cohort: Cohort, form: ThresholdsForm, effect: Effect | None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "effect": effect, "runs": cohort.state == Cohort.State.RUNNING}
    if request.htmx:
        return render(request, "cohorts/_effect.html", context)
    return page(request, "thresholds.html", cohort, "stalled", status, **context)


@require_safe
@login_required
def standing(request: Request, slug: str) -> HttpResponse:
    """What their mentor and the admins see about a mentee, for that mentee; a fragment for home."""
    rows = Membership.objects.mentees().of(request.user).exclude(cohort__state=Cohort.State.DRAFT)
    member = get_object_or_404(rows.select_related("cohort__stream"), cohort__slug=slug)
    own = standings_of(Membership.objects.filter(pk=member.pk), clock.now())[0]
    row, cohort = row_of(request, own), member.cohort
    row["pause"] = f"{cohort.get_absolute_url()}members/{member.pk}/pause/"
    if request.htmx:
        return render(request, "cohorts/_standing_of.html", {"row": row, "cohort": cohort})
    outcome = Outcome.objects.filter(membership=member).first()
    return page(
        request, "standing.html", cohort, "cohort", row=row, thresholds=Thresholds.of(cohort), listed=own.listed,
        outcome=outcome, ways=[] if outcome else ways_of(rows.filter(pk=member.pk)),
    )  # fmt: skip
