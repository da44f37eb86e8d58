"""Notebook files: refused with one sentence, or read into plain cells. nbformat 3 and 4, any minor version.

What is no notebook is a NotebookError; a notebook that cannot be shown, a bomb for instance, is Unshowable: it may be
handed in and downloaded. nbformat's own reader raises AttributeError, TypeError and RecursionError on bad files and
lets NUL, NaN and lone surrogates through, which PostgreSQL and UTF-8 refuse; it also needs a schema where we want to
be forgiving.
"""

import json
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from mentorship.common.rendering.errors import NotebookError, Unshowable

LARGEST = 20_000_000
MOST_CELLS = 2_000
DEEPEST = 100

NOT_JSON = "This file is not a notebook: it is not JSON."
NOT_A_NOTEBOOK = "This file is not a Jupyter notebook."
TOO_LARGE = "This notebook is larger than 20 MB; clear the outputs you do not need and save it again."
TOO_MANY_CELLS = "This notebook has more than 2,000 cells; please split it."
TOO_DEEP = "This notebook nests too deeply to be read."
TOO_OLD = "This notebook is in a format older than version 3; open it in Jupyter and save it again."
HAS_NUL = "This notebook contains a NUL character, which no text may hold."
NOT_A_NUMBER = "This notebook contains NaN or Infinity, which JSON does not know."
BROKEN_TEXT = "This notebook contains broken Unicode text."


@dataclass(frozen=True)
class Cell:
    """One cell: `kind` is markdown, code or raw."""

    kind: str
    source: str
    count: int | None = None
    outputs: list[dict[str, Any]] = field(default_factory=list)
    attachments: dict[str, Any] = field(default_factory=dict)
    ident: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notebook:
    """What a notebook file says, with nothing that a renderer does not need."""

    cells: list[Cell]
    language: str
    kernel: str


def read_notebook(raw: bytes) -> Notebook:
    """Return the notebook in `raw`. Raises NotebookError with one sentence."""
    document = _load(raw)
    if not isinstance(document, dict) or type(document.get("nbformat")) is not int:
        raise NotebookError(NOT_A_NOTEBOOK)
    if document["nbformat"] < 3:
        raise NotebookError(TOO_OLD)
    cells = _cells(document)
    _check_values(document)
    if len(cells) > MOST_CELLS:
        raise Unshowable(TOO_MANY_CELLS)
    metadata = _dict(document.get("metadata"))
    kernel = _dict(metadata.get("kernelspec"))
    language = _dict(metadata.get("language_info")).get("name") or kernel.get("language")
    ids = Counter(cell["id"] for cell in cells if isinstance(cell.get("id"), str))
    return Notebook(
        cells=[_cell(cell, _ident(cell, ids)) for cell in cells],
        language=language if isinstance(language, str) and language else "python",
        kernel=str(kernel.get("display_name") or "")[:60],
    )


def _load(raw: bytes) -> Any:
    if len(raw) > LARGEST:
        raise NotebookError(TOO_LARGE)
    if b"\0" in raw:
        raise NotebookError(HAS_NUL)
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except RecursionError:
        # The scanner stops at the interpreter's limit: a million brackets cost no more than a thousand. What it has
        # not read may well be a notebook.
        kind = Unshowable if raw.lstrip().startswith(b"{") and b'"nbformat"' in raw else NotebookError
        raise kind(TOO_DEEP) from None
    except ValueError:
        raise NotebookError(NOT_JSON) from None


_SURROGATE = re.compile("[\ud800-\udfff]")


def _check_values(document: Any) -> None:
    """Every text and number in it, without recursion."""
    waiting = [(document, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unshowable(TOO_DEEP)
        if isinstance(value, str):
            _check_text(value)
        elif isinstance(value, float) and not math.isfinite(value):
            raise Unshowable(NOT_A_NUMBER)
        elif isinstance(value, dict):
            for key, inner in value.items():
                _check_text(key)
                waiting.append((inner, depth + 1))
        elif isinstance(value, list):
            waiting.extend((inner, depth + 1) for inner in value)


def _check_text(text: str) -> None:
    if "\0" in text:
        raise Unshowable(HAS_NUL)
    if not text.isascii() and _SURROGATE.search(text):
        raise Unshowable(BROKEN_TEXT)


def _cells(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells as the file has them; version 3 kept them in worksheets."""
    if document["nbformat"] == 3:
        sheets = document.get("worksheets")
        if not isinstance(sheets, list):
            raise NotebookError(NOT_A_NOTEBOOK)
        cells = [cell for sheet in sheets for cell in _list(_dict(sheet).get("cells"))]
    else:
        if not isinstance(document.get("cells"), list):
            raise NotebookError(NOT_A_NOTEBOOK)
        cells = document["cells"]
    if not all(isinstance(cell, dict) and isinstance(cell.get("cell_type"), str) for cell in cells):
        raise NotebookError(NOT_A_NOTEBOOK)
    return cells


_IDENT = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _ident(cell: dict[str, Any], ids: "Counter[str]") -> str:
    """The cell's own id, as version 4.5 has them; one that stands there twice is nobody's."""
    ident = cell.get("id")
    return ident if isinstance(ident, str) and ids[ident] == 1 and _IDENT.fullmatch(ident) else ""


def _cell(cell: dict[str, Any], ident: str) -> Cell:
    kind = cell["cell_type"]
    source = one_newline(joined(cell.get("source", cell.get("input", ""))))
    if kind == "code":
        count = cell.get("execution_count", cell.get("prompt_number"))
        outputs = [_output(output) for output in _list(cell.get("outputs")) if isinstance(output, dict)]
        tags = _list(_dict(cell.get("metadata")).get("tags"))
        shown = tuple(tag for tag in tags if isinstance(tag, str))
        return Cell("code", source, count if type(count) is int else None, outputs, ident=ident, tags=shown)
    if kind == "heading":  # version 3
        level = cell["level"] if cell.get("level") in (2, 3, 4, 5, 6) else 1
        return Cell("markdown", "#" * int(level) + " " + source.replace("\n", " "), ident=ident)
    if kind in ("markdown", "html"):
        return Cell("markdown", source, attachments=_dict(cell.get("attachments")), ident=ident)
    return Cell("raw", source, ident=ident)


_OLD_TYPES = {"pyout": "execute_result", "pyerr": "error"}
_OLD_DATA = {
    "text": "text/plain",
    "html": "text/html",
    "latex": "text/latex",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "json": "application/json",
    "javascript": "application/javascript",
}


def _output(output: dict[str, Any]) -> dict[str, Any]:
    """One output in the form of version 4: {type, name, text, data, traceback, ename, evalue}."""
    kind = _OLD_TYPES.get(str(output.get("output_type")), str(output.get("output_type")))
    data = _dict(output.get("data"))
    if not data and kind in ("execute_result", "display_data"):
        data = {new: output[old] for old, new in _OLD_DATA.items() if old in output}
    return {
        "type": kind,
        "name": str(output.get("name", output.get("stream", "stdout"))),
        "text": joined(output.get("text", "")),
        "data": data,
        "metadata": _dict(output.get("metadata")),
        "traceback": [line for line in _list(output.get("traceback")) if isinstance(line, str)],
        "ename": joined(output.get("ename", "")),
        "evalue": joined(output.get("evalue", "")),
    }


def one_newline(text: str) -> str:
    """Lines are counted in many places: each ends in the same way."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def joined(text: Any) -> str:
    """Texts stand as one string or as a list of lines."""
    if isinstance(text, list):
        return "".join(line for line in text if isinstance(line, str))
    return text if isinstance(text, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
