"""A verdict that was an accident: taken back within ten minutes, as if it had not been published."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from mentorship.common.errors import Refused
from mentorship.notifications.outbox import take_back, tell_all
from mentorship.people.models import User
from projects.models.changes import ChangeRequest
from projects.models.round import CLAIM, CLAIMS_AT_ONCE, Round
from projects.models.submission import Submission

if TYPE_CHECKING:
    from projects.models.review import Review

WITHIN = timedelta(minutes=10)


class TakenBack(models.Model):
    """That a published review was made a draft again. Only ever added to; the database asks for it."""

    review = models.ForeignKey("projects.Review", models.PROTECT, related_name="taken_back")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField()
    verdict = models.CharField(max_length=17)

    class Meta:
        constraints = [models.UniqueConstraint("review", "published_at", name="taken_back_once")]

    def __str__(self) -> str:
        return f"{self.verdict} of review {self.review_id}"


def refuse_unless_fresh(review: "Review", by: User, submission: Submission, now: datetime) -> None:
    if review.mentor_id != by.pk:
        raise Refused("This is not your review.", code="not_yours")
    if review.published_at is None:
        raise Refused("This review is not published.", code="not_published")
    if now > review.published_at + WITHIN:
        raise Refused("A verdict can be taken back within ten minutes.", code="too_late")
    if submission.state not in (Submission.State.ACCEPTED, Submission.State.AWAITING_MENTEE):
        raise Refused("The work went on meanwhile: this verdict stands.", code="went_on")


def undo_requests(review: "Review") -> None:
    """What the review asked for is not asked; what it settled is as it was handed in."""
    ChangeRequest.objects.filter(comment__review=review).delete()
    decided = set(review.decisions.values_list("change_request", flat=True))
    for request in ChangeRequest.objects.filter(submission__rounds=review.round_id).select_for_update(no_key=True):
        addressed = request.addressed_in_id == review.round_id
        if request.pk in decided or (addressed and request.state == ChangeRequest.State.OPEN):
            request.state = ChangeRequest.State.ADDRESSED if addressed else ChangeRequest.State.OPEN
            request.settled_in = None
            request.save(update_fields=["state", "settled_in"])


def undo_submission(submission: Submission, round: Round, published_at: datetime) -> None:
    """It waits for its mentor again, since when it did."""
    if submission.state == Submission.State.ACCEPTED:
        submission.discredit(since=published_at)
    submission.state, submission.accepted_at = Submission.State.AWAITING_MENTOR, None
    submission.awaiting_mentor_since, submission.awaiting_mentee_since = round.handed_in_at, None
    submission.save(update_fields=["state", "accepted_at", "awaiting_mentor_since", "awaiting_mentee_since"])


def hold_again(round: Round, by: User, now: datetime) -> None:
    """The round waits, held by its reviewer; by nobody where that would be one claim too many."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    may_hold = Round.objects.held_by(by, at=now).count() < CLAIMS_AT_ONCE
    round.state, round.extensions = Round.State.WAITING, 0
    round.claimed_by, round.claimed_until = (by, now + CLAIM) if may_hold else (None, None)
    round.save(update_fields=["state", "claimed_by", "claimed_until", "extensions"])


def tell_the_told(review: "Review", submission: Submission, threshold: int, now: datetime) -> None:
    """Who has not heard of the verdict yet never does; who has is told that it does not count."""
    told = take_back("reviewed", subject=review, threshold=threshold, at=now)
    tell_all(
        told,
        "taken_back",
        subject=review,
        threshold=threshold,
        title=f"{review.mentor} took the review of {submission.title} back",
        body="It was published by mistake and does not count. There is nothing to do: the review will come again.",
        url=submission.get_absolute_url(),
        at=now,
    )
