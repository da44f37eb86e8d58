"""Following the comments of earlier rounds into a file of a later one, once, when that is rendered."""

from collections.abc import Iterable, Sequence

from projects.anchors import Anchor, Cell, carry, cell_at
from projects.difference import paired
from projects.models import Carried, Comment, RoundFile


def carry_into(pk: int) -> int:
    """Note where earlier comments are in a file that was rendered; how many. Harmless when repeated.

    Each is looked for from where it was in the round before; was it gone from there, from where it was made.
    """
    file = RoundFile.objects.select_related("round").only("name", "cells", "rendering", "round").get(pk=pk)
    if file.rendering != RoundFile.Rendering.DONE:
        return 0
    comments = list(earlier_comments(file))
    if not comments:
        return 0
    steps = last_steps(file, comments)
    origins = {comment.pk: _origin(comment, steps.get(comment.pk)) for comment in comments}
    cells = _cells_of(file, set(origins.values()))
    rows = [
        _carried(comment, steps.get(comment.pk), file, cells[origins[comment.pk]])
        for comment in comments
        if origins[comment.pk] in cells
    ]
    return len(Carried.objects.bulk_create(rows, ignore_conflicts=True))


def earlier_comments(file: RoundFile) -> Iterable[Comment]:
    """What was said of cells in the rounds before that of `file`."""
    said = Comment.objects.filter(review__state="published", file__isnull=False)
    earlier = said.filter(file__round__submission=file.round.submission_id, file__round__number__lt=file.round.number)
    return earlier.defer("text", "html").order_by("pk")


def last_steps(file: RoundFile, comments: Sequence[Comment]) -> dict[int, Carried]:
    """Where each of them was in the round just before, by comment, if it was somewhere."""
    before = Carried.objects.filter(file__round__submission=file.round.submission_id, cell__isnull=False)
    before = before.filter(file__round__number=file.round.number - 1, comment__in=comments)
    return {step.comment_id: step for step in before}


def _origin(comment: Comment, step: Carried | None) -> int:
    return step.file_id if step else comment.file_id or 0


def _cells_of(file: RoundFile, origins: set[int]) -> dict[int, list[Cell]]:
    """The cells of those `origins` that became `file`: by name, by content, or as the only notebook left."""
    rounds = RoundFile.objects.filter(pk__in=origins).values("round")
    files = RoundFile.objects.filter(round__in=rounds).defer("rendered_html", "outline", "cells")
    by_round: dict[int, list[RoundFile]] = {}
    for one in files:
        by_round.setdefault(one.round_id, []).append(one)
    now = list(file.round.files.defer("rendered_html", "outline", "cells"))
    heirs = [(old, new) for rows in by_round.values() for old, new in paired(rows, now)]
    wanted = [old.pk for old, new in heirs if old and new and new.pk == file.pk and old.pk in origins]
    return dict(RoundFile.objects.filter(pk__in=wanted).values_list("pk", "cells"))


def _carried(comment: Comment, step: Carried | None, file: RoundFile, was: list[Cell]) -> Carried:
    at: Comment | Carried = step or comment
    stood = cell_at(was, at.cell)
    place = carry(
        Anchor(
            cell=at.cell or 0,
            cell_id=stood["id"] if stood else comment.cell_id,
            digest=stood["digest"] if stood else comment.cell_digest,
            quote=comment.quote,
            # Lines that were lost on the way are looked for again from where they were made.
            line_from=at.line_from or comment.line_from,
            line_to=at.line_to or comment.line_to,
        ),
        file.cells,
        was,
    )
    row = Carried(comment=comment, file=file, became="gone", cell=place.cell)
    cell = cell_at(file.cells, place.cell)
    if cell is None:
        return row
    if cell["digest"] == comment.cell_digest:
        row.became = "same" if place.cell == comment.cell else "moved"
        row.line_from, row.line_to = comment.line_from, comment.line_to
    else:
        row.became, row.line_from, row.line_to = "changed", place.line_from, place.line_to
    return row
