"""Rendering the notebooks and text files of rounds: once each, by a worker, in a process that can be killed."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from mentorship.common.enqueue import enqueue
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.notebook import RenderedNotebook, place, render_notebook, render_text
from projects.models import NotebookImage, NotebookOutput, RoundFile
from projects.work import NOTEBOOK

LEASE = timedelta(minutes=3)  # longer than a rendering can take: then its worker was lost
ATTEMPTS = 3  # of workers that were lost; a notebook that cannot be rendered gets one try
AT_ONCE = 20


def anchor_of(file: RoundFile) -> str:
    return f"n{file.pk}"


def to_render(at: datetime) -> QuerySet[RoundFile]:
    """Files that nobody is rendering: not begun yet, or begun by a worker that was lost."""
    idle = Q(render_started_at=None) | Q(render_started_at__lte=at - LEASE)
    return RoundFile.objects.filter(idle, rendering=RoundFile.Rendering.WAITING)


def render_file(pk: int, *, at: datetime | None = None) -> bool:
    """Render one file if it waits and nobody else is at it; whether this call did. Harmless when repeated."""
    now = at or timezone.now()
    mine = to_render(now).filter(pk=pk).update(render_started_at=now, render_attempts=F("render_attempts") + 1)
    if not mine:
        return False
    file = RoundFile.objects.get(pk=pk)
    if file.render_attempts > ATTEMPTS:
        _fail(file, "It was begun several times and never came to an end.")
        return True
    try:
        with file.file.open("rb") as opened:
            rendered = _rendered(file, opened.read())
    except RenderError as error:
        _fail(file, error.message)
    except FileNotFoundError:
        _fail(file, "The file is missing in the store.")
    else:
        _keep(file, rendered)
    return True


def render_waiting(*, at: datetime | None = None) -> int:
    """Send those to the workers that the queue has lost, for instance while Redis was away; how many."""
    # What was enqueued at hand-in is usually under way: only what still waits after a while is sent again.
    now = at or timezone.now()
    late = Q(round__handed_in_at__lte=now - timedelta(seconds=30))
    keys = list(to_render(now).filter(late).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in keys:
        enqueue("projects.render_file", pk)
    return len(keys)


def _fail(file: RoundFile, reason: str) -> None:
    waiting = RoundFile.objects.filter(pk=file.pk, rendering=RoundFile.Rendering.WAITING)
    waiting.update(rendering=RoundFile.Rendering.FAILED, render_error=reason[:300])


def _rendered(file: RoundFile, raw: bytes) -> RenderedNotebook:
    if file.content_type != NOTEBOOK:
        return render_text(raw, name=file.name, anchor=anchor_of(file))
    return render_notebook(raw, anchor=anchor_of(file), heading_level=3)


def _keep(file: RoundFile, rendered: RenderedNotebook) -> None:
    """Store the pictures, the long outputs and the HTML that names them, all or nothing."""
    stored: list[str] = []
    try:
        with transaction.atomic():
            images = []
            for number, picture in enumerate(rendered.images):
                row = NotebookImage(of=file, number=number, content_type=picture.content_type)
                row.file.save(picture.name, ContentFile(picture.data), save=False)
                stored.append(str(row.file.name))
                images.append(row)
            NotebookImage.objects.bulk_create(images)
            _keep_page(file, rendered, lambda number: images[number].get_absolute_url())
    except BaseException:
        for name in stored:
            NotebookImage._meta.get_field("file").storage.delete(name)
        raise


def _keep_page(file: RoundFile, rendered: RenderedNotebook, image: Callable[[int], str]) -> None:
    def output(number: int) -> str:
        return NotebookOutput(of=file, number=number).get_absolute_url()

    NotebookOutput.objects.bulk_create(
        NotebookOutput(of=file, number=number, html=place(html, image=image, output=output))
        for number, html in enumerate(rendered.outputs)
    )
    RoundFile.objects.filter(pk=file.pk, rendering=RoundFile.Rendering.WAITING).update(
        rendering=RoundFile.Rendering.DONE,
        rendered_html=place(rendered.html, image=image, output=output),
        outline=[{"level": h.level, "title": h.title, "cell": h.cell} for h in rendered.outline],
        cells=rendered.cells,
        facts=rendered.facts + _of_round(file),
    )


ENVIRONMENT = re.compile(
    r"(?:requirements[\w.-]*\.txt|environment[\w.-]*\.ya?ml|conda[\w.-]*\.ya?ml|pyproject\.toml|setup\.(?:py|cfg)|"
    r"pipfile(?:\.lock)?|uv\.lock|poetry\.lock|renv\.lock|project\.toml|manifest\.toml)",
    re.IGNORECASE,
)
NO_ENVIRONMENT = "Nothing says which packages and versions it needs: no requirements.txt, environment.yml or the like."


def _of_round(file: RoundFile) -> list[dict[str, Any]]:
    """What is missing beside a notebook. A repository may hold it: then nothing is said."""
    if file.content_type != NOTEBOOK or file.round.repository_url:
        return []
    names = file.round.files.values_list("name", flat=True)
    if any(ENVIRONMENT.fullmatch(name) for name in names):
        return []
    return [{"code": "no_environment", "text": NO_ENVIRONMENT, "cells": []}]
