"""Two texts compared line by line, with the words that changed. Runs in the killable process.

Which items of two sequences belong together is nbdime's answer, where both are small enough for its grid of
comparisons, and difflib's where they are not.
"""

import re
import sys
import time
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from operator import eq
from typing import Any

# jsonschema, which nbdime brings along, would build a grammar of addresses that nobody asks for here: a second or more.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

from nbdime.diffing.config import DiffConfig  # noqa: E402
from nbdime.diffing.generic import compare_strings_approximate, diff_sequence_multilevel  # noqa: E402

LARGEST_GRID = 90_000  # comparisons that nbdime makes for each of its levels
LARGEST_WORDS = 90_000
LONGEST_LINE = 2_000
PATIENCE_SECONDS = 4.0
CONTEXT = 3
WORD = re.compile(r"\w+|\s+|[^\w\s]")
LINE_LIKENESS, WORDS_LIKENESS = 0.6, 0.3

Pair = tuple[int | None, int | None]
Row = dict[str, Any]


class Patience:
    """Looking for likeness is slow on hostile input: once its time is used up, only what is equal is alike."""

    def __init__(self, seconds: float = PATIENCE_SECONDS) -> None:
        self.left = seconds

    def alike(self, old: Sequence[Hashable], new: Sequence[Hashable], likeness: float) -> bool:
        if old == new:
            return True
        if self.left <= 0 or not old or not new:
            return False
        begun = time.process_time()
        found = compare_strings_approximate(old, new, threshold=likeness)
        self.left -= time.process_time() - begun
        return found


def pairs(
    old: Sequence[Any],
    new: Sequence[Any],
    key: Callable[[Any], Hashable],
    predicates: Sequence[Callable[[Any, Any], bool]],
) -> list[Pair]:
    """Which item of `old` is which of `new`, in order: (i, j), (i, None) for a removed one, (None, j) for an added one.

    `predicates` from the most to the least forgiving; equal ones have an equal `key`.
    """
    ends = min(len(old), len(new))
    head = next((i for i in range(ends) if key(old[i]) != key(new[i])), ends)
    tail = next((i for i in range(ends - head) if key(old[-1 - i]) != key(new[-1 - i])), ends - head)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(before) * len(after) <= LARGEST_GRID:
        middle = _by_nbdime(before, after, predicates)
    else:
        middle = _by_difflib([key(one) for one in before], [key(one) for one in after])
    found: list[Pair] = [(i, i) for i in range(head)]
    found += [(None if i is None else i + head, None if j is None else j + head) for i, j in middle]
    return found + [(len(old) - i, len(new) - i) for i in range(tail, 0, -1)]


def _by_nbdime(old: Sequence[Any], new: Sequence[Any], predicates: Sequence[Callable[[Any, Any], bool]]) -> list[Pair]:
    # Only how the sequences are aligned is asked for; what is inside of an item is compared elsewhere.
    config = DiffConfig(predicates={"/": list(predicates)}, differs={"/*": lambda *_, **__: []})
    found: list[Pair] = []
    i = j = 0
    for entry in diff_sequence_multilevel(list(old), list(new), path="", config=config):
        while i < entry.key:
            found.append((i, j))
            i, j = i + 1, j + 1
        if entry.op == "addrange":
            found += [(None, j + n) for n in range(len(entry.valuelist))]
            j += len(entry.valuelist)
        else:
            found += [(i + n, None) for n in range(entry.length)]
            i += entry.length
    found += zip(range(i, len(old)), range(j, len(new)), strict=True)
    return _removed_first(found)


def _removed_first(found: list[Pair]) -> list[Pair]:
    """What was removed stands before what was added in its place."""
    ordered: list[Pair] = []
    for _one_sided, group in groupby(found, key=lambda pair: None in pair):
        ordered += sorted(group, key=lambda pair: pair[0] is None)
    return ordered


