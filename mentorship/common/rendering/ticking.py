"""The boxes of a text's check lists: one is ticked where it stands in the source."""

import json
import re

from markdown_it.token import Token

from mentorship.common.rendering.highlight import interruptible
from mentorship.common.rendering.markdown import LARGEST_HERE
from mentorship.common.rendering.parser import Writing, parser_for
from mentorship.common.rendering.sandbox import run_bounded

_BOX = re.compile(r"\[[ xX]\](?=\s)")


def ticked(text: str, number: int, *, done: bool) -> str | None:
    """`text` with its box `number`, counted from 0, ticked or cleared; None if it has no such box.

    Raises RenderError if the text takes too long to read.
    """
    if len(text) <= LARGEST_HERE:
        return tick_here(text, number, done)
    payload = json.dumps([text, number, done]).encode()
    answer = run_bounded(f"{__name__}:tick_bytes", payload, what="text", cpu_seconds=5, wall_seconds=10)
    found: str | None = json.loads(answer)
    return found


def tick_bytes(payload: bytes) -> bytes:
    """What the killable process calls: JSON of the text, the number and the state in, the text out."""
    interruptible()
    return json.dumps(tick_here(*json.loads(payload))).encode()


def tick_here(text: str, number: int, done: bool) -> str | None:
    tokens = parser_for(notebook=False, wiki=True).parse(text, Writing(notes_at="/").env())
    places = [token.map[0] for token in tokens if token.map and has_box(token)]
    lines = text.split("\n")
    if not 0 <= number < len(places) or places[number] >= len(lines):
        return None
    line = places[number]
    lines[line], found = _BOX.subn("[x]" if done else "[ ]", lines[line], count=1)
    return "\n".join(lines) if found else None


def has_box(token: Token) -> bool:
    return token.type == "inline" and any(child.type == "task_box" for child in token.children or ())
