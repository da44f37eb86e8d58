"""Under each cell of a file in the workspace: what is said of it so far, and the button that opens one place more."""

import re
from collections.abc import Callable, Iterable

from django.utils.safestring import SafeString

from projects.draft import Draft, Said, new_key
from projects.models import RoundFile
from projects.slots import FORM, said_html

PLACE = re.compile("([0-9]{1,18})-([0-9]{1,7})")
CELL = '<section class="nb-cell'  # how each cell of a rendered file begins; nothing of the author's can be a section
END = "</section>"


def place_asked(text: str) -> tuple[int, int] | None:
    """The file and the cell that '12-5' names, where one wants to write without scripts."""
    found = PLACE.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def with_slots(file: RoundFile, draft: Draft, at: tuple[int, int] | None = None) -> SafeString:
    """The rendered file with its places; one that is still empty on the cell that is asked for by `at`."""
    said: dict[int, list[Said]] = {}
    for one in draft.on_file(file.pk):
        said.setdefault(one.cell or 0, []).append(one)
    if at is not None and at[0] == file.pk:
        said.setdefault(at[1], []).append(Said(new_key(), "", file=file.pk, cell=at[1]))
    return after_cells(file.rendered_html, lambda number: tail_html(file, number, said.get(number, ())))


def after_cells(html: str, tail: Callable[[int], str]) -> SafeString:
    """A rendered file with `tail(number)` at the end of each cell, counted from 1."""
    head, *cells = html.split(CELL)
    parts = [head]
    for number, cell in enumerate(cells, 1):
        inner, end, rest = cell.rpartition(END)
        parts.append(f"{CELL}{inner}{tail(number)}{end}{rest}")
    return SafeString("".join(parts))  # the file was sanitized when it was rendered, the tails are ours


def tail_html(file: RoundFile, number: int, said: Iterable[Said]) -> str:
    places = "".join([said_html(one, count, f"cell {number}") for count, one in enumerate(said, 1)])
    return (
        (f'<div class="cell-said stack tight">{places}</div>' if places else "")
        + f'<button class="cell-comment" type="submit" {FORM} name="at" value="{file.pk}-{number}" data-do="comment">'
        f'Comment<span class="visually-hidden"> on cell {number}</span></button>'
    )
