"""The rows of a difference as HTML: written out, every text escaped, since there may be thousands."""

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString

Row = dict[str, Any]


def rows_html(rows: Iterable[Row], *, prose: bool = False) -> SafeString:
    """Lines side by side where there is room, one below the other where not. Numbers come from the stylesheet."""
    parts: list[str] = []
    for one_side, group in groupby(rows, key=lambda row: row["kind"] in ("removed", "added")):
        same_kind = list(group)
        parts += [_replaced(same_kind)] if one_side else map(_row, same_kind)
    return SafeString(f'<div class="diff{" diff-prose" if prose else ""}" hx-disable>{"".join(parts)}</div>')


def _row(row: Row) -> str:
    if row["kind"] == "skipped":
        return f'<p class="diff-skip">{count_of(row["count"], "line")} not shown</p>'
    if row["kind"] == "too_long":
        return '<p class="diff-skip">Too long to be shown here: read it in its round</p>'
    if row["kind"] == "same":
        text = escape(row["now"], quote=False)
        was = f'<span data-n="{row["old"]}" aria-hidden="true">{text}</span>'
        return f'<div class="diff-row same">{was}<span data-n="{row["new"]}">{text}</span></div>'
    was = f'<del data-n="{row["old"]}">{_marked(row["was"], row["was_marks"])}</del>'
    return f'<div class="diff-row">{was}<ins data-n="{row["new"]}">{_marked(row["now"], row["now_marks"])}</ins></div>'


def _replaced(rows: list[Row]) -> str:
    """Lines that only one side has: those that went, beside those that came."""
    was = [
        f'<del data-n="{row["old"]}">{escape(row["was"], quote=False)}</del>' for row in rows if row["was"] is not None
    ]
    now = [
        f'<ins data-n="{row["new"]}">{escape(row["now"], quote=False)}</ins>' for row in rows if row["now"] is not None
    ]
    return f'<div class="diff-row"><div>{"".join(was)}</div><div>{"".join(now)}</div></div>'


def _marked(text: str, marks: list[list[int]]) -> str:
    """The words that changed stand out."""
    parts, at = [], 0
    for start, end in marks:
        parts += [escape(text[at:start], quote=False), "<b>", escape(text[start:end], quote=False), "</b>"]
        at = end
    return "".join(parts) + escape(text[at:], quote=False)


def count_of(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
