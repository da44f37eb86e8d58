"""A folder of notes as a zip: handed in, watched while it is taken in, and what became of each file."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, Count, IntegerField, Value, When
from django.db.models.functions import Left
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.rendering.files import safe_name
from mentorship.people.requests import Request
from mentorship.study.notes.importing.archive import MOST_LEFT
from mentorship.study.notes.importing.forms import ZipForm
from mentorship.study.notes.importing.models import NoteImport, NoteImportFile

LISTED, A_PAGE = 10, 50
BEGIN = 5_000  # letters of two texts side by side
State = NoteImportFile.State
# What its author has to know stands first.
ORDER = [State.CONFLICT, State.LEFT_OUT, State.UPDATED, State.TAKEN, State.KEPT, State.NEW, State.SAME]
TONES = {State.CONFLICT: "warn", State.LEFT_OUT: "warn", State.NEW: "good", State.UPDATED: "good", State.TAKEN: "good"}


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: Request) -> HttpResponse:
    """Choose a zip; those of before."""
    form, status = ZipForm(), 200
    if request.method == "POST":
        form, status = ZipForm(request.POST, request.FILES), 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                return redirect(NoteImport.ask(by=request.user, file=file, name=safe_name(file.name)))
            except Refused as refusal:
                form.add_error("file", refusal.message)
    rows = NoteImport.objects.of(request.user).order_by("-asked_at", "-pk")[:LISTED]
    return render(request, "study/notes/import.html", {"form": form, "imports": rows}, status=status)


@require_GET
@login_required
def note_import(request: Request, pk: int) -> HttpResponse:
    """How far it is, then what became of each file."""
    row = get_object_or_404(NoteImport.objects.of(request.user), pk=pk)
    context: dict[str, Any] = {"row": row}
    if not row.is_waiting:
        counts = dict(row.files.order_by().values_list("state").annotate(Count("pk")))
        counts[State.LEFT_OUT] = max(counts.get(State.LEFT_OUT, 0), row.left_out)
        context["counts"] = [(State(state).label.lower(), counts[state]) for state in ORDER if counts.get(state)]
        place = Case(
            *(When(state=state, then=Value(number)) for number, state in enumerate(ORDER)), output_field=IntegerField()
        )
        files = row.files.annotate(here=Left("note__text", BEGIN), there=Left("text", BEGIN)).order_by(place, "pk")
        fields = ("pk", "path", "state", "said", "note_id", "here", "there")
        context["page"] = page = paginate(request, files.values(*fields), size=A_PAGE)
        context["files"] = [
            one
            | {
                "tone": TONES.get(State(one["state"]), ""),
                "url": reverse("study:note", args=[one["note_id"]]) if one["note_id"] else "",
                "is_open": one["state"] == State.CONFLICT,
                "state": State(one["state"]).label,
            }
            for one in page.rows
        ]
        context["unnamed"] = max(row.left_out - MOST_LEFT, 0)
    fragment = request.htmx and not request.htmx.boosted
    return render(request, "study/notes/_import.html" if fragment else "study/notes/imported.html", context)


@require_POST
@login_required
def decide(request: Request, pk: int, file: int) -> HttpResponse:
    """Take what the file says, or keep what stands here."""
    rows = NoteImportFile.objects.filter(of__in=NoteImport.objects.of(request.user).filter(pk=pk))
    one = get_object_or_404(rows, pk=file)
    one.decide(take=request.POST.get("take") == "file")
    messages.success(request, f"{one.path}: {one.get_state_display().lower()}.")
    return redirect("study:note_import", pk)
