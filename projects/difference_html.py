"""The cells of a difference as HTML: written out, every text escaped, since there may be thousands."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from mentorship.common.rendering.difference_html import count_of, rows_html

Entry = dict[str, Any]

KINDS = {"code": "Code cell", "markdown": "Text cell", "raw": "Raw cell"}
WORDS = {
    "changed": ("accent", "Changed"),
    "added": ("good", "Added"),
    "removed": ("bad", "Removed"),
    "moved": ("accent", "Moved"),
}
LONG = 40  # lines of a cell that only one round has: beyond that it is folded


class Cells:
    """The cells of two notebooks. `address` and `outputs` say where a file's cell is read, and what it put out."""

    def __init__(
        self,
        labels: dict[int, str],
        address: Callable[[int, int], str],
        outputs: Callable[[int, int], str | None],
        comments: Mapping[tuple[int, int], str],
    ) -> None:
        self.old, self.new = labels
        self.labels, self.address, self.outputs, self.comments = labels, address, outputs, comments

    def html(self, entries: list[Entry]) -> SafeString:
        return SafeString("\n".join([self._entry(entry) for entry in entries]))

    def _entry(self, entry: Entry) -> str:
        kind, old, new = entry["kind"], entry["old"], entry["new"]
        if kind == "same":
            return self._same(old, new, entry["count"])
        if kind == "left":
            to = f'<a href="#d{self.new}-{new}">cell {new}</a>'
            return f'<p class="diff-skip">Cell {old} moved: it is {to} now</p>' + self._said(old, None)
        colour, word = WORDS[kind]
        edited = " and changed" if kind == "moved" and (entry["rows"] or entry["outputs"]) else ""
        ident = f"d{self.new}-{new}" if new else f"d{self.old}-{old}"
        return (
            f'<section class="diff-cell" id="{ident}" aria-label="{KINDS[entry["cell"]]} {new or old}, {word.lower()}">'
            f'<p class="diff-head"><span class="badge {colour}">{word}{edited}</span>'
            f"<span>{KINDS[entry['cell']]} {self._numbers(old, new)}</span></p>"
            f"{self._source(entry)}{self._outputs(entry)}{self._said(old, new)}</section>"
        )

    def _same(self, old: int, new: int, count: int) -> str:
        """A run of cells without a change; those that something was said of are listed with it."""
        cells = f"Cell {new}" if count == 1 else f"Cells {new} to {new + count - 1}"
        link = f'<a href="{self.address(self.new, new)}">{cells}</a>'
        said = "".join([self._said(old + n, new + n, named=True) for n in range(count)])
        return f'<p class="diff-skip">{link} did not change</p>{said}'

    def _numbers(self, old: int | None, new: int | None) -> str:
        was = (
            f'<a href="{self.address(self.old, old)}" aria-label="Cell {old} of the earlier round">{old}</a>'
            if old
            else ""
        )
        now = (
            f'<a href="{self.address(self.new, new)}" aria-label="Cell {new} of the later round">{new}</a>'
            if new
            else ""
        )
        return f"{was} → {now}" if was and now else was or now

    def _source(self, entry: Entry) -> str:
        rows = entry["rows"]
        if not rows:
            head = f'<p class="diff-first"><code>{escape(entry["head"])}</code></p>' if entry["head"] else ""
            if entry["kind"] == "changed" and not entry["outputs"]:
                return f'{head}<p class="soft small">A picture in it changed.</p>'
            return head
        html = rows_html(rows, prose=entry["cell"] == "markdown")
        if entry["kind"] in ("added", "removed") and len(rows) > LONG:
            return f'<details class="diff-fold"><summary>{count_of(len(rows), "line")}</summary>{html}</details>'
        return html

    def _outputs(self, entry: Entry) -> str:
        """What the cell put out, folded: both sides where that changed, one where only one round has the cell."""
        kind, old, new = entry["kind"], entry["old"], entry["new"]
        if kind in ("changed", "moved") and not entry["outputs"]:
            return ""
        was = self._side(self.old, old) if entry["old_outputs"] else ""
        now = self._side(self.new, new) if entry["new_outputs"] else ""
        if not was and not now:
            return ""
        words = "Output changed" if was and now else "Output"
        if kind in ("changed", "moved") and not (was and now):
            words = "Output is new" if now else "Output is gone"
        return (
            f'<details class="diff-fold"><summary>{words}</summary><div class="diff-sides">{was}{now}</div></details>'
        )

    def _side(self, file: int, cell: int) -> str:
        label = self.labels[file]
        html = self.outputs(file, cell)
        if html is None:
            html = f'<p class="small"><a href="{self.address(file, cell)}">Read it in its round</a></p>'
        return f'<div><p class="soft small">{label}</p>{html}</div>'

    def _said(self, old: int | None, new: int | None, *, named: bool = False) -> str:
        """The comments on this cell, in either round."""
        was = self.comments.get((self.old, old), "") if old else ""
        now = self.comments.get((self.new, new), "") if new else ""
        if not was and not now:
            return ""
        head = f'<p class="soft small">On cell {new}</p>' if named else ""
        return f'<div class="diff-said">{head}{was}{now}</div>'


def summary_of(entries: list[Entry]) -> str:
    """'2 cells changed, 1 added', of the cells of a notebook."""
    counts = {
        kind: sum(entry["kind"] == kind for entry in entries) for kind in ("changed", "added", "removed", "moved")
    }
    said = [f"{number} {kind}" for kind, number in counts.items() if number]
    if not said:
        return "No cell changed"
    number, _, rest = said[0].partition(" ")
    return f"{number} {'cell' if number == '1' else 'cells'} {rest}" + "".join(f", {other}" for other in said[1:])
