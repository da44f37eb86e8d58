"""Comparing two rounds: once each pair, by a worker, in processes that can be killed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db.models import F
from django.utils import timezone

from mentorship.common.enqueue import enqueue
from mentorship.common.rendering.difference import compare_files, compare_notebooks, compare_texts, plain_sources
from mentorship.common.rendering.errors import RenderError
from projects.models import Difference, Round, RoundFile
from projects.work import NOTEBOOK

ATTEMPTS = 3  # of workers that were lost; what cannot be compared gets one try
AT_ONCE = 20
PATIENCE_SECONDS = 40  # for all files of a round together; a task may take 90
NO_TEXT = ("application/pdf", "image/png", "image/jpeg")
MISSING = "A file is missing in the store."
NO_TIME = "Comparing the files before it took too long."

Pair = tuple[RoundFile | None, RoundFile | None]


def work_out(pk: int, *, at: datetime | None = None) -> bool:
    """Compare two rounds if that waits and nobody else is at it; whether this call did. Harmless when repeated."""
    now = at or timezone.now()
    mine = Difference.objects.idle(at=now).filter(pk=pk).update(begun_at=now, attempts=F("attempts") + 1)
    if not mine:
        return False
    row = Difference.objects.select_related("earlier", "later").get(pk=pk)
    if row.attempts > ATTEMPTS:
        _keep(row, Difference.State.FAILED, {})
    else:
        _keep(row, Difference.State.DONE, compared(row.earlier, row.later))
    return True


def work_out_waiting(*, at: datetime | None = None) -> int:
    """Send those to the workers that the queue has lost; how many."""
    now = at or timezone.now()
    late = Difference.objects.idle(at=now).filter(asked_at__lte=now - timedelta(seconds=30))
    keys = list(late.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in keys:
        enqueue("projects.work_out_difference", pk)
    return len(keys)


def look_ahead(file: int, *, at: datetime | None = None) -> None:
    """Have the round of a file that was just rendered compared with the one before: that is what is read next."""
    later = Round.objects.get(files=file)
    earlier = Round.objects.filter(submission=later.submission_id, number=later.number - 1).first()
    if earlier:
        Difference.ask(earlier, later, at=at)


def _keep(row: Difference, state: str, found: dict[str, Any]) -> None:
    Difference.objects.filter(pk=row.pk, state=Difference.State.WAITING).update(state=state, found=found)


def compared(earlier: Round, later: Round) -> dict[str, Any]:
    """What changed: `write_up` and `answers` (by criterion) as rows, where they differ, and every file, as `files`.

    What could not be compared has an `error` in its place, and the texts stand for themselves.
    """
    found: dict[str, Any] = {"files": [*_files_compared(earlier, later)]}
    texts = {"write_up": (earlier.write_up, later.write_up)} | _answers(earlier, later)
    try:
        rows = compare_texts(texts)
    except RenderError as error:
        return found | {"error": error.message}
    answers = {key: value for key, value in rows.items() if key != "write_up"}
    return found | {"write_up": rows.get("write_up", []), "answers": answers}


def _answers(earlier: Round, later: Round) -> dict[str, tuple[str, str]]:
    was = dict(earlier.answers.values_list("criterion", "text"))
    now = dict(later.answers.values_list("criterion", "text"))
    return {str(key): (was.get(key, ""), now.get(key, "")) for key in was | now}


def _files_compared(earlier: Round, later: Round) -> Iterator[dict[str, Any]]:
    until = monotonic() + PATIENCE_SECONDS
    for old, new in paired(list(earlier.files.all()), list(later.files.all())):
        entry: dict[str, Any] = {"old": old.pk if old else None, "new": new.pk if new else None}
        if old is None or new is None:
            yield entry | {"kind": "added" if old is None else "removed"}
        elif old.sha256 == new.sha256:
            yield entry | {"kind": "same"}
        else:
            yield entry | {"kind": "changed"} | ({"error": NO_TIME} if monotonic() > until else _compared(old, new))


def paired(old: list[RoundFile], new: list[RoundFile]) -> list[Pair]:
    """Which file is which: by name, else by content, else the only notebook left on each side."""
    found: dict[int, RoundFile] = {}
    alike: list[Callable[[RoundFile], Any]] = [lambda file: file.name, lambda file: file.sha256]
    for key in alike:
        waiting = {key(file): file for file in old if file not in found.values()}
        for file in new:
            if file.pk not in found and key(file) in waiting:
                found[file.pk] = waiting.pop(key(file))
    gone = [file for file in old if file not in found.values() and file.content_type == NOTEBOOK]
    come = [file for file in new if file.pk not in found and file.content_type == NOTEBOOK]
    if len(gone) == len(come) == 1:
        found[come[0].pk] = gone[0]
    pairs: list[Pair] = [(found.get(file.pk), file) for file in new]
    return pairs + [(file, None) for file in old if file not in found.values()]


def _compared(old: RoundFile, new: RoundFile) -> dict[str, Any]:
    """The `cells` or `rows` of two files; where that cannot be, why not, and the sources of notebooks as plain text."""
    if old.content_type != new.content_type or new.content_type in NO_TEXT:
        return {}
    try:
        was, now = _read(old), _read(new)
    except FileNotFoundError:
        return {"error": MISSING}
    try:
        if new.content_type == NOTEBOOK:
            return {"cells": compare_notebooks(was, now)}
        return {"rows": compare_files(was, now)}
    except RenderError as error:
        plain = {"was": _plain(was), "now": _plain(now)} if new.content_type == NOTEBOOK else {}
        return {"error": error.message} | plain


def _read(file: RoundFile) -> bytes:
    with file.file.open("rb") as opened:
        return opened.read()


def _plain(raw: bytes) -> str:
    try:
        return plain_sources(raw)
    except RenderError:
        return ""
