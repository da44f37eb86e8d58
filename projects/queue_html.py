"""The rows of a queue's page as HTML: a template for them took longer than all else of the page."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from html import escape
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.safestring import SafeString

from mentorship.common.times import stamp_html
from projects.queue_rows import Row

if TYPE_CHECKING:
    from projects.queue import Queue


def rows_html(rows: list[Row], queue: "Queue", tab: str, at: datetime) -> SafeString:
    """The rows as list items, every text escaped."""
    now, zone = at.timestamp(), timezone.get_current_timezone()
    names = {project.pk: f"Stream {project.stream}, {escape(project.label)}" for project in queue.projects}
    titles, mentees = _escaped(row.title for row in rows), _escaped(row.mentee for row in rows)
    me, shown = queue.mentor.pk, zip(rows, titles, mentees, strict=False)
    return SafeString(
        "".join([
            _row_html(row, title, mentee, names[row.project], row.membership in queue.own, me, tab, now, zone)
            for row, title, mentee in shown
        ])
    )  # fmt: skip


def _escaped(texts: Iterable[str]) -> list[str]:
    """Each text escaped, in one call: short texts cost a call more than they are long. None holds a NUL."""
    return escape("\0".join(texts)).split("\0")


def _row_html(
    row: Row, title: str, mentee: str, project: str, own: bool, me: int, tab: str, now: float, zone: tzinfo
) -> str:
    """One row; `title`, `mentee` and `project` are escaped."""
    holder = row.claimed_by if row.until and row.until > now else None
    mine = holder is not None and holder == me
    # The title of a stranger's work is all that the queue shows; claiming it opens it.
    if own or mine or tab in ("them", "done"):
        shown = f'<a class="title" href="/submissions/{row.submission}/">{title}</a>'
    else:
        shown = f'<span class="title">{title}</span>'
    late_row, late_since, word = (' class="late"', "badge warn", "Late: ") if row.late else ("", "soft", "")
    badge = ' <span class="badge accent">Your mentee</span>' if own else ""
    badge += ' <span class="badge good">First hand-in</span>' if row.first_ever else ""
    badge += ' <span class="badge bad">Help wanted</span>' if row.help_wanted and row.round else ""
    return (
        f'\n<li data-row{late_row}><div class="main">{shown}<div class="meta">{project}, '
        f"round {row.number}. {mentee}{badge}</div></div>"
        f'<span class="since {late_since}">{word}{stamp_html(row.since, now, zone)}</span>'
        f"{_way_in(row, title, mentee, holder, mine, now, zone)}</li>"
    )


def _way_in(row: Row, title: str, mentee: str, holder: int | None, mine: bool, now: float, zone: tzinfo) -> str:
    """To the review of what one holds, or a button to claim what nobody does; `title` and `mentee` are escaped."""
    if mine and row.until:
        return (
            f'<span class="soft small">yours, ends {stamp_html(row.until, now, zone)}</span>'
            f'<a class="button small primary" href="/rounds/{row.round}/review/">Review</a>'
        )
    if holder and row.until:
        name = escape(row.holder or "")
        return f'<span class="soft small">{name} has it, ends {stamp_html(row.until, now, zone)}</span>'
    if row.round:
        return (
            f'<button class="button small" type="submit" formaction="/rounds/{row.round}/claim/">Claim'
            f'<span class="visually-hidden"> {title} by {mentee}</span></button>'
        )
    return ""
