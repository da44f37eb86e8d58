"""A text brought up to date from its notebook: what came from there is found again, what was written since stays."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz

ALIKE = 60  # of 100: less, and it is another cell
LONGEST_COMPARED = 2_000
NEW_IMAGE = re.compile(r"\]\(notebook:[^)]*\)|\]\(/blog/figures/[^)]*\)")


@dataclass(frozen=True)
class Kept:
    """A part that its author changed in the post, and that the notebook has changed too: theirs stays."""

    key: str
    theirs: str


def cell_of(cells: Sequence[Mapping[str, Any]], number: int) -> Mapping[str, Any]:
    return next(cell for cell in cells if cell["number"] == number)


def same_cells(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """The number of the old cell that each new one is: by its id, by what it says, or by its place and likeness."""
    found: dict[int, int] = {}
    ids = {cell["id"]: cell["number"] for cell in old if cell["id"]}
    for cell in new:
        if cell["id"] in ids:
            found[cell["number"]] = ids[cell["id"]]
    was = [cell for cell in old if cell["number"] not in found.values()]
    now = [cell for cell in new if cell["number"] not in found]
    matcher = SequenceMatcher(None, [cell["digest"] for cell in was], [cell["digest"] for cell in now], autojunk=False)
    for op, i, i_end, j, j_end in matcher.get_opcodes():
        if op == "equal":
            found |= {now[j + n]["number"]: was[i + n]["number"] for n in range(i_end - i)}
        elif op == "replace":
            found |= _alike(was[i:i_end], now[j:j_end])
    return found


def _alike(was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """In their order, the next one that is like it."""
    found, at = {}, 0
    for cell in now:
        for n in range(at, min(len(was), at + 10)):
            likeness = fuzz.ratio(was[n]["text"][:LONGEST_COMPARED], cell["text"][:LONGEST_COMPARED])
            if was[n]["kind"] == cell["kind"] and likeness >= ALIKE:
                found[cell["number"]] = was[n]["number"]
                at = n + 1
                break
    return found


def merge(
    body: str, old: Mapping[str, str], new: Sequence[tuple[str, str]], old_keys: Mapping[str, str]
) -> tuple[str, list[Kept]]:
    """`body` with its parts `old` (text by key, in order) replaced by `new` (key, text), and what was left alone.

    `old_keys`: the old key of each new one that was there before. A part that is in `body` word for word is
    replaced, or goes with its cell; one that was changed there stays. A new one comes behind the one before it.
    """
    spans = _found(body, old)
    kept: list[Kept] = []
    edits: list[tuple[int, int, str]] = []
    behind: dict[int, list[str]] = {}
    place = 0
    for key, text in new:
        before = old_keys.get(key, "")
        if before not in old:
            behind.setdefault(place, []).append(text)
        elif before in spans:
            start, place = spans[before]
            if not _same(body[start:place], text):
                edits.append((start, place, text))
        elif not _same(old[before], text):
            kept.append(Kept(key, text))
    coming = {old_keys[key] for key, _text in new if key in old_keys}
    edits += [(*spans[key], "") for key in spans if key not in coming]
    edits += [(at, at, "".join(_inserted(text, at) for text in texts)) for at, texts in behind.items()]
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
        if not text:
            while body[end : end + 1] == "\n":
                end += 1
        body = body[:start] + text + body[end:]
    return body.strip("\n") + "\n", kept


def _inserted(text: str, at: int) -> str:
    return f"\n\n{text}" if at else f"{text}\n\n"


def _same(old: str, new: str) -> bool:
    """The same but for the addresses of images whose figures are not stored yet."""
    if "](notebook:" not in new:
        return old == new
    return NEW_IMAGE.sub("]()", old) == NEW_IMAGE.sub("]()", new)


def _found(body: str, old: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Where each part stands, in order where that is so; a part that was moved as a whole is found as well."""
    spans: dict[str, tuple[int, int]] = {}
    at = 0
    for key, text in old.items():
        start = body.find(text, at)
        if start < 0:
            start = body.find(text)
        end = start + len(text)
        if start < 0 or not text or any(start < other_end and other < end for other, other_end in spans.values()):
            continue
        spans[key] = (start, end)
        at = end
    return spans
