"""Comments with what is said under them, written out: where they are made, and in place in later rounds.

Written in Python, every text escaped: a round may have a hundred of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from mentorship.common import clock
from mentorship.common.times import time_html
from mentorship.people.models import User
from projects.models import Carried, Comment, Remark, RoundFile, Submission
from projects.work import NOTEBOOK

QUOTED_LINES = 12
BIG = ("rendered_html", "outline", "cells", "facts")  # columns of a file that only its own page reads
REQUEST_BADGES = {
    "open": ("warn", "Open"),
    "addressed": ("accent", "Addressed"),
    "accepted": ("good", "Accepted"),
    "waived": ("", "Waived"),
}
BECAME = {
    "same": "",
    "moved": "was cell {was}",
    "changed": "this cell was changed since",
    "gone": "this cell is gone",
}


@dataclass
class Reader:
    """Who reads threads, and what they may do there. `forms`: by the id of what is edited, or of the thread."""

    person: User
    talks: bool
    now: datetime = field(default_factory=clock.now)
    forms: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, person: User, submission: Submission) -> "Reader":
        """Who may open the work takes part in its threads, except admins who only look."""
        talks = not person.is_admin or submission.is_by(person) or submission.approvable_by(person)
        return cls(person, talks)


def with_remarks(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    remarks = Remark.objects.select_related("author")
    rows = comments.select_related("criterion", "file").defer(*[f"file__{name}" for name in BIG])
    return rows.prefetch_related(Prefetch("remarks", remarks))


def thread_html(comment: Any, reader: Reader, *, note: str = "", quote: bool = False) -> SafeString:
    """One comment with its replies. `note` says where it is, as HTML; `quote`: with what stood there."""
    said = [_said_html(comment, comment.writer, f"comment-{comment.pk}", reader, _head(comment, note), quote)]
    said += [_said_html(one, one.author, f"remark-{one.pk}", reader) for one in comment.remarks.all()]
    form = reader.forms.get(f"thread-{comment.pk}", "")
    if not reader.forms and reader.talks and not comment.deleted_at:
        address = comment.get_absolute_url()
        form = (
            f'<p class="thread-way no-print"><a class="button small quiet" href="{address}#thread-{comment.pk}-form"'
            f' hx-get="{address}"'
            ' hx-target="closest .thread" hx-swap="outerHTML">Reply</a></p>'
        )
    kind = " blocking" if comment.blocking else ""
    return SafeString(
        f'<article class="thread{kind}" id="thread-{comment.pk}" aria-label="Comment by {escape(str(comment.writer))}">'
        f"{''.join(said)}{form}</article>\n"
    )


def _said_html(said: Any, writer: User, ident: str, reader: Reader, head: str = "", quote: bool = False) -> str:
    """A comment or a reply; deleted ones leave that word."""
    if ident in reader.forms:
        return reader.forms[ident]
    of_comment = ident.startswith("comment")
    name = f'<span class="strong">{escape(str(writer))}</span>'
    when = f'<span class="soft">{time_html(said.created_at, reader.now)}</span>' if not of_comment else ""
    ways = _ways(said, writer, reader)
    text = f'<div class="prose" hx-disable>{said.html}</div>'
    if said.deleted_at:
        text = f'<p class="soft">Deleted {time_html(said.deleted_at, reader.now)}</p>'
    quoted = quote_html(said) if quote else ""
    kind = "comment" if of_comment else "remark"
    return f'<div class="{kind}" id="{ident}"><p class="cluster small">{name}{when}{head}{ways}</p>{quoted}{text}</div>'


def _head(comment: Any, note: str) -> str:
    badge = ""
    if comment.blocking:
        request = getattr(comment, "request", None)
        kind, state = REQUEST_BADGES[request.state] if request else ("warn", "")
        badge = f'<span class="badge {kind}">Change request{": " if state else ""}{state}</span>'
    return badge + (f'<span class="soft">{note}</span>' if note else "")


def _ways(said: Any, writer: User, reader: Reader) -> str:
    """'Edited', which leads to what stood there, and the way to edit one's own."""
    parts = []
    comment = said if isinstance(said, Comment) else said.comment_id
    if said.edits and not said.deleted_at:
        key = comment.pk if isinstance(comment, Comment) else comment
        address = f"{reverse('projects:comment', args=[key])}#history"
        parts.append(f'<a class="soft" href="{address}">edited {time_html(said.edited_at, reader.now)}</a>')
    if writer.pk == reader.person.pk and not said.deleted_at:
        address = edit_address(said)
        label = "comment" if isinstance(said, Comment) else "reply"
        parts.append(
            f'<a class="no-print" href="{address}" hx-get="{address}" hx-target="closest .thread" hx-swap="outerHTML"'
            f' aria-label="Edit your {label}">Edit</a>'
        )
    return "".join(parts)


