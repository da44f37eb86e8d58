"""What changed from one round to another, worked out once by a worker, since rounds never change."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentorship.common.enqueue import enqueue
from projects.models.round import Round
from projects.models.scopes import visible_keys

LEASE = timedelta(minutes=5)  # longer than a worker may be at a task: then it was lost


class Differences(models.QuerySet["Difference"]):
    def visible_to(self, person: Any) -> "Differences":
        return self.filter(later__submission__in=visible_keys(person))

    def idle(self, *, at: datetime) -> "Differences":
        """Those that wait and that no worker is at."""
        return self.filter(Q(begun_at=None) | Q(begun_at__lte=at - LEASE), state="waiting")


class Difference(models.Model):
    """Two rounds of one submission compared. `found` is what `projects.difference.work_out` writes."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    earlier = models.ForeignKey(Round, models.PROTECT, related_name="+")
    later = models.ForeignKey(Round, models.PROTECT, related_name="differences")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    found = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = Differences.as_manager()

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="difference_to_work_out")]
        constraints = [
            models.UniqueConstraint("earlier", "later", name="difference_once"),
            models.CheckConstraint(condition=Q(later__gt=F("earlier")), name="difference_in_order"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "done", "failed"]), name="difference_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.earlier_id} to {self.later_id}"

    @staticmethod
    def pair(round: Round, number: int) -> tuple[Round, Round] | None:
        """`round` and another of the same work, the earlier one first; None when there is no such other."""
        other = Round.objects.filter(submission=round.submission_id, number=number).exclude(pk=round.pk).first()
        if other is None:
            return None
        other.submission = round.submission
        return (round, other) if round.number < number else (other, round)

    @classmethod
    def ask(cls, earlier: Round, later: Round, *, at: datetime | None = None) -> "Difference":
        """Have two rounds compared; asked twice, or by two at once, it is worked out once."""
        row, new = cls.objects.defer("found").get_or_create(
            earlier=earlier, later=later, defaults={"asked_at": at or timezone.now()}
        )
        if new:
            enqueue("projects.work_out_difference", row.pk)
        return row
