"""Notes that one's mentees and fellows share. Missing, private and unshared ones are the same 404."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentorship.cohorts.shared_notes import meant_in, shared_with
from mentorship.common import clock
from mentorship.common.pages import paginate
from mentorship.common.rendering.wiki import text_fragment
from mentorship.common.times import time_html
from mentorship.people.requests import Request
from mentorship.study.models import Note
from mentorship.study.notes.rows import for_a_list, name_shown, read_by_others
from mentorship.study.notes.words import LONGEST_NAME, line_of

A_PAGE = 20


@require_safe
@login_required
def shared_notes(request: Request) -> HttpResponse:
    """All that others share, what was changed last first; with `?q=` those that have the words."""
    asked = line_of(request.GET.get("q", "")[:200])
    rows = shared_with(request.user)
    rows = rows.matching(asked) if asked else rows
    page = paginate(request, for_a_list(rows.select_related("person", "item").order_by("-changed_at", "-pk")), A_PAGE)
    now = clock.now()
    shown = [
        {
            "url": reverse("shared_notes:note", args=[note.pk]), "name": name_shown(note), "by": note.person.name,
            "time": time_html(note.changed_at, now), "item": note.item.title if note.item else "",
            "shared": "you as mentor" if note.shared == Note.Shared.MENTOR else "the cohort",
        }
        for note in page.rows
    ]  # fmt: skip
    return render(request, "study/notes/shared.html", {"rows": shown, "page": page, "asked": asked})


def readable(request: Request, pk: int) -> Note:
    found: Note = get_object_or_404(shared_with(request.user).select_related("person", "item__stream"), pk=pk)
    return found


@require_safe
@login_required
def shared_note(request: Request, pk: int) -> HttpResponse:
    """One note as its writer sees it, to be read."""
    note = readable(request, pk)
    context: dict[str, Any] = {
        "note": note, "html": read_by_others(note, reverse("shared_notes:linked", args=[pk])), "name": name_shown(note)
    }  # fmt: skip
    return render(request, "study/notes/shared_note.html", context)


@require_safe
@login_required
def linked_note(request: Request, pk: int) -> HttpResponse:
    """Where a link within it leads, if that note is shared with the reader too."""
    note, name = readable(request, pk), line_of(request.GET.get("name", "")[:LONGEST_NAME])
    found = meant_in(note, name, request.user) if name else note
    if found is None:
        raise Http404
    heading = line_of(request.GET.get("heading", "")[:LONGEST_NAME])
    return redirect(reverse("shared_notes:note", args=[found.pk]) + (text_fragment(heading) if heading else ""))
