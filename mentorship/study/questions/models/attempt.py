"""What a person answered, and how well they said it went. Only ever added to."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mentorship.common import clock

LONGEST_ANSWER = 5000


class Rating(models.IntegerChoices):
    """How well it went, in FSRS's four words."""

    AGAIN = 1, "Again"
    HARD = 2, "Hard"
    GOOD = 3, "Good"
    EASY = 4, "Easy"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def standing(self) -> "AttemptQuerySet":
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Attempt(models.Model):
    """One answer: what was typed, which points were ticked, the rating, and how the card stood before it.

    `was` is the card's state before, 0 for a new one. A rating that is taken back stays, with `undone_at`.
    """

    card = models.ForeignKey("study.Card", models.CASCADE, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField(help_text="The version of the card that was rated.")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    rating = models.PositiveSmallIntegerField(choices=Rating)
    was = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    seconds = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True, max_length=LONGEST_ANSWER)
    ticked = ArrayField(models.PositiveSmallIntegerField(), default=list)
    points = models.PositiveSmallIntegerField(default=0)
    before = models.JSONField()
    due = models.DateTimeField(help_text="When the card came back after it.")
    undone_at = models.DateTimeField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="attempt_of_person")]
        constraints = [
            models.UniqueConstraint("card", "number", name="attempt_once_a_version"),
            models.UniqueConstraint("card", "key", name="attempt_sent_once"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=4), name="attempt_rating_known"),
            models.CheckConstraint(condition=Q(was__lte=3), name="attempt_was_known"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id}: {self.rating}"
