"""What is said of rounds, where it belongs: under the review, at its cell, and where that cell went since."""

from html import escape
from typing import Any

from django.db.models import Prefetch
from django.utils.safestring import SafeString

from projects.models import Carried, Comment, Round, RoundFile
from projects.models.taken_back import WITHIN
from projects.threads import (
    BIG,
    REQUEST_BADGES,
    Reader,
    carried_note,
    lines_text,
    place_link,
    place_text,
    place_threads,
    quote_html,
    thread_html,
    with_remarks,
)

Placed = dict[int, dict[int, list[str]]]  # threads by file and cell


def show_threads(round: Any, reader: Reader) -> None:
    """Write out the comments of an arranged round, those on cells with what stood there."""
    for comment in (*round.general, *[said for _question, asked in round.on_criteria for said in asked]):
        comment.thread = thread_html(comment, reader)
    for comment in round.on_cells:
        comment.thread = thread_html(comment, reader, note=place_link(comment, round.pk), quote=True)
    if round.review and round.review.can_be_taken_back(reader.person, reader.now):
        round.take_back = round.review.published_at + WITHIN


def show_in_place(round: Any, requests: list[Any], reader: Reader) -> None:
    """Put comments into the notebooks and text files of the round: its own, and those of earlier rounds.

    What has no place, because the file could not be shown or the cell is gone, is left in `on_cells` and `gone`.
    """
    files = {file.pk: file for file in round.files.all() if file.rendering == RoundFile.Rendering.DONE}
    carried = list(carried_into(round)) if round.number > 1 and files else []
    placed: Placed = {}
    lines: dict[int, list[tuple[int, int, int]]] = {}
    for row in carried:
        row.comment.request = next((one for one in requests if one.comment_id == row.comment_id), None)
        if row.cell is not None:
            placed.setdefault(row.file_id, {}).setdefault(row.cell, []).append(earlier_html(row, reader))
            _mark(lines, row.file_id, row)
    here = [said for said in round.on_cells if said.file_id in files]
    for said in here:
        said.thread = thread_html(said, reader, note=escape(lines_text(said)))
        placed.setdefault(said.file_id, {}).setdefault(said.cell, []).append(said.thread)
        _mark(lines, said.file_id, said)
    round.placed = [place_html(said) for said in here]
    round.on_cells = [said for said in round.on_cells if said.file_id not in files]
    round.gone = [earlier_html(row, reader) for row in carried if row.cell is None]
    for pk, file in files.items():
        place_threads(file, placed.get(pk, {}), lines.get(pk, ()))


def carried_into(round: Round) -> Any:
    """The comments of earlier rounds in the files of `round`."""
    comments = with_remarks(Comment.objects.select_related("review__mentor", "review__round"))
    said = {"comment__review__state": "published", "comment__deleted_at": None}
    rows = Carried.objects.filter(file__round=round, **said)
    rows = rows.select_related("file").defer(*[f"file__{name}" for name in BIG])
    return rows.prefetch_related(Prefetch("comment", comments)).order_by("comment")


def earlier_html(row: Any, reader: Reader) -> str:
    """A comment of an earlier round, folded unless it still asks for something."""
    comment, request = row.comment, row.comment.request
    badge = ""
    if request:
        kind, state = REQUEST_BADGES[request.state]
        badge = f' <span class="badge {kind}">Change request: {state}</span>'
    unsettled = request is not None and request.state in ("open", "addressed")
    was = ""
    if row.became in ("changed", "gone"):
        was = f'<p class="soft small">What stood there:</p>{quote_html(comment)}'
    return (
        f'<details class="earlier"{" open" if unsettled else ""}>'
        f"<summary><span>{carried_note(row)}</span>{badge}</summary>"
        f"{was}{thread_html(comment, reader)}</details>\n"
    )


def place_html(comment: Any) -> SafeString:
    """A way to a comment that stands further down, at its cell."""
    badge = ""
    if comment.blocking and comment.request:
        kind, state = REQUEST_BADGES[comment.request.state]
        badge = f' <span class="badge {kind}">{state}</span>'
    return SafeString(f'<a href="#thread-{comment.pk}">{escape(place_text(comment))}</a>{badge}')


def _mark(lines: dict[int, list[tuple[int, int, int]]], file: int, at: Any) -> None:
    if at.line_from is not None:
        lines.setdefault(file, []).append((at.cell, at.line_from, at.line_to))
