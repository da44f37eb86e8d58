"""What the pages of streams show, prepared outside the templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString

from streams.models import Item, Stream
from streams.outline import Line, Outline, Section
from streams.rings import ring
from streams.rows import CHECKED, KINDS, STATES, hours_text, item_href, project_href, row_html, tree_html
from streams.states import DONE, IN_PROGRESS, NOT_STARTED


@dataclass(slots=True)
class Meter:
    """A ring with its words, of the stream; `swap`: sent out of band."""

    ring: SafeString
    done: int
    required: int
    hours_left: str
    finished: bool
    swap: bool


def stream_context(outline: Outline, signed_in: bool) -> dict[str, Any]:
    """Everything that the page of a stream shows."""
    base = outline.stream.get_absolute_url()
    units = SafeString("".join(_section_html(section, base, signed_in) for section in outline.sections))
    return {"units": units, "hours": hours_text(outline.tally.hours)} | progress_context(outline)


def _section_html(section: Section, base: str, signed_in: bool) -> str:
    """One unit with its ring and its rows; by hand as the rows are, see rows.py."""
    unit = section.unit
    summary = f'<p class="soft measure">{escape(unit.summary)}</p>' if unit.summary else ""
    return (
        f'<section class="unit" aria-labelledby="unit-{unit.pk}"><header>'
        f'<h2 id="unit-{unit.pk}">{escape(unit.title)}</h2>{_unit_html(section) if signed_in else ""}</header>'
        f'{summary}<ul class="items">{tree_html(section.lines, base, signed_in)}</ul></section>\n'
    )


def _unit_html(section: Section, swap: bool = False) -> SafeString:
    """The ring of a unit and its words; `swap`: sent out of band."""
    count, out_of_band = section.tally, ' hx-swap-oob="true"' if swap else ""
    return SafeString(
        f'<p class="ringed" id="unit-{section.unit.pk}-progress"{out_of_band}>'
        f"{ring(count.done, count.required, section.unit.title)}"
        f' <span class="number">{count.done} of {count.required}<span class="visually-hidden"> done</span></span></p>'
    )


def progress_context(outline: Outline, swap: bool = False) -> dict[str, Any]:
    """The stream's own progress: its ring, and what is next."""
    return {
        "stream": outline.stream,
        "progress": _meter(outline, swap),
        "next": _link(outline, outline.next_line),
    }


def marked_context(outline: Outline, line: Line) -> dict[str, Any]:
    """What follows a mark on the page: the row itself, those above it, the unit's ring, the stream's progress."""
    base = outline.stream.get_absolute_url()
    above = [row_html(parent, base, True, swap=True) for parent in line.above()]
    return {
        "rows": [row_html(line, base, True), *above],
        "unit_progress": _unit_html(outline.section_of(line), swap=True),
    } | progress_context(outline, swap=True)


def item_context(item: Item, outline: Outline, line: Line | None, signed_in: bool) -> dict[str, Any]:
    """Everything that the page of an item shows; `line` is None for an item that has left the curriculum."""
    base = outline.stream.get_absolute_url()
    context: dict[str, Any] = {
        "item": item,
        "stream": outline.stream,
        "stream_href": base,
        "kind": KINDS[item.kind],
        "hours": hours_text(line.total_hours if line else item.hours),
        "link_text": link_text(item),
        "project_href": project_href(item),
    }
    if line is None:
        return context
    before, after = outline.neighbours(line)
    return context | progress_context(outline) | {
        "line": line,
        "href": item_href(base, line),
        "state_label": STATES[line.state],
        "checked": CHECKED[line.state],
        "choices": state_choices(line),
        "parents": [_link(outline, parent) for parent in reversed(line.above())],
        "unit": outline.section_of(line).unit,
        "parts": tree_html([part for part in line.walk() if part is not line], base, signed_in),
        "before": _link(outline, before),
        "after": _link(outline, after),
    }  # fmt: skip


def link_text(item: Item) -> str:
    """'Read at example.org': what following the link means, and where it leads."""
    host = (urlsplit(item.url).hostname or "").removeprefix("www.")
    verb = "Watch at" if item.kind == Item.Kind.VIDEO else "Go to"
    if item.kind in (Item.Kind.READING, Item.Kind.PAPER):
        verb = "Read at"
    return f"{verb} {host}"


def state_choices(line: Line) -> list[dict[str, Any]]:
    """The states that a person may give the item by hand, in order; empty for a parent and an accepted project."""
    is_project = line.kind == Item.Kind.PROJECT
    if line.is_parent or (is_project and line.state == DONE):
        return []
    states = (NOT_STARTED, IN_PROGRESS) if is_project else (NOT_STARTED, IN_PROGRESS, DONE)
    return [{"value": state, "label": STATES[state], "chosen": state == line.state} for state in states]


def card_context(streams: Iterable[Stream], progress: dict[int, Any]) -> list[dict[str, Any]]:
    """The streams as cards; `progress` by stream id, empty for a visitor."""
    cards = []
    for stream in streams:
        own = progress.get(stream.pk)
        following = own.next_item if own and own.done else None
        cards.append({
            "stream": stream,
            "href": stream.get_absolute_url(),
            "items": stream.required,  # type: ignore[attr-defined]
            "projects": stream.projects,  # type: ignore[attr-defined]
            "hours": hours_text(stream.hours or Decimal(0)),  # type: ignore[attr-defined]
            "ring": ring(own.done, own.required, stream.title) if own else "",
            "next": {"title": following.title, "href": following.get_absolute_url()} if following else None,
        })  # fmt: skip
    return cards


def _link(outline: Outline, line: Line | None) -> dict[str, str] | None:
    return {"title": line.title, "href": item_href(outline.stream.get_absolute_url(), line)} if line else None


def _meter(outline: Outline, swap: bool) -> Meter:
    count = outline.tally
    return Meter(
        ring=ring(count.done, count.required, outline.stream.title),
        done=count.done,
        required=count.required,
        hours_left=hours_text(count.hours_left),
        finished=count.finished,
        swap=swap,
    )
