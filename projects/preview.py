"""A draft as the mentee will see it: the page of the round, as if the review were published now."""

from types import SimpleNamespace
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.safestring import SafeString

from mentorship.common import clock
from projects import papers
from projects.in_place import show_in_place, show_threads
from projects.models import Comment, Review, Round, Score
from projects.pages import REQUEST_BADGES, arrange, in_full, notebooks_of, requests_of, show_work
from projects.rubric import side_by_side
from projects.rubric_preview import look_again
from projects.threads import Reader, with_remarks


def preview_context(found: Round, review: Review) -> dict[str, Any]:
    """What `round.html` shows to the mentee of `found`, with the draft in the place of its review."""
    submission = found.submission
    round: Any = in_full(Round.objects.filter(pk=found.pk), rendered=True).get()
    round.submission = submission
    if submission.project.replicates:
        papers.attach([round])
    as_if_published(review)
    round.published = [review]
    requests = _as_decided(requests_of(submission), review)
    arrange(round, requests)
    for comment in review.comments.all():
        if comment.blocking:
            comment.request = SimpleNamespace(state="open")  # type: ignore[attr-defined]
    reader = Reader(submission.author, talks=False)
    show_threads(round, reader)
    show_in_place(round, requests, reader)
    show_work(round, "h3")
    return {
        "round": round,
        "submission": submission,
        "project": submission.project,
        "stream": submission.project.item.stream,
        "review": review,
        "notebooks": notebooks_of(round),
        "rubric": side_by_side(round),
        "requests": [request for request in requests if request.shown],
        "look_again": look_again(round, review),
    }


def as_if_published(review: Review) -> None:
    """Put HTML and time into `review` and its comments, in memory alone."""
    summary, rendered = review.rendered()
    html = {comment.pk: comment.html for comment in rendered}
    comments = with_remarks(Comment.objects.all())
    scores = Score.objects.select_related("criterion").order_by("criterion__position")
    prefetch_related_objects([review], Prefetch("comments", comments), Prefetch("scores", scores))
    for comment in review.comments.all():
        comment.html = html.get(comment.pk, "")
    empty = '<p class="soft">There is no summary yet.</p>'
    review.summary_html, review.published_at = SafeString(summary or empty), clock.now()


def _as_decided(requests: list[Any], review: Review) -> list[Any]:
    """The change requests in the states that publishing gives them; `shown` are those that it is about."""
    decided = dict(review.decisions.values_list("change_request", "settles_as"))
    for request in requests:
        request.shown = request.state in ("open", "addressed")
        if request.shown:
            request.state = decided.get(request.pk, "open")
            request.badge = REQUEST_BADGES[request.state]
    return requests
