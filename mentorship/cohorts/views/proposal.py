"""The proposal of pairs for a whole cohort: solved, changed by hand, applied at once."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts import matching
from mentorship.cohorts.forms_matching import ApplyForm, MenteeForm, PlaceForm, ProposeForm, VersionForm
from mentorship.cohorts.models import Cohort, Membership, Proposal, Wish
from mentorship.cohorts.proposal_page import proposal_context
from mentorship.cohorts.views.frame import administered, page
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


@require_safe
@login_required
def proposal(request: Request, slug: str) -> HttpResponse:
    return show(request, administered(request, slug))


def show(
    request: Request,
    cohort: Cohort,
    status: int = 200,
    problem: str = "",
    changes: list[str] | None = None,
    said: str = "",
) -> HttpResponse:
    """The open proposal with what went wrong, or the way to one; to htmx only the proposal."""
    context: dict[str, Any] = {"problem": problem, "changes": changes or [], "said": said}
    row = cohort.proposals.open().select_related("made_by", "changed_by").first()
    if row:
        context |= proposal_context(request, cohort, row)
        ruled_out = Wish.objects.filter(seat__cohort=cohort, seat__left_at=None, about__left_at=None, veto=True)
        names = ("seat__person__name", "about__person__name")
        context["vetoes"] = ruled_out.order_by(*names).values_list(*names)[:200]
    else:
        context |= {
            "alone": cohort.memberships.without_mentor().count(),
            "mentees": cohort.memberships.mentees().count(),
            "mentors": cohort.memberships.mentors().filter(person__is_active=True).count(),
            "last": cohort.proposals.filter(state=Proposal.State.APPLIED).select_related("changed_by").last(),
        }
    if request.htmx:
        return render(request, "cohorts/_proposal.html", context | {"cohort": cohort}, status=status)
    return page(request, "proposal.html", cohort, "assignments", status, **context)


@require_POST
@login_required
def propose(request: Request, slug: str) -> HttpResponse:
    """Make the first proposal; who comes second sees the first one's."""
    cohort = administered(request, slug)
    try:
        form = ProposeForm(request.POST)
        matching.propose(cohort=cohort, by=request.user, everyone=form.is_valid() and form.cleaned_data["everyone"])
    except Refused as refusal:
        return show(request, cohort, 409, refusal.message)
    return redirect("cohorts:proposal", slug)


def changed(
    request: Request, slug: str, form: forms.Form, verb: Callable[[Proposal, dict[str, Any]], str]
) -> HttpResponse:
    """Do `verb` with what `form` says; its answer is said, and so is why it could not be."""
    cohort = administered(request, slug)
    if not form.is_valid():
        return show(request, cohort, 422, "This was not understood. Choose again.")
    sent = form.cleaned_data
    row = get_object_or_404(cohort.proposals.select_related("cohort"), pk=sent.pop("proposal"))
    try:
        said = verb(row, sent)
    except matching.Meanwhile as refusal:
        return show(request, cohort, 409, refusal.message, refusal.changes)
    except Refused as refusal:
        return show(request, cohort, 409, refusal.message)
    if request.htmx:
        return show(request, cohort, said=said)
    messages.success(request, said)
    answer = redirect("cohorts:proposal", slug)
    if request.GET:
        answer["Location"] += f"?{request.GET.urlencode()}"
    return answer


@require_POST
@login_required
def solve(request: Request, slug: str) -> HttpResponse:
    def verb(row: Proposal, sent: dict[str, Any]) -> str:
        lost = matching.solve_again(proposal=row, by=request.user, **sent)
        kept = "Solved again. What you chose by hand stays."
        return f"Solved again. These could not stay as chosen: {' '.join(lost)}" if lost else kept

    return changed(request, slug, VersionForm(request.POST), verb)


@require_POST
@login_required
def place(request: Request, slug: str) -> HttpResponse:
    def verb(row: Proposal, sent: dict[str, Any]) -> str:
        pair = matching.place(proposal=row, by=request.user, **sent)
        mentee = pair.mentee.person
        if pair.mentor_id is None:
            return f"{mentee} stays {'as they are' if pair.before_id else 'without a mentor'}."
        mentor = Membership.objects.select_related("person").get(pk=pair.mentor_id).person
        return f"{mentee} with {mentor}: {pair.sentence}"

    return changed(request, slug, PlaceForm(request.POST), verb)


@require_POST
@login_required
def release(request: Request, slug: str) -> HttpResponse:
    def verb(row: Proposal, sent: dict[str, Any]) -> str:
        matching.release(proposal=row, by=request.user, **sent)
        return "The next solving decides about this mentee."

    return changed(request, slug, MenteeForm(request.POST), verb)


@require_POST
@login_required
def apply(request: Request, slug: str) -> HttpResponse:
    def verb(row: Proposal, sent: dict[str, Any]) -> str:
        made = matching.apply(proposal=row, by=request.user, **sent)
        return f"{len(made)} mentee{'' if len(made) == 1 else 's'} got a mentor. Everyone concerned is told, once."

    answer = changed(request, slug, ApplyForm(request.POST), verb)
    return redirect("cohorts:assignments", slug) if answer.status_code == 302 else answer


@require_POST
@login_required
def discard(request: Request, slug: str) -> HttpResponse:
    def verb(row: Proposal, sent: dict[str, Any]) -> str:
        matching.discard(proposal=row, by=request.user, **sent)
        return "The proposal is put away. Nobody was told."

    return changed(request, slug, VersionForm(request.POST), verb)
