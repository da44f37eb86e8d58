"""What the page of a difference shows, read in few queries and put in order."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from mentorship.common.rendering.difference_html import rows_html
from projects.difference import paired
from projects.difference_html import WORDS, Cells, summary_of
from projects.difference_said import Said
from projects.models import Answer, Criterion, Difference, Round, RoundFile
from projects.notebooks import anchor_of
from projects.work import NOTEBOOK

LONGEST_OUTPUT = 30_000  # of HTML; more is read in its round
PICTURES = ("image/png", "image/jpeg")
NOT_COMPARED = "These rounds could not be compared: it was begun several times and never came to an end."
BADGES = WORDS | {"same": ("", "Unchanged")}


@dataclass
class FileChange:
    """One file of both rounds, or of one, ready to print."""

    old: RoundFile | None
    new: RoundFile | None
    kind: str
    summary: str = ""
    html: SafeString | str = ""
    error: str = ""
    said: SafeString | str = ""
    plain: tuple[str, str] | None = None
    pictures: list[tuple[str, RoundFile]] = field(default_factory=list)

    @property
    def name(self) -> str:
        names = [file.name for file in (self.old, self.new) if file]
        return " → ".join(dict.fromkeys(names))

    @property
    def badge(self) -> tuple[str, str]:
        return BADGES[self.kind]


def address(earlier: Round, later: Round) -> str:
    return reverse("projects:difference", args=[later.pk, earlier.number])


def context(earlier: Round, later: Round, row: Difference | None) -> dict[str, Any]:
    """Both rounds, the ways to other pairs, and what changed, once that is known."""
    submission = later.submission
    numbers = dict(submission.rounds.values_list("number", "pk"))
    return {
        "submission": submission,
        "project": submission.project,
        "stream": submission.project.item.stream,
        "earlier": earlier,
        "later": later,
        "numbers": list(numbers),
        "tabs": _tabs(numbers, earlier.number, later.number),
        "here": address(earlier, later),
    } | state_context(earlier, later, row)


def _tabs(numbers: dict[int, int], earlier: int, later: int) -> list[tuple[str, str, bool]]:
    """Each round with the one before it, and the last with the first."""
    known = sorted(numbers)
    pairs = list(pairwise(known))
    if len(known) > 2:
        pairs.append((known[0], known[-1]))
    if (earlier, later) not in pairs:
        pairs.append((earlier, later))
    return [
        (f"{a} → {b}", reverse("projects:difference", args=[numbers[b], a]), (a, b) == (earlier, later))
        for a, b in pairs
    ]


def state_context(earlier: Round, later: Round, row: Difference | None) -> dict[str, Any]:
    state = row.state if row else "unasked"
    said: dict[str, Any] = {"state": state, "earlier": earlier, "later": later, "here": address(earlier, later)}
    if row is None or state == Difference.State.WAITING:
        return said
    found = row.found if state == Difference.State.DONE else {"error": NOT_COMPARED}
    return said | _changes(earlier, later, found)


def _changes(earlier: Round, later: Round, found: dict[str, Any]) -> dict[str, Any]:
    said = Said(earlier, later)
    files = Files(earlier, later, said)
    changes = [files.change(entry) for entry in found.get("files", files.untold())]
    answers = _answers(found.get("answers", {}), said)
    source = [(round.repository_url, round.commit) for round in (earlier, later)]
    count = Answer.objects.filter(round=later).count()
    return {
        "error": found.get("error", ""),
        "write_up": rows_html(found["write_up"], prose=True) if found.get("write_up") else "",
        "answers": answers,
        "answers_same": max(count - len(answers), 0),
        "sources": source if source[0] != source[1] else None,
        "files": sorted(changes, key=lambda change: change.kind == "same"),
        "any": bool(
            found.get("write_up") or answers or source[0] != source[1] or any(c.kind != "same" for c in changes)
        ),
    }


def _answers(rows: dict[str, Any], said: Said) -> list[tuple[str, SafeString, SafeString]]:
    """The questions whose answers changed or were commented on, with the rows and the comments."""
    keys = {int(key) for key in rows} | said.on_criteria.keys()
    criteria = Criterion.objects.filter(pk__in=keys) if keys else []
    return [
        (
            one.question,
            rows_html(rows[str(one.pk)], prose=True) if str(one.pk) in rows else SafeString(""),
            said.on(one.pk),
        )
        for one in criteria
    ]


class Files:
    """The files of both rounds. The notebooks' HTML is read only where an output is to be shown."""

    def __init__(self, earlier: Round, later: Round, said: Said) -> None:
        self.earlier, self.later, self.said = earlier, later, said
        slim = RoundFile.objects.defer("rendered_html", "outline", "cells", "facts").filter(round__in=[earlier, later])
        self.by_key = {file.pk: file for file in slim}
        for file in self.by_key.values():
            file.round = earlier if file.round_id == earlier.pk else later

    def untold(self) -> list[dict[str, Any]]:
        """The files of rounds that could not be compared: which differ, at least."""
        files = self.by_key.values()
        pairs = paired([f for f in files if f.round is self.earlier], [f for f in files if f.round is self.later])
        return [{"old": old and old.pk, "new": new and new.pk, "kind": _kind(old, new)} for old, new in pairs]

    def change(self, entry: dict[str, Any]) -> FileChange:
        old, new = self.by_key.get(entry["old"]), self.by_key.get(entry["new"])
        change = FileChange(old, new, entry["kind"], error=entry.get("error", ""))
        if "was" in entry:
            change.plain = entry["was"], entry["now"]
        if "cells" in entry and old and new:
            change.summary = summary_of(entry["cells"])
            labels = {file.pk: str(file.round) for file in (old, new)}
            change.html = Cells(labels, self.cell_address, self.output, self.said.on_cells).html(entry["cells"])
        else:
            change.said = self.said.on_files([file.pk for file in (old, new) if file])
        if "rows" in entry:
            change.html = rows_html(entry["rows"])
        if entry["kind"] == "changed" and old and new and {old.content_type, new.content_type} <= set(PICTURES):
            change.pictures = [(str(old.round), old), (str(new.round), new)]
        return change

    def cell_address(self, file: int, cell: int) -> str:
        return f"{self.by_key[file].round.get_absolute_url()}#{anchor_of(self.by_key[file])}-{cell}"

    def output(self, file: int, cell: int) -> str | None:
        html = self.outputs.get((file, cell))
        return html if html and len(html) <= LONGEST_OUTPUT else None

    @cached_property
    def outputs(self) -> dict[tuple[int, int], str]:
        """What each cell of the rendered notebooks put out, as it is shown in its round."""
        notebooks = [file.pk for file in self.by_key.values() if file.content_type == NOTEBOOK]
        rows = RoundFile.objects.filter(pk__in=notebooks, rendering="done").values_list("pk", "rendered_html")
        return {(pk, cell): html for pk, rendered in rows for cell, html in outputs_of(rendered)}


def _kind(old: RoundFile | None, new: RoundFile | None) -> str:
    if old is None or new is None:
        return "added" if old is None else "removed"
    return "same" if old.sha256 == new.sha256 else "changed"


CELL = re.compile(r'<section class="nb-cell [^>]*? id="n[0-9]+-([0-9]+)"')
OUTPUTS = '<div class="nb-outputs">'
END = re.compile(r"(?:\s|</section>|<!--/cell [0-9]+-->)+\Z")


def outputs_of(rendered: str) -> list[tuple[int, str]]:
    """The outputs of each cell, out of a notebook's HTML: no author can write the marks that are looked for."""
    starts = list(CELL.finditer(rendered))
    ends = [match.start() for match in starts[1:]] + [len(rendered)]
    found = []
    for match, end in zip(starts, ends, strict=True):
        begin = rendered.find(OUTPUTS, match.end(), end)
        if begin < 0:
            continue
        html = END.sub("", rendered[begin:end]).removesuffix("</div>")
        if html.count("<div") == html.count("</div>"):
            found.append((int(match[1]), html))
    return found
