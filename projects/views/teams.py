"""Who contributed what to a team's work: stated, confirmed by the others, approved by the mentor."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from projects import team_page
from projects.commits import LARGEST_BUNDLE, of_bundle, of_shortlog
from projects.models import CommitLog, Submission, TeamMember


def _of_team(request: Request, pk: int, *, acting: bool = False) -> Submission:
    """A team's submission that the reader may open; `acting`: as one of the team."""
    rows = Submission.objects.by(request.user) if acting else Submission.objects.visible_to(request.user)
    return get_object_or_404(rows.with_people(), pk=pk, group__isnull=False)


@require_safe
@login_required
def team(request: Request, pk: int) -> HttpResponse:
    found = _of_team(request, pk)
    found.read_by(request.user)
    return render(request, "projects/team.html", team_page.context(found, request.user))


def _after(
    request: Request, found: Submission, verb: Callable[[], Any], done: str, at_part: int, typed: dict[str, str]
) -> HttpResponse:
    """Call the verb; a refusal stands where it belongs, with what was typed."""
    try:
        verb()
    except Refused as refusal:
        context = team_page.context(found, request.user, refusal.message, at_part, typed)
        return render(request, "projects/team.html", context, status=409)
    messages.success(request, done)
    return redirect("projects:team", found.pk)


@require_POST
@login_required
def state(request: Request, pk: int) -> HttpResponse:
    """One's own part, in one's own words."""
    found = _of_team(request, pk, acting=True)
    own = get_object_or_404(found.team.present(), person=request.user)
    text = request.POST.get("contribution", "")[:20_000]
    if len(text) > 4000:
        problem = "4,000 characters at most; the rest belongs into the write-up."
        context = team_page.context(found, request.user, problem, own.pk, {"contribution": text})
        return render(request, "projects/team.html", context, status=422)

    def verb() -> None:
        own.state_contribution(text, by=request.user)

    return _after(request, found, verb, "Saved. The others are asked to confirm it.", own.pk, {"contribution": text})


@require_POST
@login_required
def confirm(request: Request, pk: int, member: int) -> HttpResponse:
    """What one says of another's part."""
    found = _of_team(request, pk, acting=True)
    part = get_object_or_404(found.team.all(), pk=member)
    agrees, note = request.POST.get("agrees") != "0", request.POST.get("note", "")[:1000]
    seen = request.POST.get("seen", "").replace("\r\n", "\n")

    def verb() -> None:
        part.confirm(by=request.user, agrees=agrees, note=note, seen=seen)

    done = f"You confirm {part.person}'s part." if agrees else f"{part.person} is told what you see differently."
    return _after(request, found, verb, done, part.pk, {"note": note})


@require_POST
@login_required
def approve(request: Request, pk: int, member: int) -> HttpResponse:
    """The mentor's word on one part."""
    found = _approvable(request, pk)
    part = get_object_or_404(found.team.all(), pk=member)
    why = request.POST.get("why", "")[:300]

    def verb() -> None:
        part.approve(by=request.user, why=why)

    return _after(request, found, verb, f"{part.person}'s part is approved.", part.pk, {"why": why})


@require_POST
@login_required
def approve_all(request: Request, pk: int) -> HttpResponse:
    """The mentor's word on every part that all the others confirm."""
    found = _approvable(request, pk)
    count = TeamMember.approve_confirmed(found, by=request.user)
    messages.success(request, f"{count} part{'' if count == 1 else 's'} approved.")
    return redirect("projects:team", pk)


def _approvable(request: Request, pk: int) -> Submission:
    found = _of_team(request, pk)
    if not found.approvable_by(request.user):
        raise Http404
    return found


@require_POST
@login_required
def log(request: Request, pk: int) -> HttpResponse:
    """Commits by author: a bundle, or the text of a shortlog."""
    found = _of_team(request, pk, acting=True)
    text, bundle = request.POST.get("log", ""), request.FILES.get("bundle")

    def verb() -> None:
        if bundle:
            authors = of_bundle(bundle.read(LARGEST_BUNDLE + 1))
            CommitLog.keep(found, authors, by=request.user, source=CommitLog.Source.BUNDLE)
        else:
            CommitLog.keep(found, of_shortlog(text), by=request.user, source=CommitLog.Source.SHORTLOG)

    return _after(request, found, verb, "The commits are counted.", 0, {"log": text[:50_000]})


@require_POST
@login_required
def match(request: Request, pk: int) -> HttpResponse:
    """Who of the team the authors of the log are."""
    found = _of_team(request, pk, acting=True)
    stored = get_object_or_404(CommitLog, submission=found)
    said = {place: request.POST.get(f"author-{place}", "") for place in range(len(stored.authors))}
    members = {
        place: int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
        for place, text in said.items()
    }

    def verb() -> None:
        stored.match(members, by=request.user)

    return _after(request, found, verb, "Saved.", 0, {})
