"""Two texts that grew from one, put together: what only one side changed is taken over, the rest is asked about.

First by whole lines; where both changed the same lines, by words. Nothing is ever left out: what clashes is given with
both sides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from diff_match_patch import diff_match_patch

WORD = re.compile(r"\w+|\s+|[^\w\s]")
SECONDS = 1.0
SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True)
class Clash:
    """A place that both sides changed, each in their own way."""

    base: str
    mine: str
    theirs: str

    def chosen(self, choice: str) -> str | None:
        """The text for 'mine', 'theirs' or 'both'; None for anything else."""
        both = self.theirs + ("" if self.theirs.endswith("\n") or not self.theirs else "\n") + self.mine
        return {"mine": self.mine, "theirs": self.theirs, "both": both}.get(choice)


Piece = str | Clash


def merge_text(base: str, mine: str, theirs: str) -> list[Piece]:
    """Texts to be put one after the other, with the clashes among them."""
    found: list[Piece] = []
    for piece in _merged(*(text.splitlines(keepends=True) for text in (base, mine, theirs))):
        if isinstance(piece, str):
            found.append(piece)
            continue
        words = _merged(*(WORD.findall(text) for text in (piece.base, piece.mine, piece.theirs)))
        # Only if the words fit: half a sentence of one and half of the other would be nobody's.
        found += [piece] if any(isinstance(one, Clash) for one in words) or not piece.base.strip() else words
    return _joined(found)


def merge_value(base: Any, mine: Any, theirs: Any) -> tuple[Any, bool]:
    """One value that is taken whole, and whether both sides changed it to different ones (then it is mine)."""
    if mine == theirs or theirs == base:
        return mine, False
    return (theirs, False) if mine == base else (mine, True)


Hunk = tuple[int, int, str]  # of the base from, to, and what stands there instead


def _merged(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[Piece]:
    sides = [_hunks(base, mine), _hunks(base, theirs)]
    found: list[Piece] = []
    at = 0
    while any(sides):
        first = min((side[0] for side in sides if side), key=lambda hunk: hunk[:2])
        start, end = first[0], first[1]
        taken: list[list[Hunk]] = [[], []]
        grew = True
        while grew:  # every change that touches this place, of either side
            grew = False
            for side, of_side in zip(sides, taken, strict=True):
                while side and side[0][0] <= end:
                    hunk = side.pop(0)
                    of_side.append(hunk)
                    end, grew = max(end, hunk[1]), True
        found.append("".join(base[at:start]))
        now_mine, now_theirs = (_applied(base, start, end, hunks) for hunks in taken)
        was = "".join(base[start:end])
        if now_mine == now_theirs or now_theirs == was:
            found.append(now_mine)
        elif now_mine == was:
            found.append(now_theirs)
        else:
            found.append(Clash(was, now_mine, now_theirs))
        at = end
    return _joined([*found, "".join(base[at:])])


def _applied(base: Sequence[str], start: int, end: int, hunks: list[Hunk]) -> str:
    parts, at = [], start
    for begin, stop, text in hunks:
        parts += ["".join(base[at:begin]), text]
        at = stop
    return "".join([*parts, *base[at:end]])


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """What became of `old`, by its places; within a second, however hostile both are."""
    known: dict[str, str] = {}

    def letters(tokens: Sequence[str]) -> str:
        return "".join(known.setdefault(token, _letter(len(known))) for token in tokens)

    engine = diff_match_patch()
    engine.Diff_Timeout = SECONDS
    a, b = letters(old), letters(new)
    found: list[Hunk] = []
    i = j = 0
    for same, group in groupby(engine.diff_main(a, b, False), key=lambda one: one[0] == 0):
        parts = list(group)
        gone = sum(len(text) for op, text in parts if op <= 0)
        came = sum(len(text) for op, text in parts if op >= 0)
        if not same:
            found.append((i, i + gone, "".join(new[j : j + came])))
        i, j = i + gone, j + came
    return found


def _letter(number: int) -> str:
    """One character for each different token; there are over a million, and a post has 200,000 letters."""
    number += 1
    return chr(number if number < SURROGATES.start else number + len(SURROGATES))


def _joined(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for is_text, group in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if is_text:
            text = "".join(str(piece) for piece in group)
            found += [text] if text else []
        else:
            found += group
    return found
