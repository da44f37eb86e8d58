"""A text file as one cell of numbered lines. Runs in the killable process."""

import json
import re

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.highlight import interruptible
from mentorship.common.rendering.notebook_file import one_newline
from mentorship.common.rendering.source_lines import entry, numbered

MOST_LINES = 3_000
MOST_TEXT = 200_000
LONGEST_LINE = 2_000
LANGUAGES = {
    "py": "python",
    "sh": "bash",
    "sql": "sql",
    "r": "r",
    "jl": "julia",
    "yml": "yaml",
    "yaml": "yaml",
    "toml": "toml",
    "ini": "ini",
    "cfg": "ini",
    "json": "json",
    "tex": "tex",
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
NOT_TEXT = "It is not text that can be read."


def render_bytes(payload: bytes) -> bytes:
    """What `notebook.render_text` has called: a line of JSON and the file in, JSON out."""
    interruptible()
    head, _, raw = payload.partition(b"\n")
    asked = json.loads(head)
    return json.dumps(render(decoded(raw), asked["name"], asked["anchor"])).encode()


def decoded(raw: bytes) -> str:
    """UTF-8, or the Windows code page that spreadsheets still write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return one_newline(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise RenderError(NOT_TEXT)


def render(text: str, name: str, anchor: str) -> dict[str, object]:
    """The file's HTML, and its one entry; what goes beyond the limits is named, not shown."""
    # A newline ends the last line, it does not begin another one.
    lines = text.removesuffix("\n").split("\n")
    shown = _within([line[:LONGEST_LINE] for line in lines])
    source = "\n".join(shown)
    ident = f"{anchor}-1"
    body = numbered(source, LANGUAGES.get(name.rpartition(".")[2].lower(), ""), ident)
    if len(shown) < len(lines) or max(map(len, lines)) > LONGEST_LINE:
        cut = f"The first {len(shown):,} of {len(lines):,} lines" if len(shown) < len(lines) else "Long lines"
        verb = "are shown" if len(shown) < len(lines) else "are cut"
        body += f'<p class="nb-placeholder">{cut} {verb}; the whole file can be downloaded.</p>'
    html = (
        f'<section class="nb-cell nb-file" id="{ident}" data-cell="1">'
        f'<div class="nb-body" hx-disable>{body}</div><!--/cell 1--></section>\n'
    )
    return {"html": html, "cells": [entry("", "text", source, "", digest_of=text)]}


def _within(lines: list[str]) -> list[str]:
    shown: list[str] = []
    length = 0
    for line in lines[:MOST_LINES]:
        length += len(line) + 1
        if length > MOST_TEXT and shown:
            break
        shown.append(_CONTROL.sub("\ufffd", line))
    return shown
