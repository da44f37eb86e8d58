"""Two notebooks compared cell by cell. Runs in the killable process.

nbdime aligns the cells, by their ids first, then by what is equal, then by what is alike; lines are compared
afterwards. Cells that nbdime finds removed in one place and added in another have moved.
"""

import hashlib
import json
import re
from collections import Counter
from typing import Any

from mentorship.common.rendering.difference_lines import (
    WORD,
    Pair,
    Patience,
    Row,
    compare_lines,
    lines_of,
    one_sided,
    pairs,
)
from mentorship.common.rendering.notebook_file import read_notebook

CELL_LIKENESS, MOVED_LIKENESS = 0.55, 0.7
LONGEST_COMPARED = 2_000  # by this much of its beginning a cell is known again
MOST_MOVED = 50
FEWEST_WORDS = 8
LONGEST_SOURCE = 200_000
MOST_TEXT = 300_000  # of one comparison; what goes beyond is named, not shown
MOST_LINES_ALONE = 400
MEMORY_ADDRESS = re.compile(r" at 0x[0-9a-f]{6,16}")

Cell = dict[str, Any]
Entry = dict[str, Any]


def cells_of(raw: bytes) -> list[Cell]:
    """The cells of a notebook file, with a fingerprint of what each says and of what it put out."""
    notebook = read_notebook(raw)
    ids = _ids(raw)
    if len(ids) != len(notebook.cells):
        ids = [""] * len(notebook.cells)
    return [
        {
            "id": ident,
            "kind": cell.kind,
            "source": cell.source[:LONGEST_SOURCE],
            "words": tuple(word for word in WORD.findall(cell.source[:LONGEST_COMPARED]) if not word.isspace()),
            "digest": _fingerprint([cell.kind, cell.source, cell.attachments]),
            "outputs": _fingerprint(cell.outputs) if cell.outputs else "",
        }
        for ident, cell in zip(ids, notebook.cells, strict=True)
    ]


def _ids(raw: bytes) -> list[str]:
    """The cells' own ids, where the notebook has them; one that stands there twice is nobody's."""
    cells = json.loads(raw.decode("utf-8-sig")).get("cells")
    ids = [cell.get("id") for cell in cells] if isinstance(cells, list) else []
    once = Counter(one for one in ids if isinstance(one, str))
    return [one if isinstance(one, str) and once[one] == 1 else "" for one in ids]


