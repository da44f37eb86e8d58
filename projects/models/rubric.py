"""How well a round answers the project's questions: what the mentor says, question by question."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from projects.models.review import Review
    from projects.models.submission import Submission


class Level(models.TextChoices):
    """How far an answer and the work behind it carry, from the least to the most."""

    NOT_YET = "not_yet", "Not yet"
    PARTLY = "partly", "Partly"
    YES = "yes", "Yes"
    BEYOND = "beyond", "Beyond"


class Score(models.Model):
    """What a review says of one criterion. Part of the draft until the review is published, then it stands."""

    review = models.ForeignKey("projects.Review", models.PROTECT, related_name="scores")
    criterion = models.ForeignKey("projects.Criterion", models.PROTECT, related_name="scores")
    level = models.CharField(max_length=7, choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint("review", "criterion", name="score_once"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="score_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.level}"

    @staticmethod
    def last_of(submission: "Submission") -> dict[int, str]:
        """By criterion what the latest published review of `submission` says; one query."""
        rows = Score.objects.filter(review__round__submission=submission, review__state="published")
        return dict(rows.order_by("review__round__number").values_list("criterion", "level"))

    @staticmethod
    def replace(review: "Review", levels: Mapping[int, str]) -> None:
        """Make the scores of the draft `review` what `levels` says, by criterion."""
        standing = dict(review.scores.values_list("criterion", "level"))
        if standing == dict(levels):
            return
        review.scores.all().delete()
        Score.objects.bulk_create(Score(review=review, criterion_id=key, level=level) for key, level in levels.items())