def _by_difflib(old: list[Hashable], new: list[Hashable]) -> list[Pair]:
    found: list[Pair] = []
    # What stands there hundreds of times aligns nothing, and would take quadratic time: difflib leaves it aside.
    for op, i, i_end, j, j_end in SequenceMatcher(None, old, new).get_opcodes():
        if op == "equal":
            found += zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            found += [(n, None) for n in range(i, i_end)]
            found += [(None, n) for n in range(j, j_end)]
    return found


def compare_lines(old: str, new: str, patience: Patience) -> list[Row]:
    """The lines of both texts as rows, long stretches without a change left out; none when the texts are equal."""
    if old == new:
        return []
    was, now = lines_of(old), lines_of(new)
    words = {line: tuple(WORD.findall(line)) for line in {*was, *now} if len(line) <= LONGEST_LINE}

    known: dict[tuple[str, str], bool] = {}

    def alike(a: str, b: str) -> bool:
        if (a, b) not in known:  # nbdime insists on the same answer to the same question
            short = a in words and b in words
            known[a, b] = a == b or (short and patience.alike(words[a], words[b], LINE_LIKENESS))
        return known[a, b]

    rows = [_row(was, now, i, j, words) for i, j in pairs(was, now, str, [alike, eq])]
    return _without_long_stretches(rows)


def lines_of(text: str) -> list[str]:
    """As editors count them; an end of line at the very end begins no line."""
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _row(was: list[str], now: list[str], i: int | None, j: int | None, words: dict[str, tuple[str, ...]]) -> Row:
    if i is None or j is None:
        kind = "added" if i is None else "removed"
        return {"kind": kind, **one_sided(was[i] if i is not None else None, now[j] if j is not None else None, i, j)}
    if was[i] == now[j]:
        return {"kind": "same", **one_sided(None, now[j], i, j)}
    marks = word_marks(words[was[i]], words[now[j]])
    return {"kind": "changed", **one_sided(was[i], now[j], i, j), "was_marks": marks[0], "now_marks": marks[1]}


def one_sided(was: str | None, now: str | None, i: int | None, j: int | None) -> Row:
    """What every row holds. Lines count from 1."""
    old, new = None if i is None else i + 1, None if j is None else j + 1
    return {"old": old, "new": new, "was": was, "now": now}


def word_marks(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[list[list[int]], list[list[int]]]:
    """Where in each line the words changed, as [start, end); nothing where hardly a word stayed."""
    if len(old) * len(new) > LARGEST_WORDS:
        return [], []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < WORDS_LIKENESS:
        return [], []
    was: list[list[int]] = []
    now: list[list[int]] = []
    for op, i, i_end, j, j_end in matcher.get_opcodes():
        if op != "equal":
            _mark(was, old, i, i_end)
            _mark(now, new, j, j_end)
    return was, now


def _mark(marks: list[list[int]], words: tuple[str, ...], first: int, end: int) -> None:
    start = sum(map(len, words[:first]))
    length = sum(map(len, words[first:end]))
    if length:
        marks.append([start, start + length])


def _without_long_stretches(rows: list[Row]) -> list[Row]:
    """Of unchanged lines only those next to a change stay; what is left out is counted."""
    near = [False] * len(rows)
    for index, row in enumerate(rows):
        if row["kind"] != "same":
            for there in range(max(0, index - CONTEXT), min(len(rows), index + CONTEXT + 1)):
                near[there] = True
    kept: list[Row] = []
    for index, row in enumerate(rows):
        if near[index] or _alone(near, index):
            kept.append(row)
        elif kept and kept[-1]["kind"] == "skipped":
            kept[-1]["count"] += 1
        else:
            kept.append({"kind": "skipped", "count": 1, "old": row["old"], "new": row["new"]})
    return kept


def _alone(near: list[bool], index: int) -> bool:
    """One line by itself is shown: saying that it is left out takes as much room."""
    around = (near[index - 1] if index else True, near[index + 1] if index + 1 < len(near) else True)
    return all(around)
