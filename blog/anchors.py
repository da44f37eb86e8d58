"""Where a passage of a text is once the text has changed: moved along, found again, or gone.

Offsets count characters of the Markdown source. However hostile the texts are, what is looked at for one anchor is
bounded: a few passes over the text, and likeness in a window around where the passage should be.
"""

from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from mentorship.common.errors import Refused

CONTEXT = 40  # characters kept on both sides
LONGEST_QUOTE = 2_000
ALIKE = 0.65  # of the characters: below that it is another passage
SURE = 20  # characters of quote and context that have to agree for a passage found elsewhere
CANDIDATES = 40  # places of the same words that are weighed
WINDOW = 3_000  # characters on each side that are searched for something alike
PIECE = 48  # characters of beginning and end that are looked for; up to 64 fit one word of the machine
SHORT = 16  # characters of a quote that is looked for as a whole


@dataclass(frozen=True)
class Anchor:
    """A passage, or with an empty `quote` a place between two characters. `start` is None once its place is gone."""

    start: int | None
    end: int | None
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Passage:
    """What somebody chose: its words, and where they saw them. No words: the place at `start`."""

    quote: str = ""
    start: int | None = None


@dataclass(frozen=True)
class Place:
    """`same` words, or `changed` ones that are still alike, or `gone`."""

    state: Literal["same", "changed", "gone"]
    start: int | None = None
    end: int | None = None


GONE = Place("gone")


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """An anchor of what stands between two offsets."""
    return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


class Change:
    """One text turned into another: what both begin and end with, found once for all anchors."""

    def __init__(self, before: str, after: str) -> None:
        self.before, self.after = before, after
        self.head = _common(before, after)
        most = min(len(before), len(after)) - self.head
        self.tail = min(most, _common_end(before, after))
        self.longer = len(after) - len(before)

    def follow(self, anchor: Anchor) -> Place:
        """Where `anchor`, which stood in the text before, stands now."""
        start, end, last = anchor.start, anchor.end, len(self.before) - self.tail
        if start is None or end is None:
            return find_again(anchor, self.after)
        if end <= self.head:
            return self._as(anchor, start, end)
        if start >= last:
            return self._as(anchor, start + self.longer, end + self.longer)
        if start <= self.head and end >= last and start < end:  # somebody wrote inside it
            inside = self._as(anchor, start, end + self.longer)
            if inside.state == "same" or _alike(anchor.quote, self.after[start : end + self.longer]):
                return inside
        expected = min(start, self.head) if start <= self.head else max(self.head, start + self.longer)
        return find(anchor, self.after, expected)

    def _as(self, anchor: Anchor, start: int, end: int) -> Place:
        return Place("same" if self.after[start:end] == anchor.quote else "changed", start, end)


def find(anchor: Anchor, text: str, expected: int) -> Place:
    """The passage in `text`: the same words in the most similar surroundings, then something alike near `expected`."""
    expected = max(0, min(expected, len(text)))
    return _exact(anchor, text, expected) or _fuzzy(anchor, text, expected) or GONE


def find_again(anchor: Anchor, text: str) -> Place:
    """A passage whose place was gone: only the same words bring it back, as when a paragraph was cut and pasted."""
    return _exact(anchor, text, 0) or GONE


