"""Where a comment's cell is in another round: followed by what stands in it, then by its id, then by likeness.

Cells are entries of `RoundFile.cells`; they are counted from 1. A text file is one cell of the kind 'text'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.distance import Indel

State = Literal["same", "moved", "changed", "gone"]
Cell = dict[str, Any]

LONGEST_QUOTE = 4000
ALIKE = 0.6  # of the characters: below that a cell is another one
COMPARED = 2000  # characters of a cell that likeness is measured on
TRIED = 30  # cells that likeness is measured for


@dataclass(frozen=True)
class Anchor:
    """A cell of an earlier round, or some of its lines."""

    cell: int
    cell_id: str = ""
    digest: str = ""
    quote: str = ""
    line_from: int | None = None
    line_to: int | None = None


@dataclass(frozen=True)
class Place:
    """Where that is in the other round. A changed cell has lines only while those stand in it as they were."""

    state: State
    cell: int | None = None
    line_from: int | None = None
    line_to: int | None = None


def carry(anchor: Anchor, after: Sequence[Cell], before: Sequence[Cell] = ()) -> Place:
    """Where `anchor` is among the cells `after`; `before` are the cells that it was among, if they are known."""
    number = _same(anchor, after)
    if number is not None:
        state: State = "same" if number == anchor.cell else "moved"
        return Place(state, number, anchor.line_from, anchor.line_to)
    number = _by_id(anchor, after) or _alike(anchor, after, before)
    if number is None:
        return Place("gone")
    lines = _same_lines(anchor, after[number - 1])
    return Place("changed", number, *lines)


def cell_at(cells: Sequence[Cell], number: int | None) -> Cell | None:
    return cells[number - 1] if number is not None and 1 <= number <= len(cells) else None


def line_count(cell: Cell) -> int:
    return cell["source"].count("\n") + 1


def quoted(cell: Cell, line_from: int | None, line_to: int | None) -> str:
    """The lines, or the whole cell; not more of it than a reader wants to see again."""
    lines = cell["source"].split("\n")
    chosen = lines[line_from - 1 : line_to] if line_from is not None else lines
    return "\n".join(chosen)[:LONGEST_QUOTE].replace("\x00", "")


def lines_text(line_from: int | None, line_to: int | None) -> str:
    """'3-7', '3', or '' for a whole cell: as the form says it."""
    if line_from is None or line_to is None:
        return ""
    return str(line_from) if line_from == line_to else f"{line_from}-{line_to}"


def _same(anchor: Anchor, after: Sequence[Cell]) -> int | None:
    """The cell with the same content; of several the one with the same id, or the nearest."""
    found = [number for number, cell in enumerate(after, 1) if anchor.digest and cell["digest"] == anchor.digest]
    if not found:
        return None
    by_id = [number for number in found if anchor.cell_id and after[number - 1]["id"] == anchor.cell_id]
    return min(by_id or found, key=lambda number: abs(number - anchor.cell))


def _by_id(anchor: Anchor, after: Sequence[Cell]) -> int | None:
    if len(after) == 1 and after[0]["kind"] == "text":
        return 1
    ids = [number for number, cell in enumerate(after, 1) if anchor.cell_id and cell["id"] == anchor.cell_id]
    return ids[0] if len(ids) == 1 else None


def _alike(anchor: Anchor, after: Sequence[Cell], before: Sequence[Cell]) -> int | None:
    """The most similar of the cells that are new or changed, near to where it was."""
    was = cell_at(before, anchor.cell)
    source, kind = (was["source"], was["kind"]) if was else (anchor.quote, None)
    if not source.strip():
        return None
    old = {cell["digest"] for cell in before}
    near = sorted(
        (number for number, cell in enumerate(after, 1) if cell["digest"] not in old and kind in (None, cell["kind"])),
        key=lambda number: abs(number - anchor.cell),
    )[:TRIED]
    best, likeness = None, ALIKE
    for number in near:
        found = Indel.normalized_similarity(source[:COMPARED], after[number - 1]["source"][:COMPARED])
        if found > likeness:
            best, likeness = number, found
    return best


def _same_lines(anchor: Anchor, cell: Cell) -> tuple[int | None, int | None]:
    """Where the quoted lines stand in a cell that changed around them."""
    if anchor.line_from is None or not anchor.quote.strip():
        return None, None
    wanted, lines = _bare(anchor.quote), _bare(cell["source"])
    starts = [at for at in range(len(lines) - len(wanted) + 1) if lines[at : at + len(wanted)] == wanted]
    if not starts:
        return None, None
    first = min((at + 1 for at in starts), key=lambda line: abs(line - (anchor.line_from or 1)))
    return first, first + len(wanted) - 1


def _bare(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]
