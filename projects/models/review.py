"""Reviews: a draft that saves itself, until it is published and stands; and the changes that it asks for."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.notifications.outbox import tell_all
from mentorship.people.events import record
from mentorship.people.models import User
from projects.draft import Draft
from projects.models import taken_back
from projects.models.changes import ChangeRequest, Decision
from projects.models.comment import Comment
from projects.models.round import Round
from projects.models.rubric import Score
from projects.models.submission import Submission
from projects.models.taken_back import TakenBack
from projects.models.thread import HEADINGS


class Changed(Refused):
    """A draft that was saved elsewhere meanwhile. `saved` is what stands there now."""

    def __init__(self, saved: "Review") -> None:
        super().__init__("This draft was changed in another window meanwhile.", code="changed_meanwhile")
        self.saved = saved


class Reviews(models.QuerySet["Review"]):
    def published(self) -> "Reviews":
        return self.filter(state="published")


class Review(models.Model):
    """One mentor's answer to one round."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        CHANGES_REQUESTED = "changes_requested", "Changes requested"

    round = models.ForeignKey(Round, models.PROTECT, related_name="reviews")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    verdict = models.CharField(max_length=17, choices=Verdict, blank=True)
    summary = models.TextField(blank=True, max_length=20_000)
    summary_html = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, help_text="Counts the saves; who saves over another loses.")
    created_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = Reviews.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["published_at"], condition=Q(state="published"), name="review_published_when"),
        ]
        constraints = [
            models.UniqueConstraint("round", "mentor", name="review_one_per_mentor"),
            models.UniqueConstraint("round", condition=Q(state="published"), name="review_one_published"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | Q(
                    state="published",
                    published_at__isnull=False,
                    verdict__in=["accepted", "changes_requested"],
                ),
                name="review_published_has_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} of round {self.round_id}"

    def as_draft(self) -> Draft:
        """What is saved, as a draft that can be edited or compared."""
        if self.pk is None:
            return Draft()
        comments = tuple(comment.said for comment in self.comments.defer("quote", "html"))
        decisions = dict(self.decisions.values_list("change_request", "settles_as"))
        scores = dict(self.scores.values_list("criterion", "level"))
        return Draft(self.verdict, self.summary, comments, decisions, scores)

    def save_draft(self, *, by: User, draft: Draft, version: int, at: datetime | None = None) -> None:
        """Replace what the draft says, if it is still the `version` that `by` began with.

        Needs no living claim, so that nothing typed is lost with it; a first word needs one that was had. Raises
        `Changed` with what stands there when another window was quicker, `Refused` once the review is published.
        """
        now = at or clock.now()
        with transaction.atomic():
            if self.mentor_id != by.pk:
                raise Refused("This is not your review.", code="not_yours")
            if self.pk is None:
                self._begin(by, version, now)
            fields = {"verdict": draft.verdict, "summary": draft.summary, "saved_at": now}
            mine = Review.objects.filter(pk=self.pk, version=version, state="draft")
            if not mine.update(version=F("version") + 1, **fields):
                raise self._why_not_saved()
            self._refuse_unknown_criteria(draft)
            Comment.replace(self, draft.comments)
            self._replace_decisions(draft)
            Score.replace(self, draft.scores)
            self.refresh_from_db()

    def _begin(self, by: User, version: int, now: datetime) -> None:
        if self.round.claimed_by_id != by.pk:
            raise Refused("Claim this round first.", code="not_claimed")
        self.created_at = now
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            self.pk = Review.objects.get(round=self.round_id, mentor=by).pk
            self._state.adding = False

    def _why_not_saved(self) -> Refused:
        saved = Review.objects.get(pk=self.pk)
        if saved.state == self.State.PUBLISHED:
            return Refused("This review is published and stands as it is.", code="already_published")
        return Changed(saved)

    def _refuse_unknown_criteria(self, draft: Draft) -> None:
        known = set(self.round.submission.project.criteria.values_list("pk", flat=True))
        said = {said.criterion for said in draft.comments if said.criterion is not None} | set(draft.scores)
        if not said <= known:
            raise Refused("This question is not one of the project.", code="unknown_criterion")

    def _replace_decisions(self, draft: Draft) -> None:
        standing = dict(self.decisions.values_list("change_request", "settles_as"))
        open_ones = set(self.round.submission.open_requests().values_list("pk", flat=True))
        wanted = {request: how for request, how in draft.decisions.items() if request in open_ones}
        if standing == wanted:
            return
        self.decisions.all().delete()
        Decision.objects.bulk_create(
            Decision(review=self, change_request_id=request, settles_as=how) for request, how in wanted.items()
        )

    def publish(self, *, by: User, verdict: str = "", version: int | None = None, at: datetime | None = None) -> None:
        """Let the review stand, with its verdict, and move the submission on.

        Needs a claim of one's own, alive, or run out while nobody else took the round. `version` is the one that was
        looked at before. Refused when the round waits no more, when work is accepted while a change is still asked
        for, and when changes are requested without saying which.
        """
        now = at or clock.now()
        self.refresh_from_db()
        # Rendering may take a while: it is done before any row is locked, for the version that is checked below.
        rendered = self.version
        summary_html, comments = self.rendered()
        with transaction.atomic():
            submission = Submission.objects.select_for_update(no_key=True).get(rounds=self.round_id)
            round = Round.objects.select_for_update(no_key=True).get(pk=self.round_id)
            review = Review.objects.select_for_update(no_key=True).get(pk=self.pk)
            review._refuse_unless_mine(by, round, now)
            if review.version != rendered or version not in (None, review.version):
                raise Changed(review)
            review.verdict = verdict or review.verdict
            review._refuse_unless_complete(comments)
            Comment.objects.bulk_update(comments, ["html"])
            review.state, review.published_at, review.summary_html = self.State.PUBLISHED, now, summary_html
            review.save(update_fields=["state", "verdict", "published_at", "summary_html"])
            review._settle(round, comments)
            round.state, round.claimed_by, round.claimed_until = Round.State.REVIEWED, None, None
            round.save(update_fields=["state", "claimed_by", "claimed_until"])
            review._move_on(submission, now)
            record(actor=by, verb="published", subject=review, detail={"verdict": review.verdict}, at=now)
        self.refresh_from_db()

    def take_back(self, *, by: User, at: datetime | None = None) -> None:
        """Make it a draft again within ten minutes, as if it had not been published, and wait as before.

        Refused once the mentee went on: handed in a next round, or withdrew the work.
        """
        now = at or clock.now()
        with transaction.atomic():
            submission = Submission.objects.select_for_update(no_key=True).get(rounds=self.round_id)
            round = Round.objects.select_for_update(no_key=True).get(pk=self.round_id)
            review = Review.objects.select_for_update(no_key=True).get(pk=self.pk)
            taken_back.refuse_unless_fresh(review, by, submission, now)
            published = review.published_at or now
            number = review.taken_back.count()
            TakenBack.objects.create(review=review, by=by, at=now, published_at=published, verdict=review.verdict)
            review.state, review.published_at, review.version = self.State.DRAFT, None, review.version + 1
            review.save(update_fields=["state", "published_at", "version"])
            taken_back.undo_requests(review)
            taken_back.undo_submission(submission, round, published)
            taken_back.hold_again(round, by, now)
            record(actor=by, verb="took_back", subject=review, detail={"verdict": review.verdict}, at=now)
            taken_back.tell_the_told(review, submission, number, now)
        self.refresh_from_db()

    def can_be_taken_back(self, by: User, at: datetime | None = None) -> bool:
        """Whether that may work: for its writer, in the first ten minutes."""
        if self.published_at is None or self.mentor_id != by.pk:
            return False
        return (at or clock.now()) <= self.published_at + taken_back.WITHIN

    def rendered(self) -> tuple[str, list[Comment]]:
        """The summary's HTML, and the comments with theirs, as the mentee will see them."""
        try:
            summary = render_markdown(self.summary, heading_level=HEADINGS)
            rows = self.comments.select_related("criterion", "file")
            comments = list(rows.defer("file__rendered_html", "file__outline", "file__cells"))
            for comment in comments:
                comment.html = render_markdown(comment.text, heading_level=HEADINGS)
        except RenderError as error:
            raise Refused(error.message, code="unreadable") from error
        return summary, comments

    def _refuse_unless_mine(self, by: User, round: Round, now: datetime) -> None:
        if self.mentor_id != by.pk:
            raise Refused("This is not your review.", code="not_yours")
        if self.state == self.State.PUBLISHED:
            raise Refused("This review is published already.", code="already_published")
        if round.state != Round.State.WAITING:
            message = f"This round was {round.state} meanwhile. Your draft is kept."
            raise Refused(message, code="not_waiting")
        if not Round.objects.reviewable_by(by).filter(pk=round.pk).exists():
            raise Refused("Only mentors of the cohort review its rounds.", code="not_a_mentor")
        if round.held(now) and round.claimed_by_id != by.pk:
            message = f"{round.claimed_by} holds this round now. Your draft is kept."
            raise Refused(message, code="claimed_by_other")

    def _refuse_unless_complete(self, comments: list[Comment]) -> None:
        if self.verdict not in self.Verdict.values:
            raise Refused("Choose a verdict first.", code="no_verdict")
        if not self.summary.strip():
            raise Refused("Write a summary first: a sentence or two on the whole.", code="no_summary")
        unsettled = self.round.submission.open_requests().exclude(decisions__review=self).exists()
        blocking = any(comment.blocking for comment in comments)
        if self.verdict == self.Verdict.ACCEPTED:
            if unsettled:
                raise Refused("Accept or waive every open change request first.", code="change_requests_open")
            if blocking:
                message = "A comment still asks for a change: let it not block, or request changes."
                raise Refused(message, code="blocking_comments")
        elif not blocking and not unsettled:
            message = "Say what must change: mark at least one comment as a change request."
            raise Refused(message, code="nothing_requested")

    def _settle(self, round: Round, comments: list[Comment]) -> None:
        """Apply the decisions; what was addressed and not settled is open again; blocking comments open new ones."""
        decided = dict(self.decisions.values_list("change_request", "settles_as"))
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

    def _move_on(self, submission: Submission, now: datetime) -> None:
        submission.awaiting_mentor_since = None
        label = submission.project.label
        if self.verdict == self.Verdict.ACCEPTED:
            submission.state, submission.accepted_at = Submission.State.ACCEPTED, now
            submission.credit(at=now)
            title = f"{label} is accepted"
            body = f"{self.mentor} accepted “{submission.title}”. Read what they say about it."
        else:
            submission.state, submission.awaiting_mentee_since = Submission.State.AWAITING_MENTEE, now
            title = f"{label}: changes requested"
            body = f"{self.mentor} has reviewed “{submission.title}” and asks for changes. Read which, and why."
        submission.save(
            update_fields=["state", "accepted_at", "awaiting_mentor_since", "awaiting_mentee_since"],
        )
        url = submission.get_absolute_url()
        again = self.taken_back.count()  # who was told of a verdict that was taken back is told of the next
        people = submission.people()
        tell_all(people, "reviewed", subject=self, threshold=again, title=title, body=body, url=url, at=now)
