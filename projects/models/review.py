"""Reviews: a draft that saves itself, until it is published and stands; and the changes that it asks for."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.people.events import record
from mentorship.people.models import User
from projects.draft import Draft
from projects.models import publishing, signing, taken_back
from projects.models.changes import Decision
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
        SIGNED = "signed"  # an apprentice's, which waits to be countersigned
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
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="countersigned",
        help_text="Who answers for it beside an apprentice.",
    )  # fmt: skip

    objects = Reviews.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["published_at"], condition=Q(state="published"), name="review_published_when"),
            models.Index(fields=["mentor"], condition=Q(state="signed"), name="review_signed_by"),
        ]
        constraints = [
            models.UniqueConstraint("round", "mentor", name="review_one_per_mentor"),
            models.UniqueConstraint("round", condition=Q(state="published"), name="review_one_published"),
            models.UniqueConstraint("round", condition=Q(state="signed"), name="review_one_signed"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | Q(state="signed", published_at=None, verdict__in=["accepted", "changes_requested"])
                | Q(
                    state="published",
                    published_at__isnull=False,
                    verdict__in=["accepted", "changes_requested"],
                ),
                name="review_published_has_verdict",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by=None) | (Q(state="published") & ~Q(countersigned_by=F("mentor"))),
                name="review_countersigned_by_another",
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
        if saved.state == self.State.SIGNED:
            message = "This review waits to be countersigned. Take it back to change it."
            return Refused(message, code="already_signed")
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
        """Let the review stand and move the submission on; an apprentice's waits to be countersigned.

        Needs a claim of one's own, alive, or run out while nobody else took the round. `version` is the one that was
        looked at before. Refused when the round waits no more, when work is accepted while a change is still asked
        for, and when changes are requested without saying which.
        """
        now = at or clock.now()
        self.refresh_from_db()
        # Rendering may take a while: it is done before any row is locked, for the version that is checked below.
        looked_at, rendered = self.version, self.rendered()
        with transaction.atomic():
            under = signing.apprenticeship_of(by.pk, self.round.submission.cohort_id)
            submission, round, review = signing.locked(self)
            publishing.refuse_unless_mine(review, by, round, now)
            if review.version != looked_at or version not in (None, review.version):
                raise Changed(review)
            review.verdict = verdict or review.verdict
            publishing.refuse_unless_complete(review, rendered[1])
            if under is not None:
                signing.sign(review, round, under, now)
            else:
                publishing.stand(review, submission, round, rendered, now)
        self.refresh_from_db()

    def countersign(self, *, by: User, version: int | None = None, at: datetime | None = None) -> None:
        """Publish what an apprentice has signed, with both names; for who countersigns for them now.

        `version` is the one that was read. Of this and `return_with` at once one wins; the other is refused.
        """
        now = at or clock.now()
        self.refresh_from_db()
        looked_at, rendered = self.version, self.rendered()
        with transaction.atomic():
            under = signing.apprenticeship_of(self.mentor_id, self.round.submission.cohort_id)
            submission, round, review = signing.locked(self)
            signing.refuse_unless_countersigner(review, round, under, by)
            if review.version != looked_at or version not in (None, review.version):
                message = f"{review.mentor} changed this review meanwhile. Read it once more."
                raise Refused(message, code="changed_meanwhile")
            publishing.refuse_unless_complete(review, rendered[1])
            publishing.stand(review, submission, round, rendered, now, countersigned_by=by)
            signing.countersigned(review, by, now)
        self.refresh_from_db()

    def return_with(self, note: str, *, by: User, at: datetime | None = None) -> None:
        """Give what an apprentice has signed back to them, a draft again, with a note; for who countersigns."""
        note = note.strip()
        if not note or len(note) > signing.LONGEST_NOTE:
            raise Refused(f"Say why, in {signing.LONGEST_NOTE:,} characters at most.", code="note")
        with transaction.atomic():
            under = signing.apprenticeship_of(self.mentor_id, self.round.submission.cohort_id)
            _submission, round, review = signing.locked(self)
            signing.refuse_unless_countersigner(review, round, under, by)
            signing.give_back(review, round, by, note, at or clock.now())
        self.refresh_from_db()

    def take_back(self, *, by: User, at: datetime | None = None) -> None:
        """Make it a draft again within ten minutes, as if it had not been published, and wait as before.

        Refused once the mentee went on: handed in a next round, or withdrew the work. What waits to be countersigned
        is taken back at any time.
        """
        now = at or clock.now()
        with transaction.atomic():
            submission, round, review = signing.locked(self)
            if review.state == self.State.SIGNED:
                signing.take_signed_back(review, by, now)
            else:
                review._take_published_back(submission, round, by, now)
        self.refresh_from_db()

    def _take_published_back(self, submission: Submission, round: Round, by: User, now: datetime) -> None:
        taken_back.refuse_unless_fresh(self, by, submission, now)
        published = self.published_at or now
        number = self.taken_back.count()
        TakenBack.objects.create(review=self, by=by, at=now, published_at=published, verdict=self.verdict)
        signing.tell_countersigner(self, by, now)
        self.state, self.published_at, self.version = self.State.DRAFT, None, self.version + 1
        self.countersigned_by = None
        self.save(update_fields=["state", "published_at", "version", "countersigned_by"])
        taken_back.undo_requests(self)
        taken_back.undo_submission(submission, round, published)
        taken_back.hold_again(round, by, now)
        record(actor=by, verb="took_back", subject=self, detail={"verdict": self.verdict}, at=now)
        taken_back.tell_the_told(self, submission, number, now)

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
