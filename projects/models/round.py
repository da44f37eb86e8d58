"""Rounds: what was handed in, which never changes, and the claim that a mentor has on it, which does."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pipeline import pipelined
from mentorship.common.searching import Words
from mentorship.notifications.outbox import tell_all
from mentorship.people.events import record, record_unread
from mentorship.people.models import User
from projects.models.handing_in import ask_hand_in
from projects.models.scopes import mentored_keys, mentors_of_cohorts, visible_keys
from projects.models.submission import Submission
from streams.marking import Beginning

if TYPE_CHECKING:
    from projects.models.review import Review
    from projects.work import Work

CLAIM = timedelta(hours=24)
CLAIMS_AT_ONCE = 4
EXTENSIONS = 2


class Rounds(models.QuerySet["Round"]):
    def visible_to(self, person: Any) -> "Rounds":
        return self.filter(submission__in=visible_keys(person))

    def with_submission(self) -> "Rounds":
        return self.select_related("submission__project__item__stream", "submission__author", "submission__cohort")

    def reviewable_by(self, person: Any) -> "Rounds":
        """Rounds of others in the cohorts that `person` mentors in: what they may hold, now or later."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(submission__in=Submission.objects.in_cohorts_of(person))

    def workable_by(self, person: Any) -> "Rounds":
        """Those whose review `person` may write: their mentees', and what they hold or have written on."""
        from projects.models.team import team_keys

        cohorts = tuple(mentors_of_cohorts(person).values_list("cohort", flat=True))
        if not cohorts:
            return self.none()
        first, *others = mentored_keys(person, cohorts)
        return self.filter(submission__in=first.union(*others, all=True)).exclude(
            Q(submission__author=person) | Q(submission__in=team_keys(person))
        )

    def claimable_by(self, person: Any, *, at: datetime | None = None) -> "Rounds":
        """The waiting ones among those that nobody else holds at `at`, or has signed a review of."""
        from projects.models.review import Review

        now = at or clock.now()
        free = Q(claimed_by=None) | Q(claimed_until__lte=now) | Q(claimed_by=person.pk)
        signed = Review.objects.filter(round=OuterRef("pk"), state="signed").exclude(mentor=person)
        return self.reviewable_by(person).filter(free, ~Exists(signed), state="waiting")

    def held_by(self, person: User, *, at: datetime | None = None) -> "Rounds":
        return self.filter(state="waiting", claimed_by=person, claimed_until__gt=at or clock.now())


