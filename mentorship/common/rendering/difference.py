"""What changed between two notebooks, or two texts, found in a process that can be killed."""

import json
from collections.abc import Mapping
from typing import Any

from mentorship.common.rendering.sandbox import run_bounded

WORK = "mentorship.common.rendering.difference_work"
LARGEST_ANSWER = 20_000_000
WALL_SECONDS = 30  # more than its CPU may take: a comparison is in nobody's way

Found = list[dict[str, Any]]


def compare_notebooks(old: bytes, new: bytes) -> Found:
    """What became of each cell: an entry {kind, cell, old, new, count, rows, outputs, old_outputs, new_outputs} each.

    `kind` is same (`count` cells), changed, added, removed, moved or, at a moved cell's old place, left; `old` and
    `new` are numbers counted from 1. Raises NotebookError, RenderError.
    """
    return json.loads(_asked("compare_notebooks", _joined(old, new)))


def compare_files(old: bytes, new: bytes) -> Found:
    """The rows (as in `compare_texts`) of two text files. Raises RenderError, also for files that are no text."""
    return json.loads(_asked("compare_files", _joined(old, new)))


def compare_texts(texts: Mapping[str, tuple[str, str]]) -> dict[str, Found]:
    """The rows of each pair (old, new) that is not equal, by its key. Raises RenderError.

    A row is {kind, old, new, was, now}: same, changed (with was_marks and now_marks, where the words differ), removed,
    added; or skipped, which counts the lines left out.
    """
    differing = {key: pair for key, pair in texts.items() if pair[0] != pair[1]}
    return json.loads(_asked("compare_texts", json.dumps(differing).encode())) if differing else {}


def plain_sources(raw: bytes) -> str:
    """The sources of a notebook's cells, one after the other, as plain text. Raises NotebookError, RenderError."""
    return json.loads(_asked("plain_sources", raw))


def _joined(old: bytes, new: bytes) -> bytes:
    return len(old).to_bytes(8, "big") + old + new


def _asked(function: str, payload: bytes) -> bytes:
    """One try, within 20 s of CPU and 512 MB."""
    path = f"{WORK}:{function}"
    return run_bounded(path, payload, what="comparison", wall_seconds=WALL_SECONDS, largest_answer=LARGEST_ANSWER)
