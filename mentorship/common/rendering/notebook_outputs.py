"""What code cells printed and showed: the richest safe form; long ones are folded, active ones named but not run."""

import json
import re
from itertools import groupby
from typing import Any

from mentorship.common.rendering.ansi import ansi_to_html, plain_controls
from mentorship.common.rendering.author_html import rewrite_html
from mentorship.common.rendering.markdown import render_here
from mentorship.common.rendering.notebook_active import (
    DRAWING,
    FRAME,
    active_html,
    active_type,
    not_run,
    worth_reading,
)
from mentorship.common.rendering.notebook_file import joined
from mentorship.common.rendering.notebook_folds import LINES_SEEN, LONGEST_SEEN, Folds, placeholder
from mentorship.common.rendering.notebook_images import Images
from mentorship.common.rendering.outline import Outline
from mentorship.common.rendering.parser import Writing
from mentorship.common.rendering.sanitize import sanitize
from mentorship.common.rendering.slots import Slots

LONGEST_TEXT = 100_000
LONGEST_HTML = 1_000_000
MOST_OUTPUTS = 200
_IMAGES = ("image/png", "image/jpeg", "image/gif", "image/svg+xml")
_MEMORY_ADDRESS = re.compile(r" at 0x[0-9a-f]{6,16}(?=>)")


class Outputs:
    """Renders the outputs of a notebook's cells one after another; the long ones wait in `later`."""

    def __init__(self, images: Images, headings: Outline) -> None:
        self.images = images
        self.headings = headings
        self.folds = Folds()

    @property
    def later(self) -> list[str]:
        return self.folds.later

    def render(self, outputs: list[dict[str, Any]]) -> str:
        """The outputs of one cell, streams that follow each other joined."""
        outputs = _merged(outputs)
        parts = [self._output(output) for output in outputs[:MOST_OUTPUTS]]
        if len(outputs) > MOST_OUTPUTS:
            parts.append(placeholder(f"{len(outputs) - MOST_OUTPUTS:,} further outputs are not shown."))
        return "".join(parts)

    def _output(self, output: dict[str, Any]) -> str:
        kind = output["type"]
        if kind == "stream":
            return self._text(output["text"], "nb-stderr" if output["name"] == "stderr" else "nb-stdout")
        if kind == "error":
            said = f"{output['ename']}: {output['evalue']}"
            return self._text("\n".join(output["traceback"]) or said, "nb-error")
        return self._bundle(output["data"], output["metadata"])

    def _bundle(self, data: dict[str, Any], metadata: dict[str, Any]) -> str:
        """A result in several forms: an image before a table, a table before text."""
        for content_type in _IMAGES:
            if content_type in data:
                return self._image(content_type, data, metadata) + self._frame_beside(data)
        if name := active_type(data):
            return placeholder(not_run(name, joined(data.get("text/plain", ""))))
        if "text/html" in data:
            return self._html(joined(data["text/html"]), joined(data.get("text/plain", "")))
        if "text/latex" in data:
            return self._markdown(_as_formula(joined(data["text/latex"])))
        if "text/markdown" in data:
            return self._markdown(joined(data["text/markdown"])[:LONGEST_TEXT])
        if "text/plain" in data:
            return self._text(joined(data["text/plain"]), "nb-result")
        if "application/json" in data:
            return self._text(json.dumps(data["application/json"], indent=2)[:LONGEST_TEXT], "nb-result")
        return placeholder(f"An output of the kind {next(iter(data))[:60]} is not shown here.") if data else ""

    def _image(self, content_type: str, data: dict[str, Any], metadata: dict[str, Any]) -> str:
        size = metadata.get(content_type, metadata)
        if shown := self.images.show(content_type, data[content_type], _alternative(data), size):
            return f'<p class="nb-figure">{shown}</p>'
        return placeholder("An image stood here that could not be rendered.")

    def _frame_beside(self, data: dict[str, Any]) -> str:
        """The picture of a video comes with the frame that would play it: a link."""
        if "text/html" not in data or not (frame := FRAME.search(joined(data["text/html"])[:LONGEST_TEXT])):
            return ""
        return self._html(frame[0], "")

    def _html(self, html: str, plain: str) -> str:
        if len(html) > LONGEST_HTML:
            return placeholder("An output that is too large to be shown here.")
        if (drawing := DRAWING.fullmatch(html)) and (shown := self.images.show("image/svg+xml", drawing[1], "Drawing")):
            return f'<p class="nb-figure">{shown}</p>'
        writing, name = self._writing(), active_html(html)
        clean = sanitize(rewrite_html(html, writing), writing.slots).strip()
        note = placeholder(not_run(name, plain)) if name or not clean else ""
        if not clean or (name and not worth_reading(clean)):
            return note
        rows = clean.count("<tr") or clean.count("<br") + clean.count("<li")
        words = f"Table, {rows:,} rows" if "<table" in clean else "Output"
        return self.folds.kept(f'<div class="prose nb-html">{clean}</div>', rows, words) + note

    def _markdown(self, text: str) -> str:
        html = render_here(text, self._writing())
        return self.folds.kept(f'<div class="prose nb-html">{html}</div>', 0, "Output")

    def _writing(self) -> Writing:
        writing = Writing(notebook=True, outline=self.headings, show_image=self.images.shower({}), slots=Slots())
        writing.env()
        return writing

    def _text(self, text: str, name: str) -> str:
        """Printed text, folded when it is long, cut when it is very long."""
        whole, text = len(text), text[:LONGEST_TEXT]
        html = sanitize(ansi_to_html(text), Slots())
        if not html.strip():
            return ""
        body = f'<pre class="nb-text {name}">{html}</pre>'
        if whole > LONGEST_TEXT:
            body += placeholder(f"The first {LONGEST_TEXT:,} of {whole:,} characters are shown.")
        lines = plain_controls(text).removesuffix("\n").count("\n") + 1
        words = f"{'Error' if name == 'nb-error' else 'Output'}, {lines:,} {'line' if lines == 1 else 'lines'}"
        return self.folds.kept(body, lines, words, begin=_beginning(text, name))


def _beginning(text: str, name: str) -> str:
    """What is seen of a long output without opening it: how it begins, or how an error ends."""
    lines = plain_controls(text).rstrip("\n").split("\n")
    lines = lines[-LINES_SEEN:] if name == "nb-error" else lines[:LINES_SEEN]
    html = sanitize(ansi_to_html("\n".join(line[:LONGEST_SEEN] for line in lines)), Slots())
    return f'<pre class="nb-text {name}">{html}</pre>'


def _merged(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outputs with the streams that follow each other joined; programs print in many small pieces."""
    merged = []
    for (kind, name), group in groupby(outputs, key=lambda output: (output["type"], output["name"])):
        if kind == "stream":
            merged.append({"type": kind, "name": name, "text": "".join(output["text"] for output in group)})
        else:
            merged.extend(group)
    return merged


def _alternative(data: dict[str, Any]) -> str:
    """Words for an image: what the notebook says in text, without memory addresses."""
    text = joined(data.get("text/plain", "")).strip().split("\n")[0][:120]
    text = _MEMORY_ADDRESS.sub("", text).strip("<>")
    return f"Output: {text}" if text else "Output image"


def _as_formula(text: str) -> str:
    """LaTeX outputs come with or without their dollars."""
    text = text.strip()
    return text if text.startswith(("$", "\\begin", "\\[", "\\(")) else f"$${text}$$"