class Round(models.Model):
    """One numbered hand-in. What was handed in never changes; only its review moves on (a trigger holds that)."""

    class State(models.TextChoices):
        WAITING = "waiting"
        REVIEWED = "reviewed"
        WITHDRAWN = "withdrawn"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    repository_url = models.URLField(max_length=300, blank=True)
    commit = models.CharField(
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-f]{7,40}$", "A commit is 7 to 40 hex digits.")],
    )
    write_up = models.TextField(blank=True, max_length=50_000)
    write_up_html = models.TextField(blank=True, editable=False)
    handed_in_at = models.DateTimeField(default=clock.now)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    offered_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when any mentor of the cohort is asked to help, since it is late."
    )

    objects = Rounds.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["claimed_by", "claimed_until"], condition=Q(state="waiting"), name="round_claims"),
            models.Index(fields=["handed_in_at"], condition=Q(state="waiting"), name="round_waiting"),
            GinIndex(Words("write_up"), name="round_words"),
        ]
        constraints = [
            models.UniqueConstraint("submission", "number", name="round_number_unique"),
            models.UniqueConstraint("submission", condition=Q(state="waiting"), name="round_one_waiting"),
            models.CheckConstraint(condition=Q(number__gte=1), name="round_number_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "reviewed", "withdrawn"]), name="round_state_known"
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
                name="round_claim_has_end",
            ),
            models.CheckConstraint(condition=Q(extensions__lte=EXTENSIONS), name="round_extended_twice_at_most"),
        ]

    def __str__(self) -> str:
        return f"Round {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("projects:round", args=[self.pk])

    def difference_url(self) -> str:
        """Where this round is compared with the one before it; '' for the first."""
        return reverse("projects:difference", args=[self.pk, self.number - 1]) if self.number > 1 else ""

    @classmethod
    def make(cls, submission: Submission, *, by: User, work: "Work", at: datetime) -> "Round | None":
        """Write down what was handed in, with all that follows. Only `hand_in` calls this, in its transaction.

        A submission without a key is opened with it; None, with nothing written, where it cannot be.
        """
        round = cls(
            submission=submission,
            number=submission.rounds_count,
            repository_url=work.repository_url,
            commit=work.commit,
            write_up=work.write_up,
            write_up_html=work.write_up_html,
            handed_in_at=at,
            handed_in_by=by,
        )
        with pipelined():
            inserted = ask_hand_in(submission, round, work)
            beginning = Beginning(submission.project.item, by=by)
            asked = submission.ask_mentors()
            rows = inserted.rows()
        if not rows:
            return None
        submission.pk, round.pk = rows[0]
        round.submission = submission  # its key is known now
        for row in (submission, round):
            row._state.adding, row._state.db = False, connection.alias
        from projects.models.changes import ChangeRequest
        from projects.models.files import RoundFile

        RoundFile.keep(round, work, by=by)
        if work.paper:
            from projects.models.replication import Replication

            Replication.keep(round, work.paper)
        ChangeRequest.address(round, work.addressed)
        mentors = submission.mentors(asked)
        with pipelined():
            beginning.write(at=at, cause="handed_in")
            record_unread(actor=by, verb="handed_in", subject=round, detail={"number": round.number}, at=at)
            round._tell_mentors(by, mentors, at)
        return round

    def _tell_mentors(self, by: User, mentors: tuple[list[User], bool], at: datetime) -> None:
        people, own = mentors
        label = self.submission.project.label
        title = f"{by} handed in {label}, round {self.number}"
        if own:
            body = f"“{self.submission.title}” waits for your review. Claim it, and it is yours for 24 hours."
            url = self.submission.get_absolute_url()
        else:
            body = f"“{self.submission.title}” has no mentor of its own yet. Whoever claims it reviews it."
            url = f"{reverse('projects:queue')}?tab=unclaimed"
        tell_all(people, "handed_in", subject=self, title=title, body=body, url=url, by_email=own, at=at)

    def held(self, at: datetime | None = None) -> bool:
        """Whether somebody's claim on this round is alive."""
        return self.claimed_until is not None and self.claimed_until > (at or clock.now())

    def held_for(self, person: User, at: datetime | None = None) -> bool:
        return self.claimed_by_id == person.pk and self.held(at)

    def claim(self, *, by: User, at: datetime | None = None) -> None:
        """Hold this round for 24 hours. Claimed twice by one mentor is claimed once; of two mentors one wins.

        Refused to who does not mentor in the cohort, beyond four at once, and while somebody else holds it.
        """
        now = at or clock.now()
        with transaction.atomic():
            # The mentor's row is the lock under which their claims are counted.
            User.objects.select_for_update(no_key=True).get(pk=by.pk)
            if Round.objects.held_by(by, at=now).filter(pk=self.pk).exists():
                self.refresh_from_db()
                return
            if Round.objects.held_by(by, at=now).count() >= CLAIMS_AT_ONCE:
                message = f"You hold {CLAIMS_AT_ONCE} rounds already. Publish or release one first."
                raise Refused(message, code="too_many_claims")
            # Locked before it is asked about: an UPDATE whose condition joins other tables is not checked anew by
            # PostgreSQL once it has waited for the row, so that two mentors could both win.
            Round.objects.select_for_update(no_key=True).get(pk=self.pk)
            free = Round.objects.claimable_by(by, at=now).filter(pk=self.pk)
            if not free.update(claimed_by=by, claimed_until=now + CLAIM, extensions=0):
                raise self._why_not_claimable(by)
            self.refresh_from_db()
            record(actor=by, verb="claimed", subject=self, at=now)
            if self.offered_at:
                from projects.models.handover import HandOver

                HandOver.follow(self, by=by, at=now)
            title = f"{by} is reviewing {self.submission.title}"
            url = self.submission.get_absolute_url()
            tell_all(self.submission.people(), "claimed", subject=self, title=title, url=url, by_email=False, at=now)

    def _why_not_claimable(self, by: User) -> Refused:
        self.refresh_from_db()
        if self.state != self.State.WAITING:
            return Refused(f"This round is {self.state}: it waits for nobody.", code="not_waiting")
        if not mentors_of_cohorts(by).filter(cohort=self.submission.cohort_id).exists():
            return Refused("Only mentors of the cohort review its rounds.", code="not_a_mentor")
        if self.submission.is_by(by):
            return Refused("Nobody reviews their own work.", code="own_work")
        holder = self.claimed_by or "Another mentor"  # whose review may be signed, the claim run out
        return Refused(f"{holder} holds this round.", code="claimed_by_other")

    def extend_claim(self, *, by: User, at: datetime | None = None) -> None:
        """24 hours more, twice at most, for who holds this round."""
        now = at or clock.now()
        with transaction.atomic():
            mine = Round.objects.held_by(by, at=now).filter(pk=self.pk, extensions__lt=EXTENSIONS)
            if not mine.update(claimed_until=F("claimed_until") + CLAIM, extensions=F("extensions") + 1):
                self.refresh_from_db()
                if self.held_for(by, now):
                    raise Refused("A claim is extended twice at most.", code="extended_twice")
                raise Refused("You do not hold this round. Claim it first.", code="not_claimed")
            self.refresh_from_db()
            record(actor=by, verb="extended", subject=self, at=now)

    def release(self, *, by: User, at: datetime | None = None) -> None:
        """Give the claim back; the draft stays with its author."""
        now = at or clock.now()
        with transaction.atomic():
            mine = Round.objects.filter(pk=self.pk, state="waiting", claimed_by=by)
            if not mine.update(claimed_by=None, claimed_until=None, extensions=0):
                raise Refused("You do not hold this round.", code="not_claimed")
            if self.reviews.filter(state="signed").exists():
                message = "Your review waits to be countersigned. Take it back first, then release the round."
                raise Refused(message, code="signed")
            self.refresh_from_db()
            record(actor=by, verb="released", subject=self, at=now)

    def draft_of(self, mentor: User) -> "Review":
        """What `mentor` has written on this round so far; a new, unsaved review when nothing yet."""
        from projects.models.review import Review

        return self.reviews.filter(mentor=mentor).first() or Review(round=self, mentor=mentor)


class Answer(models.Model):
    """The mentee's answer to one criterion, in one round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="answers")
    criterion = models.ForeignKey("projects.Criterion", models.PROTECT, related_name="answers")
    text = models.TextField(max_length=10_000)
    html = models.TextField(blank=True, editable=False)
    confidence = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How sure the mentee is of it, from 1 to 5."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("round", "criterion", name="answer_once"),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=1, confidence__lte=5),
                name="answer_confidence_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
