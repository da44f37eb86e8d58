"""When a review may be published, and what follows: its change requests, the round, the submission, and who is told."""

from datetime import datetime
from typing import TYPE_CHECKING

from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell_all
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.changes import ChangeRequest
from projects.models.comment import Comment
from projects.models.round import Round
from projects.models.submission import Submission

if TYPE_CHECKING:
    from projects.models.review import Review


def refuse_unless_mine(review: "Review", by: User, round: Round, now: datetime) -> None:
    if review.mentor_id != by.pk:
        raise Refused("This is not your review.", code="not_yours")
    if review.state == review.State.PUBLISHED:
        raise Refused("This review is published already.", code="already_published")
    if review.state == review.State.SIGNED:
        raise Refused("This review waits to be countersigned already.", code="already_signed")
    if round.state != Round.State.WAITING:
        message = f"This round was {round.state} meanwhile. Your draft is kept."
        raise Refused(message, code="not_waiting")
    if not Round.objects.reviewable_by(by).filter(pk=round.pk).exists():
        raise Refused("Only mentors of the cohort review its rounds.", code="not_a_mentor")
    if round.held(now) and round.claimed_by_id != by.pk:
        message = f"{round.claimed_by} holds this round now. Your draft is kept."
        raise Refused(message, code="claimed_by_other")
    if not round.held(now) and round.reviews.filter(state="signed").exists():
        raise Refused("Another review of this round waits to be countersigned.", code="claimed_by_other")


def refuse_unless_complete(review: "Review", comments: list[Comment]) -> None:
    if review.verdict not in review.Verdict.values:
        raise Refused("Choose a verdict first.", code="no_verdict")
    if not review.summary.strip():
        raise Refused("Write a summary first: a sentence or two on the whole.", code="no_summary")
    unsettled = review.round.submission.open_requests().exclude(decisions__review=review).exists()
    blocking = any(comment.blocking for comment in comments)
    if review.verdict == review.Verdict.ACCEPTED:
        if unsettled:
            raise Refused("Accept or waive every open change request first.", code="change_requests_open")
        if blocking:
            message = "A comment still asks for a change: let it not block, or request changes."
            raise Refused(message, code="blocking_comments")
    elif not blocking and not unsettled:
        message = "Say what must change: mark at least one comment as a change request."
        raise Refused(message, code="nothing_requested")


def stand(
    review: "Review",
    submission: Submission,
    round: Round,
    rendered: tuple[str, list[Comment]],
    now: datetime,
    countersigned_by: User | None = None,
) -> None:
    """Publish `review`; its row, its round's and its submission's are locked. `rendered`: summary and comments."""
    summary_html, comments = rendered
    Comment.objects.bulk_update(comments, ["html"])
    review.state, review.published_at, review.summary_html = review.State.PUBLISHED, now, summary_html
    review.countersigned_by = countersigned_by
    review.save(update_fields=["state", "verdict", "published_at", "summary_html", "countersigned_by"])
    settle_requests(review, round, comments)
    round.state, round.claimed_by, round.claimed_until = Round.State.REVIEWED, None, None
    round.save(update_fields=["state", "claimed_by", "claimed_until"])
    move_on(review, submission, now)
    enqueue("home.call_for_practice")
    verb = "countersigned" if countersigned_by else "published"
    record(
        actor=countersigned_by or review.mentor, verb=verb, subject=review, detail={"verdict": review.verdict}, at=now
    )


def settle_requests(review: "Review", round: Round, comments: list[Comment]) -> None:
    """Apply the decisions; what was addressed and not settled is open again; blocking comments open new ones."""
    decided = dict(review.decisions.values_list("change_request", "settles_as"))
    for request in round.submission.open_requests().select_for_update(no_key=True):
        if request.pk in decided:
            request.state, request.settled_in = decided[request.pk], round
        else:
            request.state = ChangeRequest.State.OPEN
        request.save(update_fields=["state", "settled_in"])
    ChangeRequest.objects.bulk_create(
        ChangeRequest(submission_id=round.submission_id, comment=comment, opened_in=round)
        for comment in comments
        if comment.blocking
    )


def move_on(review: "Review", submission: Submission, now: datetime) -> None:
    """The submission waits for its mentor no more; whose it is is told, with the names of both who answer for it."""
    submission.awaiting_mentor_since = None
    label, who, have = submission.project.label, str(review.mentor), "has"
    if review.countersigned_by:
        who, have = f"{who} and {review.countersigned_by}", "have"
    if review.verdict == review.Verdict.ACCEPTED:
        submission.state, submission.accepted_at = Submission.State.ACCEPTED, now
        submission.credit(at=now)
        title = f"{label} is accepted"
        body = f"{who} accepted “{submission.title}”. Read what they say about it."
    else:
        submission.state, submission.awaiting_mentee_since = Submission.State.AWAITING_MENTEE, now
        title = f"{label}: changes requested"
        asks = "asks" if have == "has" else "ask"
        body = f"{who} {have} reviewed “{submission.title}” and {asks} for changes. Read which, and why."
    submission.save(
        update_fields=["state", "accepted_at", "awaiting_mentor_since", "awaiting_mentee_since"],
    )
    url = submission.get_absolute_url()
    again = review.taken_back.count()  # who was told of a verdict that was taken back is told of the next
    people = submission.people()
    tell_all(people, "reviewed", subject=review, threshold=again, title=title, body=body, url=url, at=now)
