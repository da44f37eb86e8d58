"""The saved replies of a mentor: their own, and those shared by who reviews a project."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.people.requests import Request
from projects.forms_replies import ReplyForm
from projects.models import Criterion
from projects.models.reply import ReplyChanged, SavedReply, may_save


@require_safe
@login_required
def replies(request: Request) -> HttpResponse:
    """One's own and the shared ones; who reviews nowhere finds no such page."""
    _refuse_others(request)
    found = SavedReply.objects.visible_to(request.user).select_related("project", "author")
    page = paginate(request, found.order_by("shared", "title", "pk"))
    asked = _asked(page.rows)
    page.rows = [_row(reply, request.user.pk, asked) for reply in page.rows]
    return render(request, "projects/replies.html", {"page": page, "section": "queue"})


def _asked(rows: Any) -> dict[str, str]:
    """The questions that the replies are for, by key."""
    keys = {reply.criterion for reply in rows if reply.criterion}
    return dict(Criterion.objects.filter(key__in=keys).values_list("key", "question")) if keys else {}


def _row(reply: SavedReply, person: int, asked: dict[str, str]) -> dict[str, Any]:
    return {
        "title": reply.title,
        "url": f"/replies/{reply.pk}/",
        "text": reply.text if len(reply.text) <= 180 else f"{reply.text[:180].rsplit(' ', 1)[0]} …",
        "question": asked.get(reply.criterion, ""),
        "project": str(reply.project) if reply.project else "",
        "shared": reply.shared,
        "by": "" if reply.author_id == person else str(reply.author),
    }


@require_http_methods(["GET", "POST"])
@login_required
def new_reply(request: Request) -> HttpResponse:
    _refuse_others(request)
    form = ReplyForm(request.POST or None, person=request.user, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            SavedReply.save_new(by=request.user, said=form.said(), key=form.cleaned_data["key"])
        except Refused as refusal:
            return _form(request, form, refusal)
        messages.success(request, "Saved. It is offered where you review.")
        return redirect("projects:replies")
    return _form(request, form)


def _initial(request: Request) -> dict[str, Any]:
    """What an address may bring along: the question and the project that one comes from."""
    return {"key": uuid.uuid4()} | {name: request.GET.get(name, "") for name in ("criterion", "project")}


@require_http_methods(["GET", "POST"])
@login_required
def reply(request: Request, pk: int) -> HttpResponse:
    """Change it. Whoever was quicker is shown beside what was typed."""
    found = get_object_or_404(SavedReply.objects.visible_to(request.user).select_related("project"), pk=pk)
    initial = {name: getattr(found, name) for name in ("title", "text", "criterion", "shared", "version")}
    initial["project"] = found.project.key if found.project else ""
    form = ReplyForm(request.POST or None, person=request.user, reply=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            found.change(by=request.user, said=form.said(), version=form.cleaned_data["version"] or 0)
        except ReplyChanged as conflict:
            form.data = {**request.POST.dict(), "version": conflict.saved.version}
            return _form(request, form, conflict, saved=conflict.saved)
        except Refused as refusal:
            return _form(request, form, refusal)
        messages.success(request, "Saved.")
        return redirect("projects:replies")
    return _form(request, form)


@require_POST
@login_required
def remove_reply(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(SavedReply.objects.visible_to(request.user), pk=pk)
    found.remove(by=request.user)
    messages.success(request, f"“{found.title}” is removed. Reviews that used it keep their words.")
    return redirect("projects:replies")


def _form(
    request: Request, form: ReplyForm, refusal: Refused | None = None, saved: SavedReply | None = None
) -> HttpResponse:
    status = 409 if refusal else (422 if form.errors else 200)
    if refusal and refusal.code in form.fields:
        form.add_error(refusal.code, refusal.message)
        refusal = None
    context = {"form": form, "reply": form.reply, "refusal": refusal, "saved": saved, "section": "queue"}
    return render(request, "projects/reply.html", context, status=status)


def _refuse_others(request: Request) -> None:
    if not may_save(request.user):
        raise Http404
