"""Threads: reading one, replying, editing and deleting one's own. To htmx only the thread is answered."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import Request
from projects import threads
from projects.draft import KEY, new_key
from projects.models import Comment, Remark
from projects.models.thread import LONGEST, Worded, rendered
from projects.threads import Reader


@require_http_methods(["GET", "POST"])
@login_required
def comment(request: Request, pk: int) -> HttpResponse:
    """One thread with the place to reply in; POST replies."""
    found = _comment(request, pk)
    if request.method == "GET":
        found.review.round.submission.read_by(request.user)
        if request.htmx and "read" in request.GET:
            return _closed(request, found)
        return _thread(request, found, {"key": new_key()})
    text, key = _text(request), request.POST.get("key", "")
    typed: dict[str, Any] = {"text": text, "key": key if KEY.fullmatch(key) else new_key()}
    if "preview" in request.POST:
        return _thread(request, found, typed | _previewed(text))
    try:
        found.reply(by=request.user, text=text, key=typed["key"])
    except Refused as refusal:
        return _thread(request, found, typed | {"problem": refusal.message}, status=_status(refusal))
    return _done(request, found, "Your reply is there, and the others are told.")


@require_http_methods(["GET", "POST"])
@login_required
def edit_comment(request: Request, pk: int) -> HttpResponse:
    mine = Comment.objects.visible_to(request.user).filter(review__mentor=request.user, deleted_at=None)
    found = get_object_or_404(mine, pk=pk)
    return _edit(request, _comment(request, found.pk), found, "comment")


@require_http_methods(["GET", "POST"])
@login_required
def edit_remark(request: Request, pk: int) -> HttpResponse:
    found = _my_remark(request, pk)
    return _edit(request, _comment(request, found.comment_id), found, "remark")


@require_POST
@login_required
def delete_comment(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Comment.objects.visible_to(request.user).filter(review__mentor=request.user), pk=pk)
    return _delete(request, found, found.pk)


@require_POST
@login_required
def delete_remark(request: Request, pk: int) -> HttpResponse:
    found = _my_remark(request, pk)
    return _delete(request, found, found.comment_id)


def _delete(request: Request, said: Worded, thread: int) -> HttpResponse:
    try:
        said.remove(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("projects:comment", thread)
    return _done(request, _comment(request, thread), "Deleted.")


def _edit(request: Request, thread: Comment, said: Worded, kind: str) -> HttpResponse:
    """The words as they stand, or as they were typed; POST replaces them."""
    form: dict[str, Any] = {"edits": said, "kind": kind, "text": said.text, "version": said.edits}
    if request.method == "GET":
        return _thread(request, thread, form)
    version = request.POST.get("overwrite") or request.POST.get("version", "")
    form |= {"text": _text(request), "version": request.POST.get("version", "")}
    if "preview" in request.POST:
        return _thread(request, thread, form | _previewed(form["text"]))
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
    try:
        said.edit(by=request.user, text=form["text"], version=number)
    except ChangedThere as conflict:
        said.refresh_from_db()
        form |= {"problem": conflict.message, "saved": conflict.saved, "overwrite": said.edits}
        return _thread(request, thread, form, status=409)
    except Refused as refusal:
        return _thread(request, thread, form | {"problem": refusal.message}, status=_status(refusal))
    return _done(request, _comment(request, thread.pk), "Saved. What stood there before can still be read.")


def _thread(request: Request, found: Comment, form: dict[str, Any], status: int = 200) -> HttpResponse:
    """The thread with a form in it: alone for htmx, or on a page of its own with its history."""
    reader = Reader.of(request.user, found.review.round.submission)
    _attach_request(found)
    edits = form.get("edits")
    ident = f"{form['kind']}-{edits.pk}" if edits else f"thread-{found.pk}"
    if edits or (reader.talks and not found.deleted_at):
        context = {
            "comment": found,
            "back": f"{found.review.round.get_absolute_url()}#thread-{found.pk}",
            "most": LONGEST,
            "ident": ident,
        }
        reader.forms[ident] = render_to_string("projects/_say.html", context | form, request)
    if request.htmx:
        return HttpResponse(threads.thread_html(found, reader, note=_note(found)), status=status)
    submission = found.review.round.submission
    context = {
        "comment": found,
        "round": found.review.round,
        "submission": submission,
        "project": submission.project,
        "stream": submission.project.item.stream,
        "place": threads.place_link(found, found.review.round_id),
        "thread": threads.thread_html(found, reader, quote=True),
        "history": _history(found, request),
    }
    return render(request, "projects/comment.html", context, status=status)


def _done(request: Request, found: Comment, sentence: str) -> HttpResponse:
    if request.htmx:
        return _closed(request, _comment(request, found.pk))
    messages.success(request, sentence)
    return redirect(found)


def _closed(request: Request, found: Comment) -> HttpResponse:
    """The thread alone, without a form."""
    _attach_request(found)
    reader = Reader.of(request.user, found.review.round.submission)
    return HttpResponse(threads.thread_html(found, reader, note=_note(found)))


def _note(found: Comment) -> str:
    return threads.place_link(found, found.review.round_id)


def _comment(request: Request, pk: int) -> Comment:
    rows = threads.with_remarks(Comment.objects.visible_to(request.user)).select_related(
        "review__mentor", "review__round__submission__project__item__stream", "review__round__submission__author"
    )
    return get_object_or_404(rows, pk=pk)


def _my_remark(request: Request, pk: int) -> Remark:
    mine = Remark.objects.visible_to(request.user).filter(author=request.user, deleted_at=None)
    return get_object_or_404(mine, pk=pk)


def _attach_request(found: Any) -> None:
    found.request = getattr(found, "change_request", None) if found.blocking else None


def _history(found: Comment, request: Request) -> list[dict[str, Any]]:
    """What the comment and its replies said before: to everybody, but of deleted ones to who wrote it, and admins."""
    said: list[Any] = [found, *found.remarks.prefetch_related("wordings__replaced_by").select_related("author")]
    return [
        {
            "by": one.writer,
            "at": wording.replaced_at,
            "text": wording.text,
            "deleted": one.deleted_at == wording.replaced_at,
        }
        for one in said
        if one.edits and (not one.deleted_at or request.user.is_admin or one.writer == request.user)
        for wording in one.wordings.all()
    ]


def _text(request: Request) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n").strip()


def _previewed(text: str) -> dict[str, Any]:
    try:
        return {"previewed": True, "preview": rendered(text) if text else ""}
    except Refused as refusal:
        return {"problem": refusal.message}


def _status(refusal: Refused) -> int:
    return 422 if refusal.code in ("empty", "unreadable") else 409
