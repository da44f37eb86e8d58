"""The workspace: reading a round and writing its review."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from projects import kept, saved_replies, workspace
from projects.cell_slots import place_asked
from projects.countersigning import beside_of
from projects.draft import Draft
from projects.models import Review, Round
from projects.models.review import Changed
from projects.preview import preview_context
from projects.reading import Reading, read

SIGNED_OUT = "This came back from before you signed in again, and is not saved yet."


@require_http_methods(["GET", "POST"])
def review(request: Request, pk: int) -> HttpResponse:
    """Read the round and write; POST saves the draft, and what comes from who is signed out waits for them."""
    if not request.user.is_authenticated:
        if request.method == "POST" and not request.htmx:
            kept.keep(request, pk)
        return redirect_to_login(request.path)
    return _save(request, pk) if request.method == "POST" else _show(request, pk)


def _show(request: Request, pk: int) -> HttpResponse:
    reading = _read(request, pk)
    if reading.review.state == Review.State.PUBLISHED:
        return redirect(reading.submission)
    if reading.review.state == Review.State.SIGNED and reading.round.state == Round.State.WAITING:
        return redirect("projects:countersign", pk)
    words = kept.kept(request, pk, request.user)
    if words is None:
        context = workspace.context(reading, request.user, at=request.GET.get("at", ""))
        return render(request, "projects/review.html", context)
    context = workspace.context(reading, request.user, Draft.read(words))
    context |= {"problem": SIGNED_OUT, "version": _number(words.get("version", "")), "unsaved": True}
    return render(request, "projects/review.html", context)


def _save(request: Request, pk: int) -> HttpResponse:
    """Save the draft. To scripts the answer is only what has become of it."""
    found = _workable(request, pk)
    draft = found.draft_of(request.user)
    typed = saved_replies.put_in(Draft.read(request.POST), request.POST.get("reply", ""), found, request.user)
    try:
        _refuse_other_writer(request)
        draft.save_draft(by=request.user, draft=typed.checked(), version=_version(request))
    except ValidationError as error:
        return _not_saved(request, found, draft, typed, " ".join(error.messages), 422)
    except Changed as conflict:
        if conflict.saved.as_draft() != typed:
            return _not_saved(request, found, draft, typed, conflict.message, 409, conflict.saved)
        draft = conflict.saved  # the same words, saved by another way: nobody loses anything
    except Refused as refusal:
        return _not_saved(request, found, draft, typed, refusal.message, 409)
    kept.forget(request, pk)
    if request.htmx:
        return _state(request, found, draft)
    return _next(request, pk)


def _next(request: Request, pk: int) -> HttpResponse:
    """Where the button leads that sent the form, once it is saved."""
    if "preview" in request.POST:
        return redirect("projects:preview", pk)
    place = place_asked(request.POST.get("at", ""))
    if place:
        file, cell = place
        return redirect(f"{request.path}?at={file}-{cell}#n{file}-{cell}")
    return redirect("projects:review", pk)


def _refuse_other_writer(request: Request) -> None:
    """Words that one person typed are not saved as another's, who has signed in meanwhile in the same browser."""
    if kept.writer_of(request.POST) not in (None, request.user.pk):
        message = f"You are signed in as {request.user} now, and somebody else began this page."
        raise Refused(message, code="other_writer")


def _version(request: Request) -> int:
    """The version that the page began with; that of the other window, when its words are to be replaced."""
    return _number(request.POST.get("overwrite") or request.POST.get("version", ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _not_saved(
    request: Request,
    found: Round,
    draft: Review,
    typed: Draft,
    message: str,
    status: int,
    saved: Review | None = None,
) -> HttpResponse:
    """Why it was not saved, with both texts; the version stays what the page has, so that nothing is overwritten."""
    answer: dict[str, Any] = {"problem": message, "version": _version(request), "saved": saved}
    if saved:
        answer["saved_draft"] = saved.as_draft()
    if request.htmx:
        return _state(request, found, draft, status, **answer)
    context = workspace.context(_read(request, found.pk), request.user, typed)
    return render(request, "projects/review.html", context | answer, status=status)


def _state(request: Request, found: Round, draft: Review, status: int = 200, **answer: Any) -> HttpResponse:
    """How the draft and the claim stand, for the page that is open."""
    context = workspace.claim_context(found, draft, request.user) | answer
    return render(request, "projects/_state.html", context, status=status)


@require_safe
@login_required
def review_state(request: Request, pk: int) -> HttpResponse:
    """The same without saving: the page looks now and then, and after its session has ended."""
    reading = _read(request, pk)
    return _state(request, reading.round, reading.review)


@require_safe
@login_required
def preview(request: Request, pk: int) -> HttpResponse:
    """What the mentee will see, once more, before it is published."""
    found = _workable(request, pk)
    draft = get_object_or_404(found.reviews.filter(mentor=request.user, state="draft"))
    context = preview_context(found, draft) | {"beside": beside_of(draft, noted=False)}
    return render(request, "projects/preview.html", context)


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("projects:preview", args=[pk]))  # the draft is saved: look once more
    found = _workable(request, pk)
    draft = get_object_or_404(found.reviews.filter(mentor=request.user))
    version = _version(request) if "version" in request.POST else None
    try:
        draft.publish(by=request.user, verdict=request.POST.get("verdict", ""), version=version)
    except Refused as refusal:
        messages.error(request, refusal.message)
        draft.refresh_from_db()
        done = draft.state == Review.State.PUBLISHED
        return redirect(found.submission if done else "projects:review", *([] if done else [pk]))
    if draft.state == Review.State.SIGNED:
        messages.success(request, "Signed. It is published once it is countersigned; you are told.")
        return redirect("projects:countersign", pk)
    told = found.submission.author if found.submission.group_id is None else "The team"
    messages.success(request, f"Published. {told} is told.")
    return redirect(found.submission)


def _read(request: Request, pk: int) -> Reading:
    reading = read(pk, request.user)
    if reading is None:
        raise Http404
    return reading


def _workable(request: Request, pk: int) -> Round:
    return get_object_or_404(Round.objects.workable_by(request.user).with_submission(), pk=pk)
