"""From a notebook's cells to HTML. Runs in the killable process; all that the notebook's author wrote is sanitized.

Our own small renderer instead of nbconvert: its templates put outputs into the page unsanitized, and one pass
over the whole page afterwards would also take our anchors and formulas away.
"""

import base64
import hashlib
import json
import re
from typing import Any

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.highlight import interruptible
from mentorship.common.rendering.markdown import render_here
from mentorship.common.rendering.notebook_facts import facts_of
from mentorship.common.rendering.notebook_file import Cell, Notebook, read_notebook
from mentorship.common.rendering.notebook_folds import placeholder
from mentorship.common.rendering.notebook_images import Images
from mentorship.common.rendering.notebook_outputs import Outputs
from mentorship.common.rendering.outline import Outline
from mentorship.common.rendering.parser import Writing
from mentorship.common.rendering.source_lines import entry, numbered

LARGEST_HTML = 3_000_000
LONGEST_SOURCE = 100_000


def render_bytes(payload: bytes) -> bytes:
    """What `notebook.render_notebook` has called: a line of JSON and the file in, JSON out."""
    interruptible()
    head, _, raw = payload.partition(b"\n")
    asked = json.loads(head)
    page = NotebookPage(read_notebook(raw), asked["anchor"], asked["heading_level"])
    return json.dumps(page.render()).encode()


class NotebookPage:
    """One notebook being written: its images, outline and errors are collected on the way."""

    def __init__(self, notebook: Notebook, anchor: str, heading_level: int) -> None:
        self.notebook = notebook
        self.anchor = anchor
        self.images = Images()
        self.headings = Outline(heading_level)
        self.outputs = Outputs(self.images, self.headings)
        self.outline: list[tuple[int, str, int]] = []
        self.written = 0

    def render(self) -> dict[str, object]:
        """HTML, images, long outputs, cells and facts, ready for JSON."""
        parts = [self.cell(number, cell) for number, cell in enumerate(self.notebook.cells, 1)]
        return {
            "html": "".join(parts),
            "images": [(name, kind, base64.b64encode(data).decode()) for name, kind, data in self.images.kept],
            "outputs": self.outputs.later,
            "outline": self.outline,
            "cells": self.entries(),
            "facts": facts_of(self.notebook),
        }

    def entries(self) -> list[dict[str, Any]]:
        """What is kept of each cell; sources as far as they are shown."""
        return [
            entry(cell.ident, cell.kind, cell.source[:LONGEST_SOURCE], _digest(cell.outputs), digest_of=cell.source)
            for cell in self.notebook.cells
        ]

    def cell(self, number: int, cell: Cell) -> str:
        """One cell with its anchor and number, which reviewers name it by; what they say is put in at its end."""
        ident = f"{self.anchor}-{number}"
        if self.written > LARGEST_HTML:
            body = placeholder("The notebook is too long: this cell is not shown.")
        else:
            body = self.body(number, cell)
        self.written += len(body)
        count = f'<span class="nb-count">In [{cell.count}]</span>' if cell.count is not None else ""
        return (
            f'<section class="nb-cell nb-{cell.kind}" id="{ident}" data-cell="{number}">'
            f'<p class="nb-head"><a class="nb-number" href="#{ident}">Cell {number}</a>{count}</p>'
            f'<div class="nb-body">{body}</div><!--/cell {number}--></section>\n'
        )

    def body(self, number: int, cell: Cell) -> str:
        """What is in the cell; one that goes beyond the limits is named and the others are still shown."""
        try:
            return {"markdown": self.markdown, "code": self.code, "raw": self.raw}[cell.kind](number, cell)
        except RenderError as error:
            return placeholder(error.message)

    def markdown(self, number: int, cell: Cell) -> str:
        """Prose, with images from the cell's own attachments."""
        writing = Writing(
            notebook=True,
            anchor=f"{self.anchor}-{number}",
            outline=self.headings,
            show_image=self.images.shower(cell.attachments),
        )
        html = render_here(cell.source[:LONGEST_SOURCE], writing)
        self.outline += [(level, title, number) for level, title in writing.titles]
        return f'<div class="prose" hx-disable>{html}</div>'

    def code(self, number: int, cell: Cell) -> str:
        """Highlighted source, then what it printed and showed."""
        html = self.source(number, cell, self.notebook.language) if cell.source.strip() else ""
        outputs = self.outputs.render(cell.outputs)
        return html + (f'<div class="nb-outputs">{outputs}</div>' if outputs else "")

    def raw(self, number: int, cell: Cell) -> str:
        """Text for other programs, shown as it is."""
        return self.source(number, cell, "")

    def source(self, number: int, cell: Cell, language: str) -> str:
        """The cell's own lines, whose numbers comments name."""
        html = numbered(cell.source[:LONGEST_SOURCE], language, f"{self.anchor}-{number}")
        if len(cell.source) > LONGEST_SOURCE:
            html += placeholder(f"The first {LONGEST_SOURCE:,} of {len(cell.source):,} characters are shown.")
        return f"<div hx-disable>{html}</div>"


_MEMORY_ADDRESS = re.compile(r" at 0x[0-9a-f]{6,16}")


def _digest(outputs: list[dict[str, Any]]) -> str:
    """Where an object lay in memory, which is new with each run, is no change."""
    if not outputs:
        return ""
    said = _MEMORY_ADDRESS.sub(" at 0x", json.dumps(outputs, sort_keys=True))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
