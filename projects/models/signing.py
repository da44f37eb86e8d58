"""Countersigning: what an apprentice publishes is signed, and waits until another mentor has read it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from mentorship.cohorts.models import Apprenticeship
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import take_back, tell
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.round import CLAIM, Round
from projects.models.submission import Submission

if TYPE_CHECKING:
    from projects.models.review import Review

LONGEST_NOTE = 2_000
TO_COUNTERSIGN = "to_countersign"


class Signing(models.Model):
    """One time that an apprentice signed a review, and what became of that. Decided ones stand."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits"
        COUNTERSIGNED = "countersigned", "Countersigned"
        RETURNED = "returned", "Returned"
        TAKEN_BACK = "taken_back", "Taken back"
        SETTLED = "settled", "Needed no more"

    review = models.ForeignKey("projects.Review", models.PROTECT, related_name="signings")
    state = models.CharField(max_length=13, choices=State, default=State.WAITING)
    signed_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, max_length=LONGEST_NOTE, help_text="Why it was returned.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("review", condition=Q(state="waiting"), name="signing_one_waiting"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "countersigned", "returned", "taken_back", "settled"]),
                name="signing_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None, by=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="signing_decided_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["countersigned", "returned", "taken_back"]) | Q(by__isnull=False),
                name="signing_decided_by_whom",
            ),
            models.CheckConstraint(condition=Q(state="returned") ^ Q(note=""), name="signing_returned_with_note"),
        ]

    def __str__(self) -> str:
        return f"{self.state}: review {self.review_id}"

    def decide(self, state: str, *, by: User | None, at: datetime, note: str = "") -> None:
        self.state, self.by, self.decided_at, self.note = state, by, at, note
        self.save(update_fields=["state", "by", "decided_at", "note"])


def apprenticeship_of(writer: int, cohort: int) -> Apprenticeship | None:
    """Under which `writer` publishes in `cohort`, locked: it neither ends nor changes hands meanwhile."""
    rows = Apprenticeship.objects.active().filter(membership__person=writer, cohort=cohort)
    return rows.select_for_update(no_key=True, of=("self",)).first()


def locked(review: "Review") -> tuple[Submission, Round, "Review"]:
    """The rows that a verdict changes, in the order in which everybody locks them."""
    submission = Submission.objects.select_for_update(no_key=True).get(rounds=review.round_id)
    round = Round.objects.select_for_update(no_key=True).get(pk=review.round_id)
    return submission, round, type(review).objects.select_for_update(no_key=True).get(pk=review.pk)


def sign(review: "Review", round: Round, under: Apprenticeship, now: datetime) -> None:
    """Let `review`, which is complete and locked, wait for who countersigns; its round stays held meanwhile."""
    seat = under.countersigner
    if seat is None or not seat.person.is_active:
        message = "Nobody countersigns your reviews at the moment. The admins name somebody; your draft is kept."
        raise Refused(message, code="no_countersigner")
    review.state = review.State.SIGNED
    review.save(update_fields=["state", "verdict"])
    row = Signing.objects.create(review=review, signed_at=now)
    hold(round, review.mentor, now)
    record(actor=review.mentor, verb="signed", subject=review, detail={"verdict": review.verdict}, at=now)
    work = round.submission
    tell(
        seat.person, TO_COUNTERSIGN, subject=row, at=now, url=reverse("projects:countersign", args=[round.pk]),
        title=f"{review.mentor} has reviewed {work.title}: please countersign",
        body=f"Round {round.number} of {work.author}. Read it as they would; countersign it, or return it with a note. "
        "They read nothing of it before.",
    )  # fmt: skip


def hold(round: Round, by: User, now: datetime) -> None:
    """`round` is `by`'s for 24 hours at least."""
    until = now + CLAIM
    if round.claimed_by_id == by.pk and round.claimed_until is not None:
        until = max(until, round.claimed_until)
    round.claimed_by, round.claimed_until, round.extensions = by, until, 0
    round.save(update_fields=["claimed_by", "claimed_until", "extensions"])


