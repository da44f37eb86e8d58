"""What a suggestion changes, word by word."""

import re
from typing import Any

from rapidfuzz.distance import Indel

WORD = re.compile(r"\w+|\s+|[^\w\s]")
MOST_WORDS = 4_000  # of both sides: beyond, all of the one stands before all of the other

Piece = tuple[str, str]


def difference(old: str, new: str) -> list[Piece]:
    """`("same" | "del" | "ins", words)` in order; what is deleted stands before what is inserted in its place."""
    was, now = WORD.findall(old), WORD.findall(new)
    if len(was) + len(now) > MOST_WORDS:
        return _joined([("del", old), ("ins", new)])
    pieces: list[Piece] = []
    steps: Any = Indel.opcodes(was, now)
    for step in steps:
        gone = "".join(was[step.src_start : step.src_end])
        come = "".join(now[step.dest_start : step.dest_end])
        pieces += [("same", gone)] if step.tag == "equal" else [("del", gone), ("ins", come)]
    return _joined(_whole_phrases(pieces))


def _whole_phrases(pieces: list[Piece]) -> list[Piece]:
    """A space that stayed between two changed words belongs to the change: phrases are read, not confetti."""
    kept: list[Piece] = []
    for index, (kind, words) in enumerate(pieces):
        inside = 0 < index < len(pieces) - 1 and kind == "same" and not words.strip()
        kept += [("del", words), ("ins", words)] if inside else [(kind, words)]
    return kept


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of a kind as one, the deleted before the inserted between two stretches that stayed."""
    found: list[Piece] = []
    gone = come = ""
    for kind, words in [*pieces, ("same", "")]:
        if kind == "del":
            gone += words
        elif kind == "ins":
            come += words
        else:
            found += [("del", gone), ("ins", come), ("same", words)]
            gone = come = ""
    merged: list[Piece] = []
    for kind, words in found:
        if not words:
            continue
        if merged and merged[-1][0] == kind:
            merged[-1] = (kind, merged[-1][1] + words)
        else:
            merged.append((kind, words))
    return merged