def edit_address(said: Any) -> str:
    name = "projects:edit_comment" if isinstance(said, Comment) else "projects:edit_remark"
    return reverse(name, args=[said.pk])


def place_text(comment: Comment) -> str:
    """'Cell 4, lines 3 to 7 of eda.ipynb'; '' for what is not said of a file."""
    if comment.file is None:
        return ""
    # A text file is one cell, which nobody counts.
    cell = "" if is_text(comment.file) else f"Cell {comment.cell}"
    where = ", ".join(part for part in (cell, lines_text(comment)) if part)
    return f"{where[:1].upper()}{where[1:]} of {comment.file}" if where else str(comment.file)


def is_text(file: RoundFile) -> bool:
    """Whether it is one cell of plain text."""
    return file.content_type != NOTEBOOK


def lines_text(at: Any) -> str:
    """'lines 3 to 7', 'line 3', or '' for a whole cell."""
    if at.line_from is None:
        return ""
    return f"line {at.line_from}" if at.line_from == at.line_to else f"lines {at.line_from} to {at.line_to}"


def anchor_of(file: int, cell: int | None, line: int | None) -> str:
    return f"n{file}-{cell}-L{line}" if line else f"n{file}-{cell}"


def place_link(comment: Comment, round: int) -> SafeString:
    """Where it is said, as a link into the round."""
    if comment.file_id is None:
        return SafeString("")
    anchor = anchor_of(comment.file_id, comment.cell, comment.line_from)
    address = f"{reverse('projects:round', args=[round])}#{anchor}"
    return SafeString(f'<a href="{address}">{escape(place_text(comment))}</a>')


def quote_html(comment: Comment) -> SafeString:
    """What stood there, as far as one wants to see it again."""
    if not comment.quote:
        return SafeString("")
    lines = comment.quote.split("\n")
    text = escape("\n".join(lines[:QUOTED_LINES])) + ("\n…" if len(lines) > QUOTED_LINES else "")
    return SafeString(f'<pre class="quote" tabindex="0" aria-label="What stood there"><code>{text}</code></pre>')


def place_threads(file: RoundFile, threads: dict[int, list[str]], lines: Iterable[tuple[int, int, int]] = ()) -> None:
    """Put `threads`, by cell, at the ends of the cells of the rendered `file`; mark the `lines` that they are about."""
    html = file.rendered_html
    marked = {anchor_of(file.pk, cell, line) for cell, first, last in lines for line in range(first, last + 1)}
    if marked:
        html = _LINE.sub(
            lambda found: f'<span class="line noted" id="{found[1]}">' if found[1] in marked else found[0], html
        )
    if threads:
        html = _MARKER.sub(lambda found: f"{''.join(threads.get(int(found[1]), ()))}{found[0]}", html)
    file.rendered_html = html


# Written by us alone: text of the author has its `<` escaped.
_MARKER = re.compile(r"<!--/cell ([0-9]{1,5})-->")
_LINE = re.compile(r'<span class="line" id="(n[0-9]+-[0-9]+-L[0-9]+)">')


def carried_note(row: Carried) -> str:
    """'From round 1: was cell 3': how a comment of an earlier round comes to stand here."""
    comment = row.comment
    said = BECAME[row.became].format(was=comment.cell)
    if row.became == "changed" and is_text(row.file):
        said = "the file was changed since"
    if row.became == "changed" and comment.line_from:
        said += ", these lines were not" if row.line_from else ", and these lines with it"
    return ": ".join(word for word in (f"From round {comment.review.round.number}", escape(said)) if word)


def where_now(row: Carried, file: RoundFile | None) -> SafeString:
    """'Now cell 7 of eda.ipynb, changed since', as a link within the page that shows `file`."""
    if row.cell is None or file is None:
        return SafeString("Its cell is gone from this round")
    words = {"same": "as it was", "moved": "moved", "changed": "changed since"}[row.became]
    cell = "" if is_text(file) else f"cell {row.cell} of "
    anchor = anchor_of(file.pk, row.cell, row.line_from)
    return SafeString(f'<a href="#{anchor}">Now {cell}{escape(file.name)}</a>, {words}')
