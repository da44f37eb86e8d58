"""One's own notes: written on an item's page or on their own, changed, shared and deleted on a page each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.redirects import safe_next
from mentorship.common.rendering.wiki import text_fragment
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import Request
from mentorship.study.notes.exporting import zipped
from mentorship.study.notes.forms import FilterForm, NoteForm, ShareForm, TickForm
from mentorship.study.notes.links import meant_by
from mentorship.study.notes.models import Note
from mentorship.study.notes.rows import for_a_list, links_of, note_rows, with_boxes
from mentorship.study.notes.words import LONGEST_NAME, LONGEST_TITLE, line_of

A_PAGE = 20


@require_http_methods(["GET", "POST"])
@login_required
def notes(request: Request) -> HttpResponse:
    """All of one's notes, or those that are asked for; POST writes one, on an item or in general."""
    form, status = NoteForm(), 200
    if request.method == "POST":
        form, status = NoteForm(request.POST, person=request.user), 422
        if form.is_valid():
            try:
                written = Note.write(by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("text", refusal.message)
            else:
                messages.success(request, "Noted.")
                return redirect(safe_next(request, str(written.get_absolute_url())))
    filters = FilterForm(request.GET)
    rows, asked = filters.chosen(request.user)
    page = paginate(request, for_a_list(rows.select_related("item__stream")), size=A_PAGE)
    context = {
        "form": form,
        "filters": filters,
        "asked": asked,
        "is_filtered": any(asked.values()),
        "gaps": asked["only"] == "gaps",
        "page": page,
        "rows": note_rows(page.rows, clock.now()),
    }
    return render(request, "study/notes/notes.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def note(request: Request, pk: int) -> HttpResponse:
    """One note, to be read and changed. Two windows never overwrite each other: the loser sees both texts."""
    found = own(request, pk)
    form = NoteForm(request.POST if request.method == "POST" else None, note=found)
    context: dict[str, Any] = {}
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                found.change(**said | {"version": said["version"] or 0})
            except ChangedThere as conflict:
                status, context["saved"] = 409, conflict.saved
                form.data = {**request.POST.dict(), "version": found.version}
                form.add_error("text", f"{conflict.message} It stands below; saving again replaces it.")
            except Refused as refusal:
                form.add_error("title" if refusal.code == "long_title" else "text", refusal.message)
            else:
                messages.success(request, "Saved.")
                return redirect(found)
    return note_page(request, found, form, context, status)


def own(request: Request, pk: int) -> Note:
    return get_object_or_404(Note.objects.visible_to(request.user).select_related("item__stream"), pk=pk)


def note_page(
    request: Request, found: Note, form: NoteForm, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    now = clock.now()
    rows = note_rows([found], now)
    rows[0]["html"] = with_boxes(found.html)
    shown = {"note": found, "form": form, "rows": rows, "share": ShareForm(note=found)} | links_of(found)
    return render(request, "study/notes/note.html", shown | (context or {}), status=status)


@require_GET
@login_required
def note_named(request: Request) -> HttpResponse:
    """Where a link between notes leads: to the note of one's own with that name, or to a form that begins it."""
    name = line_of(request.GET.get("name", "")[:LONGEST_NAME])
    found = meant_by(name, request.user)
    if found is not None:
        heading = line_of(request.GET.get("heading", "")[:LONGEST_NAME])
        return redirect(found.get_absolute_url() + (text_fragment(heading) if heading else ""))
    form = NoteForm(title=name.rpartition("/")[2][:LONGEST_TITLE])
    return render(request, "study/notes/named.html", {"form": form, "name": name})


@require_POST
@login_required
def tick_note(request: Request, pk: int) -> HttpResponse:
    """Tick or clear one box of a check list."""
    found = own(request, pk)
    form = TickForm(request.POST)
    if not form.is_valid():
        return redirect(found)
    box = form.cleaned_data["box"]
    try:
        found.tick(box=int(box[:-1]), done=box.endswith("+"), version=form.cleaned_data["version"])
    except Refused as refusal:
        messages.warning(request, f"{refusal.message} Look at the note as it is now, and tick again.")
    return redirect(found)


@require_POST
@login_required
def share_note(request: Request, pk: int) -> HttpResponse:
    """Let the mentor or the cohort read it, or nobody any more."""
    found = own(request, pk)
    form = ShareForm(request.POST, note=found)
    if not form.is_valid():
        return note_page(request, found, NoteForm(note=found), {"share": form}, 422)
    found.share(form.cleaned_data["shared"])
    messages.success(request, f"Read by: {found.get_shared_display().lower()}.")
    return redirect(found)


@require_POST
@login_required
def remove_note(request: Request, pk: int) -> HttpResponse:
    own(request, pk).remove()
    messages.success(request, "The note is deleted.")
    return redirect(safe_next(request, reverse("study:notes")))


@require_GET
@login_required
def export_notes(request: Request) -> StreamingHttpResponse:
    """All of one's notes as Markdown files in a zip, sent while it is written."""
    return zip_answer(request)


def zip_answer(request: Any) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(zipped(request.user), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="notes-{localdate().isoformat()}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
