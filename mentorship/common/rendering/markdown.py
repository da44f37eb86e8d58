"""Markdown as people write it here: CommonMark, tables, footnotes, task lists, code and TeX.

`render_markdown` gives HTML that is safe to put into a page as it is; `excerpt` gives plain text. Short
texts are rendered in this process: at 16 KB the worst known input takes under a second. Longer ones, and those with
long code, go through the killable process.
"""

import contextlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.highlight import TooLongHere, interruptible
from mentorship.common.rendering.parser import ShowImage, Writing, parser_for, plain_text
from mentorship.common.rendering.sandbox import run_bounded
from mentorship.common.rendering.sanitize import sanitize

LARGEST_TEXT = 200_000
Size = tuple[int, int]
LARGEST_HERE = 16_000
LARGEST_HTML = 4_000_000
# One line of letters, digits and such punctuation as means nothing to Markdown, TeX or HTML, beginning with a letter:
# a paragraph as it stands. Most answers are one, and hand-in renders a dozen.
PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;?()'-])*")
TOO_LONG = "This text is longer than 200 KB; please shorten it."


def render_markdown(
    text: str, *, heading_level: int = 2, images: Mapping[str, Size] | None = None, notes_at: str = ""
) -> str:
    """Return safe HTML for `text`, in which the highest heading is an `h` of `heading_level` (2 to 6).

    `images`: the addresses, of ours, of the images that it may show, with their sizes; others become links.
    `notes_at`: the address that finds a note by its name; with it, what Obsidian adds to Markdown is read too.

    Raises RenderError with a sentence for the author if the text is over 200 KB or takes too long to read.
    """
    if len(text) > LARGEST_TEXT or len(text.encode("utf-8", "replace")) > LARGEST_TEXT:
        raise RenderError(TOO_LONG)
    shown = tuple(sorted((images or {}).items()))
    if len(text) <= LARGEST_HERE:
        if PLAIN.fullmatch(text):
            return f"<p>{text.rstrip(' ')}</p>\n"
        with contextlib.suppress(TooLongHere):
            return _rendered(text, heading_level, shown, notes_at)
    return _rendered_apart(text, heading_level, shown, notes_at)


@lru_cache(maxsize=256)
def _rendered(text: str, heading_level: int, images: tuple[tuple[str, Size], ...], notes_at: str) -> str:
    return render_here(text, Writing(heading_level, notes_at=notes_at, show_image=shower(dict(images))))


@lru_cache(maxsize=32)
def _rendered_apart(text: str, heading_level: int, images: tuple[tuple[str, Size], ...], notes_at: str) -> str:
    asked = {"text": text, "heading_level": heading_level, "images": images, "notes_at": notes_at}
    payload = json.dumps(asked).encode()
    html = run_bounded(
        "mentorship.common.rendering.markdown:render_bytes",
        payload,
        what="text",
        cpu_seconds=5,
        wall_seconds=10,
        largest_answer=LARGEST_HTML,
    )
    return html.decode()


def render_bytes(payload: bytes) -> bytes:
    """What the killable process calls: JSON of text and heading level in, HTML out."""
    interruptible()
    asked = json.loads(payload)
    images = {address: tuple(size) for address, size in asked["images"]}
    writing = Writing(asked["heading_level"], notes_at=asked["notes_at"], show_image=shower(images))
    return render_here(asked["text"], writing).encode()


def shower(images: Mapping[str, Size]) -> ShowImage:
    """How a text shows the images at these addresses, with their width and height, and no others."""

    def show(source: str, words: str) -> str | None:
        if source not in images:
            return None
        width, height = images[source]
        size = f'width="{width:d}" height="{height:d}"'
        return f'<img src="{escape(source)}" alt="{escape(words)}" {size} loading="lazy" decoding="async">'

    return show


def render_here(text: str, writing: Writing) -> str:
    """Render in this process, whatever the size. Raises RenderError for a text that nests beyond reason."""
    text = text.encode("utf-8", "replace").decode()  # a lone surrogate cannot be stored or sent
    parser = parser_for(writing.notebook, bool(writing.notes_at))
    try:
        html = parser.render(text, writing.env())
    except RecursionError:
        raise RenderError("This text nests too deeply to be shown.") from None
    if len(html) > LARGEST_HTML:
        raise RenderError("This text grows too large when it is shown; please simplify it.")
    return sanitize(html, writing.slots)


def excerpt(text: str, words: int = 40, *, wiki: bool = False) -> str:
    """Return the first `words` words of the prose in `text` as plain text (not HTML), with an ellipsis if
    more follows.
    """
    found: list[str] = []
    for token in parser_for(notebook=False, wiki=wiki).parse(text[:LARGEST_HERE].encode("utf-8", "replace").decode()):
        if token.type == "inline":
            found += plain_text(token).split()
        if len(found) > words:
            return " ".join(found[:words]) + "…"
    return " ".join(found)
