"""One's own notes: written on an item's page or on their own, changed and deleted on a page each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.redirects import safe_next
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import Request
from mentorship.study.notes.forms import NoteForm
from mentorship.study.notes.models import Note
from mentorship.study.notes.rows import note_rows


@require_http_methods(["GET", "POST"])
@login_required
def notes(request: Request) -> HttpResponse:
    """All of one's notes, or only the gaps; POST writes one, on an item or in general."""
    form, status = NoteForm(), 200
    if request.method == "POST":
        form, status = NoteForm(request.POST, person=request.user), 422
        if form.is_valid():
            try:
                Note.write(by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("text", refusal.message)
            else:
                messages.success(request, "Noted.")
                return redirect(safe_next(request, reverse("study:notes")))
    gaps = request.GET.get("only") == "gaps"
    found = Note.objects.visible_to(request.user).select_related("item__stream").newest_first()
    page = paginate(request, found.gaps() if gaps else found, size=20)
    rows = note_rows(page.rows, clock.now())
    return render(
        request, "study/notes/notes.html", {"form": form, "page": page, "rows": rows, "gaps": gaps}, status=status
    )


@require_http_methods(["GET", "POST"])
@login_required
def note(request: Request, pk: int) -> HttpResponse:
    """One note, to be read and changed. Two windows never overwrite each other: the loser sees both texts."""
    found = get_object_or_404(Note.objects.visible_to(request.user).select_related("item__stream"), pk=pk)
    form = NoteForm(request.POST if request.method == "POST" else None, note=found)
    context: dict[str, Any] = {"note": found, "form": form}
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                found.change(text=said["text"], is_gap=said["is_gap"], version=said["version"] or 0)
            except ChangedThere as conflict:
                status, context["saved"] = 409, conflict.saved
                form.data = {**request.POST.dict(), "version": found.version}
                form.add_error("text", f"{conflict.message} It stands below; saving again replaces it.")
            except Refused as refusal:
                form.add_error("text", refusal.message)
            else:
                messages.success(request, "Saved.")
                return redirect(found)
    context["rows"] = note_rows([found], clock.now())
    return render(request, "study/notes/note.html", context, status=status)


@require_POST
@login_required
def remove_note(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Note.objects.visible_to(request.user).select_related("item__stream"), pk=pk)
    found.remove()
    messages.success(request, "The note is deleted.")
    return redirect(safe_next(request, reverse("study:notes")))