def chosen(text: str, passage: Passage, *, newest: bool) -> Anchor:
    """The anchor of what somebody chose; Refused if it is not there, or there several times and nobody said which.

    `newest` says whether they looked at `text` itself, so that offsets alone can be trusted.
    """
    quote, hint = passage.quote, passage.start
    if len(quote) > LONGEST_QUOTE:
        raise Refused(f"A passage has {LONGEST_QUOTE:,} characters at most.", code="passage_too_long")
    if not quote:
        if hint is None:
            raise Refused("Quote the passage that you mean.", code="passage_missing")
        if not newest or hint > len(text):
            raise Refused("The text changed meanwhile: choose the place once more.", code="passage_moved")
        return anchor_at(text, hint, hint)
    for sought in dict.fromkeys([quote, quote.strip()]):
        if not sought:
            continue
        if hint is not None and text[hint : hint + len(sought)] == sought:
            return anchor_at(text, hint, hint + len(sought))
        found = _occurrences(text, sought, hint or 0)
        if len(found) > 1 and hint is None:
            raise Refused("That stands there several times: quote more of it.", code="passage_ambiguous")
        if found:
            at = min(found, key=lambda place: abs(place - (hint or 0)))
            return anchor_at(text, at, at + len(sought))
    raise Refused("That passage does not stand in the saved text. Quote it as it is there.", code="passage_gone")


def _exact(anchor: Anchor, text: str, expected: int) -> Place | None:
    """The best of the places where the same words stand, near `expected` first, if enough of them agrees."""
    sought = anchor.quote or anchor.prefix[-CONTEXT:] + anchor.suffix[:CONTEXT]
    if not sought:
        return None
    into = 0 if anchor.quote else len(anchor.prefix)  # a place between two characters is found by what surrounds it
    best: tuple[int, int, int] | None = None
    for at in _occurrences(text, sought, expected - into):
        start = at + into
        end = start + len(anchor.quote)
        context = _common_end(anchor.prefix, text[max(0, start - CONTEXT) : start]) + _common(
            anchor.suffix, text[end : end + CONTEXT]
        )
        rank = (context, -abs(start - expected), start)
        best = max(best, rank) if best else rank
    if best is None:
        return None
    whole = len(anchor.quote) + len(anchor.prefix) + len(anchor.suffix)
    if best[0] + len(anchor.quote) < min(SURE, whole):
        return None
    return Place("same", best[2], best[2] + len(anchor.quote))


def _occurrences(text: str, sought: str, expected: int) -> list[int]:
    """Some places of `sought`: those around `expected`, then from the beginning on."""
    found: dict[int, None] = {}
    for begin, finish in ((max(0, expected - WINDOW), expected + WINDOW + len(sought)), (0, len(text))):
        at, left = text.find(sought, begin, finish), CANDIDATES
        while at >= 0 and left:
            found[at], left = None, left - 1
            at = text.find(sought, at + 1, finish)
    return list(found)


def _fuzzy(anchor: Anchor, text: str, expected: int) -> Place | None:
    """A passage near `expected` that is alike: where its beginning is, and where its end."""
    quote = anchor.quote
    if len(quote) < 4:
        return None
    base = max(0, expected - WINDOW)
    window = text[base : expected + len(quote) + WINDOW]
    size = len(quote) if len(quote) < SHORT else min(PIECE, len(quote) // 2)
    first = _aligned(quote[:size], window)
    last = _aligned(quote[-size:], window[first[0] :]) if first else None
    if first is None or last is None:
        return None
    start, end = base + first[0], base + first[0] + last[1]
    if not start < end <= start + 2 * len(quote) + PIECE or not _alike(quote, text[start:end]):
        return None
    return Place("same" if text[start:end] == quote else "changed", start, end)


def _aligned(piece: str, window: str) -> tuple[int, int] | None:
    found: Any = fuzz.partial_ratio_alignment(piece, window, score_cutoff=ALIKE * 100)
    if not found or found.src_end - found.src_start < len(piece):
        return None  # the window is shorter than what is looked for
    return found.dest_start, found.dest_end


def _alike(quote: str, text: str) -> bool:
    """Both are bounded: a passage that grew beyond that is another one."""
    if len(text) > 2 * len(quote) + PIECE:
        return False
    return bool(Indel.normalized_similarity(quote, text, score_cutoff=ALIKE))


def _common(one: str, other: str) -> int:
    """How many characters both begin with; by halves, so that most of the work is comparing memory."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _common_end(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        same = one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]
        low, high = (middle, high) if same else (low, middle - 1)
    return low
