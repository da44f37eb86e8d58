"""The changes that reviews ask for, carried from round to round until they are settled."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.round import Round
from projects.models.submission import Submission


class ChangeRequest(models.Model):
    """A blocking comment once its review is published, carried from round to round until it is settled."""

    class State(models.TextChoices):
        OPEN = "open"
        ADDRESSED = "addressed"
        ACCEPTED = "accepted"
        WAIVED = "waived"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="change_requests")
    comment = models.OneToOneField("projects.Comment", models.PROTECT, related_name="change_request")
    opened_in = models.ForeignKey(Round, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    prepared = models.TextField(
        blank=True, db_default="", max_length=4000, help_text="How the mentee has addressed it, until they hand it in."
    )
    addressed_in = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="+")
    settled_in = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "addressed", "accepted", "waived"]),
                name="change_request_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="addressed") | Q(addressed_in__isnull=False),
                name="change_request_addressed_where",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "waived"]) | Q(settled_in__isnull=False),
                name="change_request_settled_where",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.comment_id}"

    def prepare(self, *, by: User, text: str, at: datetime | None = None) -> None:
        """Note how it was addressed, to go along with the next round; '' takes the note back."""
        if len(text) > 4000 or "\x00" in text:
            raise Refused("Say it in 4,000 characters.", code="too_long")
        with transaction.atomic():
            submission = Submission.objects.select_for_update(no_key=True).get(pk=self.submission_id)
            if not submission.is_by(by):
                raise Refused("Whose work it is says how a change was addressed.", code="not_yours")
            mine = ChangeRequest.objects.filter(pk=self.pk, state__in=["open", "addressed"])
            if submission.state != Submission.State.AWAITING_MENTEE or not mine.update(prepared=text):
                raise Refused("This is not waiting for you any more.", code="not_your_turn")
            record(actor=by, verb="prepared", subject=self, at=at)
        self.refresh_from_db()

    @classmethod
    def address(cls, round: Round, how: Mapping[int, str]) -> None:
        """Carry the open requests into `round`, with what the mentee says of each; an unsaid one stays open."""
        if round.number == 1:
            return
        for request in round.submission.open_requests():
            text = how.get(request.pk, "")
            if text:
                Response.objects.create(change_request=request, round=round, text=text)
                request.state, request.addressed_in, request.prepared = cls.State.ADDRESSED, round, ""
                request.save(update_fields=["state", "addressed_in", "prepared"])


class Response(models.Model):
    """How the mentee addressed one change request, in one round. Plain text."""

    change_request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="responses")
    round = models.ForeignKey(Round, models.PROTECT, related_name="responses")
    text = models.TextField(max_length=4000)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("change_request", "round", name="response_once_a_round")]

    def __str__(self) -> str:
        return self.text[:60]


class Decision(models.Model):
    """What a review says of an earlier change request. It takes effect when the review is published."""

    class SettlesAs(models.TextChoices):
        ACCEPTED = "accepted", "Accept"
        WAIVED = "waived", "Waive"

    review = models.ForeignKey("projects.Review", models.PROTECT, related_name="decisions")
    change_request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="decisions")
    settles_as = models.CharField(max_length=8, choices=SettlesAs)

    class Meta:
        constraints = [
            models.UniqueConstraint("review", "change_request", name="decision_once"),
            models.CheckConstraint(condition=Q(settles_as__in=["accepted", "waived"]), name="decision_known"),
        ]

    def __str__(self) -> str:
        return f"{self.change_request_id} {self.settles_as}"
