"""Handing in, and what was handed in."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.models import Membership
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.people.requests import Request
from projects import pages
from projects.belongings import before_extending
from projects.forms import HandInForm
from projects.forms_paper import PaperForm
from projects.models import Criterion, Project, Round, Score, Submission
from projects.models.entering import group_of
from projects.models.shared import DraftChanged
from projects.reading import entrance
from projects.sharing import Shared
from projects.work import WRITE_UP_LEVEL


@require_http_methods(["GET", "POST"])
@login_required
def hand_in(request: Request, key: str) -> HttpResponse:
    """The first round. A person with work on it already is led there; who has no seat finds no such page."""
    entered = entrance(key, request.user)
    if entered is None:
        raise Http404
    found, seat, criteria = entered
    if request.method == "GET" and (mine := _live(request, found, seat)):
        return redirect(mine)
    shared = Shared.of(request, found, group_of(seat), seat.cohort_id) if found.team_max > 1 else None
    form = _form(request, found, criteria=criteria, shared=shared)
    context = {"form": form, "project": found, "number": 1, "back": found.get_absolute_url()}

    if found.builds_on_id:
        context |= before_extending(found, request.user)

    def verb(**said: Any) -> Submission:
        return found.hand_in(by=request.user, membership=seat, **said)

    return _taken(request, context, shared, verb)


def _live(request: Request, project: Project, seat: Membership) -> Submission | None:
    """What was handed in from this seat and goes on, by this person or their team."""
    rows = Submission.objects.by(request.user).filter(project=project, cohort=seat.cohort_id)
    return rows.exclude(state="withdrawn").first()


@require_http_methods(["GET", "POST"])
@login_required
def hand_in_again(request: Request, pk: int) -> HttpResponse:
    """The next round, for the author."""
    mine = Submission.objects.by(request.user).select_related("project__item__stream", "group__cohort")
    found = get_object_or_404(mine, pk=pk)
    # A form sent twice finds the round it made: the verb knows its key, whatever the state is by now.
    if request.method == "GET" and found.state != Submission.State.AWAITING_MENTEE:
        messages.info(request, "A new round can be handed in once changes were requested.")
        return redirect(found)
    shared = Shared.of(request, found.project, found.group, found.cohort_id) if found.group else None
    form = _form(request, found.project, found, shared=shared)
    context = {
        "form": form,
        "project": found.project,
        "submission": found,
        "number": found.rounds_count + 1,
        "back": found.get_absolute_url(),
    }

    def verb(**said: Any) -> Submission:
        return found.hand_in(by=request.user, **said).submission

    return _taken(request, context, shared, verb)


def _taken(
    request: Request, context: dict[str, Any], shared: Shared | None, verb: Callable[..., Submission]
) -> HttpResponse:
    """What a hand-in comes to: the form, a draft saved for the team, a refusal with all that was typed, or done."""
    form: HandInForm = context["form"]
    context |= shared.context() if shared else {}
    if request.method == "POST" and shared and ("save" in request.POST or "overwrite" in request.POST):
        return shared.save(form, context)
    if request.method != "POST" or _asks_for_preview(request) or not form.is_valid():
        return _answer(request, context)
    try:
        version = {"version": shared.version(form)} if shared else {}
        made = verb(work=form.work(), key=form.cleaned_data["key"], **version)
    except DraftChanged as conflict:
        context |= {"draft_problem": conflict.message} | (shared.compare(form, conflict.saved) if shared else {})
        return _answer(request, context, conflict)
    except Refused as refusal:
        return _answer(request, context, refusal)
    messages.success(request, "Handed in. Your mentor is told, and you will be told when the review is there.")
    return redirect(made)


def _form(
    request: Request,
    project: Project,
    submission: Submission | None = None,
    criteria: list[Criterion] | None = None,
    shared: Shared | None = None,
) -> HandInForm:
    form = _filled_form(request, project, submission, criteria, shared)
    if submission:
        form.scores = Score.last_of(submission)
    return form


def _filled_form(
    request: Request,
    project: Project,
    submission: Submission | None,
    criteria: list[Criterion] | None,
    shared: Shared | None,
) -> HandInForm:
    """With what was sent, or with the team's draft, or with what stood in the last round."""
    requests = submission.requests_for_form() if submission else []
    if request.method == "POST":
        paper = PaperForm(request.POST) if project.replicates else None
        asked: dict[str, Any] = {"project": project, "criteria": criteria, "requests": requests, "paper": paper}
        return HandInForm(request.POST, request.FILES, **asked)
    initial: dict[str, Any] = {"key": secrets.token_urlsafe(16)}
    if shared and (draft := shared.initial()):
        return HandInForm(initial=initial | draft, project=project, criteria=criteria, requests=requests)
    last = submission.rounds.order_by("-number").first() if submission else None
    paper = PaperForm.of(getattr(last, "replication", None), _begun(request)) if project.replicates else None
    if submission and last:
        initial |= {"title": submission.title, "repository_url": last.repository_url, "write_up": last.write_up}
        for answer in last.answers.all():
            initial |= {
                f"answer_{answer.criterion_id}": answer.text,
                f"confidence_{answer.criterion_id}": answer.confidence,
            }
    requests = list(requests)
    initial |= {f"addressed_{request.pk}": request.prepared for request in requests}
    return HandInForm(initial=initial, project=project, criteria=criteria, requests=requests, paper=paper)


def _begun(request: Request) -> dict[str, str]:
    """Title and link of the paper that somebody comes from: their reading list leads here."""
    return {name: request.GET.get(f"paper-{name}", "")[:300] for name in ("title", "url")}


def _asks_for_preview(request: Request) -> bool:
    """Whether the form is only to be shown again: with the write-up rendered, or with more rows for figures."""
    return "preview" in request.POST or "more" in request.POST


def _answer(request: Request, context: dict[str, Any], refusal: Refused | None = None) -> HttpResponse:
    """The form: empty, as a preview, or with what was wrong and everything that was typed."""
    if _asks_for_preview(request):
        context |= _previewed(request.POST.get("write_up", "")) if "preview" in request.POST else {}
        if request.htmx and "preview" in request.POST:
            return render(request, "projects/_preview.html", context)
        # Only the text is looked at: what is missing elsewhere is not an error yet.
        form = context["form"]
        form.is_bound, form.initial = False, request.POST.dict()
        form.paper = PaperForm.again(request.POST) if form.paper else None
        return render(request, "projects/hand_in.html", context)
    context["files_again"] = bool(request.FILES)
    if refusal:
        context["refusal"] = refusal.message
        return render(request, "projects/hand_in.html", context, status=409)
    return render(request, "projects/hand_in.html", context, status=422 if context["form"].errors else 200)


def _previewed(text: str) -> dict[str, Any]:
    try:
        return {"previewed": True, "preview": render_markdown(text, heading_level=WRITE_UP_LEVEL)}
    except RenderError as error:
        return {"previewed": True, "preview_error": error.message}


@require_safe
@login_required
def submission(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Submission.objects.visible_to(request.user).with_people(), pk=pk)
    found.read_by(request.user)
    return render(request, "projects/submission.html", pages.submission_context(found, request.user))


@require_safe
@login_required
def round(request: Request, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).with_submission()
    found = get_object_or_404(pages.in_full(rounds, rendered=True), pk=pk)
    found.submission.read_by(request.user)
    return render(request, "projects/round.html", pages.round_context(found, request.user))


@require_POST
@login_required
def withdraw(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Submission.objects.by(request.user), pk=pk)
    found.withdraw(by=request.user)
    messages.success(request, "Withdrawn. You can hand in this project again whenever you like.")
    return redirect(found)
