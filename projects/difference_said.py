"""What mentors said of two rounds, to be put beside what became of it."""

from collections import defaultdict
from html import escape

from django.utils.safestring import SafeString

from projects.models import Comment, Round
from projects.pages import REQUEST_BADGES


class Said:
    """The comments of both rounds' published reviews: on cells of files, and on criteria."""

    def __init__(self, earlier: Round, later: Round) -> None:
        rows = Comment.objects.filter(review__round__in=[earlier, later], review__state="published", deleted_at=None)
        rows = rows.select_related("review__mentor", "review__round", "change_request").defer("quote", "text")
        self.on_cells: dict[tuple[int, int], str] = defaultdict(str)
        self.on_criteria: dict[int, str] = defaultdict(str)
        for comment in rows.order_by("review__round__number", "pk"):
            if comment.file_id and comment.cell:
                self.on_cells[comment.file_id, comment.cell] += comment_html(comment)
            elif comment.criterion_id:
                self.on_criteria[comment.criterion_id] += comment_html(comment)

    def on(self, criterion: int) -> SafeString:
        return _beside(self.on_criteria.get(criterion, ""))

    def on_files(self, files: list[int]) -> SafeString:
        """What was said of files that are not shown cell by cell."""
        return _beside("".join([html for (file, _cell), html in self.on_cells.items() if file in files]))


def comment_html(comment: Comment) -> str:
    """Who said it in which round, of which lines, and what became of the change that it asks for."""
    request = getattr(comment, "change_request", None)
    badge, lines = "", ""
    if request:
        colour, word = REQUEST_BADGES[request.state]
        badge = f'<span class="badge {colour}">Change request: {word}</span>'
    if comment.lines:
        lines = f", line{'s' if '-' in comment.lines else ''} {comment.lines}"
    review = comment.review
    href = review.round.get_absolute_url() + (f"#n{comment.file_id}-{comment.cell}" if comment.cell else "")
    return (
        f'<div class="comment{" blocking" if comment.blocking else ""}">'
        f'<p class="cluster small"><span class="strong">{escape(str(review.mentor))}</span>'
        f'<a class="soft" href="{href}">in round {review.round.number}{lines}</a>{badge}</p>'
        f'<div class="prose" hx-disable>{comment.html}</div></div>'
    )


def _beside(html: str) -> SafeString:
    return SafeString(f'<div class="diff-said">{html}</div>' if html else "")
