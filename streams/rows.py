"""Items as rows of nested lists.

Made with f-strings, every text escaped, rather than in a template: a stream has some forty rows, and they were half
of its page's time (1.5 ms as a template, 0.1 ms here). The page and the answer to a tick share them.
"""

from __future__ import annotations

from decimal import Decimal
from html import escape

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from streams.models import Item, Progress
from streams.outline import Line
from streams.states import DONE, IN_PROGRESS, NOT_STARTED

KINDS = dict(Item.Kind.choices)
STATES = dict(Progress.State.choices)
CHECKED = {DONE: "true", IN_PROGRESS: "mixed", NOT_STARTED: "false"}


def hours_text(hours: Decimal) -> str:
    """'30 min', '2.5 h', '40 h', or '' for no estimate."""
    if not hours:
        return ""
    if hours < 1:
        return f"{int(hours * 60)} min"
    return f"{hours:.0f} h" if hours >= 10 or hours == int(hours) else f"{hours:.1f} h"


def item_href(base: str, line: Line) -> str:
    """The page of an item; `base` is the address of its stream's page."""
    return f"{base}items/{line.key}/"


def project_href(item: Line | Item) -> str:
    """Where the work on a project item is handed in; '' for other items, or where no such page is installed."""
    if item.kind != Item.Kind.PROJECT:
        return ""
    try:
        return reverse("projects:project", args=[item.key])
    except NoReverseMatch:
        return ""


def tree_html(lines: list[Line], base: str, signed_in: bool) -> SafeString:
    """The rows of `lines`, given in reading order, as the nested `<li>` of one list."""
    parts: list[str] = []
    for place, line in enumerate(lines):
        following = lines[place + 1].depth if place + 1 < len(lines) else lines[0].depth
        parts += "<li>", row_html(line, base, signed_in)
        parts.append(
            '<ul class="items">' if following > line.depth else "</li>" + "</ul></li>" * (line.depth - following)
        )
    return SafeString("".join(parts))


def row_html(line: Line, base: str, signed_in: bool, swap: bool = False) -> SafeString:
    """One item as a row; `swap`: sent out of band, to take the place of the row on the page."""
    href, title = escape(item_href(base, line)), escape(line.title)
    out_of_band = ' hx-swap-oob="true"' if swap else ""
    return SafeString(
        f'<div class="item" id="item-{line.pk}" data-state="{line.state}"{out_of_band}>'
        f"{_tick(line, href) if signed_in else ''}"
        f'<div class="text"><div class="line"><a class="title" id="title-{line.pk}" href="{href}">{title}</a>'
        f'<span class="meta">{_meta(line, title)}</span></div>'
        f"{_summary(line)}</div></div>"
    )


def _tick(line: Line, href: str) -> str:
    """A box to tick; of what cannot be ticked by hand, a sign of its state."""
    if line.is_parent or line.kind == Item.Kind.PROJECT:
        label, checked = STATES[line.state], CHECKED[line.state]
        return f'<span class="tick shown" role="img" aria-label="{label}" data-checked="{checked}"></span>'
    return (
        f'<button type="submit" class="tick" id="tick-{line.pk}" form="marks" formaction="{href}mark/"'
        f' hx-post="{href}mark/" name="state" value="{NOT_STARTED if line.state == DONE else DONE}"'
        f' role="checkbox" aria-checked="{CHECKED[line.state]}" aria-labelledby="title-{line.pk}"></button>'
    )


def _meta(line: Line, title: str) -> str:
    """What kind of item, how long it takes, and whether one may leave it out."""
    words = [KINDS[line.kind]] if not line.is_parent else []
    if hours := hours_text(line.total_hours):
        words.append(hours)
    meta = " · ".join(words)
    if line.optional:
        meta += ' <span class="badge">Optional</span>'
    if href := project_href(line):
        meta += f' <a href="{href}">Open the project<span class="visually-hidden">: {title}</span></a>'
    return meta


def _summary(line: Line) -> str:
    return f'<p class="summary">{escape(line.summary)}</p>' if line.summary else ""