def keep_held(review: "Review", now: datetime) -> None:
    """The claim of a round whose review is signed does not run out."""
    with transaction.atomic():
        _submission, round, row = locked(review)
        if row.state == row.State.SIGNED and round.state == Round.State.WAITING:
            hold(round, row.mentor, now)


def refuse_unless_countersigner(review: "Review", round: Round, under: Apprenticeship | None, by: User) -> None:
    if review.state != review.State.SIGNED:
        raise Refused("This review waits for nobody to countersign it any more.", code="not_signed")
    if round.state != Round.State.WAITING:
        raise Refused(f"This round was {round.state} meanwhile.", code="not_waiting")
    if under is None or under.countersigner is None or under.countersigner.person_id != by.pk:
        raise Refused("Somebody else countersigns this review.", code="not_countersigner")
    if round.submission.is_by(by):
        raise Refused("Nobody countersigns a review of their own work.", code="own_work")


def countersigned(review: "Review", by: User, now: datetime) -> None:
    """It is published: keep that, and tell the apprentice."""
    review.signings.get(state=Signing.State.WAITING).decide(Signing.State.COUNTERSIGNED, by=by, at=now)
    work = review.round.submission
    tell(
        review.mentor, "countersigned", subject=review, threshold=review.taken_back.count(), at=now,
        title=f"{by} countersigned your review of {work.title}", body="It is published, with both your names.",
        url=work.get_absolute_url(),
    )  # fmt: skip


def give_back(review: "Review", round: Round, by: User, note: str, now: datetime) -> None:
    """Make it a draft again with a `note` for its writer, who holds the round for another 24 hours."""
    row = review.signings.get(state=Signing.State.WAITING)
    _unsign(review)
    row.decide(Signing.State.RETURNED, by=by, at=now, note=note)
    hold(round, review.mentor, now)
    record(actor=by, verb="returned", subject=review, detail={"note": note}, at=now)
    tell(
        review.mentor, "review_returned", subject=row, title=f"{by} returned your review of {round.submission.title}",
        body=f"{note}\n\nIt is a draft again. Change what needs it, then publish it anew.",
        url=reverse("projects:review", args=[round.pk]), at=now,
    )  # fmt: skip


def take_signed_back(review: "Review", by: User, now: datetime) -> None:
    """Its writer goes on writing; who was asked to countersign hears of it, unless they have not noticed yet."""
    if review.mentor_id != by.pk:
        raise Refused("This is not your review.", code="not_yours")
    row = review.signings.get(state=Signing.State.WAITING)
    _unsign(review)
    row.decide(Signing.State.TAKEN_BACK, by=by, at=now)
    record(actor=by, verb="took_back", subject=review, detail={"verdict": review.verdict}, at=now)
    work = review.round.submission
    for person in take_back(TO_COUNTERSIGN, subject=row, at=now):
        title = f"{by} took the review of {work.title} back before you countersigned it"
        tell(person, "taken_back", subject=row, title=title, url="/queue/", by_email=False, at=now)


def drop(round: Round, now: datetime) -> None:
    """The round is withdrawn, in whose transaction this is: what was signed is a draft again, and asks for nobody."""
    for review in round.reviews.filter(state="signed").select_for_update(no_key=True):
        row = review.signings.get(state=Signing.State.WAITING)
        _unsign(review)
        row.decide(Signing.State.SETTLED, by=None, at=now)
        for person in take_back(TO_COUNTERSIGN, subject=row, at=now):
            title = f"{round.submission.title} was withdrawn: there is nothing to countersign"
            tell(person, "withdrawn", subject=row, title=title, url="/queue/", by_email=False, at=now)


def _unsign(review: "Review") -> None:
    review.state, review.version = review.State.DRAFT, review.version + 1
    review.save(update_fields=["state", "version"])


def tell_countersigner(review: "Review", by: User, now: datetime) -> None:
    """A published review was taken back, and with it the countersign of who is told here."""
    person = review.countersigned_by
    if person is not None:
        title = f"{by} took the review of {review.round.submission.title} back, which you countersigned"
        body = "It does not count. You are asked again once it is published anew."
        again = review.taken_back.count()
        tell(person, "taken_back", subject=review, threshold=again, title=title, body=body, url="/queue/", at=now)