def _fingerprint(what: Any) -> str:
    """Where an object lay in memory, which is new with each run, is no change."""
    said = MEMORY_ADDRESS.sub(" at 0x", json.dumps(what, sort_keys=True))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class Comparison:
    """Two lists of cells being compared."""

    def __init__(self, old: list[Cell], new: list[Cell], patience: Patience) -> None:
        self.old, self.new = old, new
        self.patience = patience
        self.known: dict[tuple[str, str], bool] = {}
        self.written = 0

    def entries(self) -> list[Entry]:
        """What became of each cell, in the order of both notebooks."""
        aligned = pairs(self.old, self.new, _digest, [self.alike, _equal, _same_id])
        moved = self.moved(aligned)
        away = {i: j for j, i in moved.items()}
        found = [self.entry(i, j, moved, away) for i, j in aligned]
        return _runs_joined(found)

    def alike(self, a: Cell, b: Cell) -> bool:
        """Asked twice it says the same, however much patience is left: nbdime insists on that."""
        if (key := (a["digest"], b["digest"])) not in self.known:
            same_kind = a["kind"] == b["kind"]
            self.known[key] = same_kind and self.patience.alike(a["words"], b["words"], CELL_LIKENESS)
        return self.known[key]

    def moved(self, aligned: list[Pair]) -> dict[int, int]:
        """The old place of each cell that stands elsewhere now: the same id, else the very same content."""
        gone = [i for i, j in aligned if j is None and i is not None]
        come = [j for i, j in aligned if i is None and j is not None]
        found: dict[int, int] = {}
        for name in ("id", "digest"):
            once = Counter(self.old[i][name] for i in gone), Counter(self.new[j][name] for j in come)
            places = {self.old[i][name]: i for i in gone if self.old[i]["source"].strip()}
            for j in come:
                key = self.new[j][name]
                if not key or key not in places or not once[0][key] == once[1][key] == 1:
                    continue
                if self.old[places[key]]["kind"] == self.new[j]["kind"]:
                    found[j] = places[key]
            gone = [i for i in gone if i not in found.values()]
            come = [j for j in come if j not in found]
        return found | self.moved_and_changed(gone[:MOST_MOVED], come[:MOST_MOVED])

    def moved_and_changed(self, gone: list[int], come: list[int]) -> dict[int, int]:
        """Those that were also edited on the way; of text only where most of it stayed."""
        found: dict[int, int] = {}
        for j in come:
            i = next((i for i in gone if self._edited(self.old[i], self.new[j])), None)
            if i is not None:
                found[j] = i
                gone.remove(i)
        return found

    def _edited(self, a: Cell, b: Cell) -> bool:
        if a["kind"] != b["kind"] or min(len(a["words"]), len(b["words"])) < FEWEST_WORDS:
            return False
        return self.patience.alike(a["words"], b["words"], MOVED_LIKENESS)

    def entry(self, i: int | None, j: int | None, moved: dict[int, int], away: dict[int, int]) -> Entry:
        """One cell of both notebooks, or of one."""
        if i is not None and j is not None:
            same = _digest(self.old[i]) == _digest(self.new[j])
            return self._said("same", i, j) if same else self._both("changed", i, j)
        if i is not None:
            if i in away:
                return self._said("left", i, away[i])
            return self._said("removed", i, None, self._alone(self.old[i], old=True))
        if j in moved:
            return self._both("moved", moved[j], j)
        return self._said("added", None, j, self._alone(self.new[j or 0], old=False))

    def _both(self, kind: str, i: int, j: int) -> Entry:
        a, b = self.old[i], self.new[j]
        rows = self._bounded(compare_lines(a["source"], b["source"], self.patience))
        return self._said(kind, i, j, rows, outputs=a["outputs"] != b["outputs"])

    def _alone(self, cell: Cell, *, old: bool) -> list[Row]:
        """A cell that the other notebook does not have."""
        lines, kind = lines_of(cell["source"]), "removed" if old else "added"
        rows: list[Row] = [
            {"kind": kind, **(one_sided(line, None, n, None) if old else one_sided(None, line, None, n))}
            for n, line in enumerate(lines[:MOST_LINES_ALONE])
        ]
        if len(lines) > MOST_LINES_ALONE:
            rows.append({"kind": "skipped", "count": len(lines) - MOST_LINES_ALONE, "old": None, "new": None})
        return self._bounded(rows)

    def _bounded(self, rows: list[Row]) -> list[Row]:
        """The rows, until all that is written is too much for one page."""
        self.written += sum(len(row.get("was") or "") + len(row.get("now") or "") + 40 for row in rows)
        if self.written <= MOST_TEXT or not rows:
            return rows
        return [{"kind": "too_long", "count": len(rows), "old": None, "new": None}]

    def _said(
        self, kind: str, i: int | None, j: int | None, rows: list[Row] | None = None, *, outputs: bool = False
    ) -> Entry:
        cell = self.new[j] if j is not None else self.old[i or 0]
        return {
            "kind": kind,
            "cell": cell["kind"],
            "head": next((line.strip()[:80] for line in lines_of(cell["source"]) if line.strip()), ""),
            "old": None if i is None else i + 1,
            "new": None if j is None else j + 1,
            "count": 1,
            "rows": rows or [],
            "outputs": outputs,
            "old_outputs": bool(i is not None and self.old[i]["outputs"]),
            "new_outputs": bool(j is not None and self.new[j]["outputs"]),
        }


def _digest(cell: Cell) -> tuple[str, str]:
    return cell["digest"], cell["outputs"]


def _equal(a: Cell, b: Cell) -> bool:
    return bool(a["digest"] == b["digest"])


def _same_id(a: Cell, b: Cell) -> bool:
    return bool(a["id"] and a["id"] == b["id"] and a["kind"] == b["kind"])


def _runs_joined(entries: list[Entry]) -> list[Entry]:
    """Cells without a change that follow each other are one entry, which counts them."""
    found: list[Entry] = []
    for entry in entries:
        if found and entry["kind"] == found[-1]["kind"] == "same":
            found[-1]["count"] += 1
        else:
            found.append(entry)
    return found
