"""Notebooks and text files for the page: checked when handed in, rendered in a process that can be killed.

`render_notebook` gives HTML whose images stand as `nb-image:N`, and whose long outputs, which are fetched when they
are opened, as `nb-output:N`; the caller stores both and lets `place` write their addresses in.
"""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from mentorship.common.rendering.errors import NotebookError, RenderError, Unshowable
from mentorship.common.rendering.notebook_file import LARGEST, TOO_LARGE, read_notebook
from mentorship.common.rendering.sandbox import run_bounded

LARGEST_CHECKED_HERE = 1_000_000


@dataclass(frozen=True)
class NotebookImage:
    """An image of a notebook, written anew. `name` is made from its content."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Heading:
    """One entry of a notebook's outline: `level` 2 to 6, in cell number `cell`, counted from 1."""

    level: int
    title: str
    cell: int


@dataclass(frozen=True)
class RenderedNotebook:
    """A notebook, or a text file, as safe HTML with what belongs to it.

    `outputs`: the HTML of long outputs. `cells`: one entry a cell {id, kind, source, digest, outputs}, with 16 hex
    digits of what it says and of what it put out. `facts`: {code, text, cells} each.
    """

    html: str
    images: list[NotebookImage] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    outline: list[Heading] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)


def check_notebook(raw: bytes) -> None:
    """Raise NotebookError with one sentence for the form unless `raw` is a notebook.

    One that will not be shown is taken all the same: it can be downloaded, and its page says why.
    """
    if len(raw) > LARGEST:
        raise NotebookError(TOO_LARGE)
    try:
        if len(raw) <= LARGEST_CHECKED_HERE:
            read_notebook(raw)
        else:
            run_bounded("mentorship.common.rendering.notebook:check_bytes", raw, cpu_seconds=10, wall_seconds=15)
    except Unshowable:
        return
    except NotebookError:
        raise
    except RenderError:
        return  # too much to be read in this time: rendering will say so


def check_bytes(raw: bytes) -> bytes:
    """What the killable process calls to check a large file."""
    read_notebook(raw)
    return b""


def render_notebook(raw: bytes, *, anchor: str = "cell", heading_level: int = 2) -> RenderedNotebook:
    """Render a notebook file, one try, within 20 s of CPU and 512 MB.

    Cell N gets the id `{anchor}-N`; two notebooks on one page need two anchors. Raises NotebookError for a file that
    is no notebook, RenderError for one that takes too long or too much.
    """
    if len(raw) > LARGEST:
        raise NotebookError(TOO_LARGE)
    return _rendered("notebook_cells:render_bytes", raw, {"anchor": anchor, "heading_level": heading_level})


def render_text(raw: bytes, *, name: str, anchor: str = "cell") -> RenderedNotebook:
    """Render a text file as one cell of numbered lines; `name` says in which language. Raises RenderError."""
    return _rendered("text_file:render_bytes", raw, {"anchor": anchor, "name": name}, what="file")


def _rendered(function: str, raw: bytes, asked: dict[str, Any], what: str = "notebook") -> RenderedNotebook:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", asked["anchor"]):
        raise ValueError("An anchor is made of lower-case letters, digits and hyphens.")
    payload = json.dumps(asked).encode() + b"\n" + raw
    found = json.loads(run_bounded(f"mentorship.common.rendering.{function}", payload, what=what))
    images = [NotebookImage(name, kind, base64.b64decode(data)) for name, kind, data in found.pop("images", [])]
    outline = [Heading(*entry) for entry in found.pop("outline", [])]
    return RenderedNotebook(images=images, outline=outline, **found)


# Written by us alone: text of the author has its `<` escaped, and no attribute of theirs is called src or hx-get.
_IMAGE = re.compile(r'<img class="nb-image" src="nb-image:([0-9]{1,6})"')
_OUTPUT = re.compile(r'<details class="nb-fold" hx-get="nb-output:([0-9]{1,6})"([^<>]*)>(<summary>[^<>]*</summary>)')


def place(html: str, *, image: Callable[[int], str], output: Callable[[int], str]) -> str:
    """Return `html` with the address `image(N)` in the place of every `nb-image:N`, and so for outputs.

    Without scripts a long output is opened by a link to it.
    """
    html = _IMAGE.sub(lambda match: f'<img class="nb-image" src="{escape(image(int(match[1])))}"', html)
    return _OUTPUT.sub(lambda match: _fold(escape(output(int(match[1]))), match[2], match[3]), html)


def _fold(address: str, rest: str, summary: str) -> str:
    link = f'<p class="nb-later"><a href="{address}">Open this output</a></p>'
    return f'<details class="nb-fold" hx-get="{address}"{rest}>{summary}{link}'
