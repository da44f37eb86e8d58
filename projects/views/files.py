"""Files of rounds. They leave only through here, under a name of the person's and as nothing that could run."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from mentorship.people.requests import Request
from projects.cell_slots import with_slots
from projects.models import NotebookImage, NotebookOutput, Round, RoundFile
from projects.pages import in_full, put_in_place

ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@login_required
def file(request: Request, pk: int) -> FileResponse:
    """The file as it was handed in, byte for byte."""
    found = get_object_or_404(RoundFile.objects.visible_to(request.user).select_related("round__submission"), pk=pk)
    found.round.submission.read_by(request.user)
    # Django quotes the name (RFC 6266). The type is what the content was found to be, not what its sender said.
    return _send(found.file, found.content_type, as_attachment=True, filename=found.name)


@require_safe
@login_required
def notebook_image(request: Request, pk: int) -> FileResponse:
    """A picture of a rendered notebook, written anew by us; it never changes."""
    found = get_object_or_404(NotebookImage.objects.visible_to(request.user), pk=pk)
    answer = _send(found.file, found.content_type)
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


@require_safe
@login_required
def notebook_output(request: Request, pk: int, number: int) -> HttpResponse:
    """A long output of a notebook: what its fold fetches, and a page of its own where no script runs."""
    files = RoundFile.objects.visible_to(request.user).defer("rendered_html", "cells", "outline")
    found = get_object_or_404(files.select_related("round__submission"), pk=pk)
    output = get_object_or_404(NotebookOutput, of=found, number=number)
    found.round.submission.read_by(request.user)
    page = "projects/_notebook_output.html" if request.htmx else "projects/notebook_output.html"
    answer = render(request, page, {"file": found, "round": found.round, "output": output})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _send(stored: FieldFile, content_type: str, **options: Any) -> FileResponse:
    try:
        opened = stored.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(opened, content_type=content_type, **options)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = ALONE
    return answer


@require_safe
@login_required
def rendering(request: Request, pk: int) -> HttpResponse:
    """A notebook as it is shown; while it is being made the fragment asks again by itself."""
    found = get_object_or_404(RoundFile.objects.visible_to(request.user).exclude(rendering="none"), pk=pk)
    if found.rendering == RoundFile.Rendering.DONE:
        # With what was said of it, as on the page of its round.
        rounds = Round.objects.filter(pk=found.round_id).with_submission()
        round = in_full(rounds, rendered=True).get()
        put_in_place(round, request.user)
        found = next(file for file in round.files.all() if file.pk == pk)
        if "workspace" in request.GET and Round.objects.workable_by(request.user).filter(pk=round.pk).exists():
            found.rendered_html = with_slots(found, round.draft_of(request.user).as_draft())
    poll = "?workspace" if "workspace" in request.GET else ""
    return render(request, "projects/_notebook.html", {"file": found, "poll": poll})


@require_safe
def facts(request: Request) -> HttpResponse:
    """What is looked up in notebooks, and why."""
    return render(request, "projects/facts.html")
