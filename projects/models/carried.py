"""Where the comments of earlier rounds are in a later one, worked out once, when its files are rendered."""

from django.db import models
from django.db.models import Q

from projects.models.comment import Comment
from projects.models.files import RoundFile


class Carried(models.Model):
    """One comment of an earlier round, in one file of a later round."""

    class Became(models.TextChoices):
        SAME = "same", "Unchanged since"
        MOVED = "moved", "Moved since"
        CHANGED = "changed", "Changed since"
        GONE = "gone", "Gone since"

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="carried")
    file = models.ForeignKey(RoundFile, models.PROTECT, related_name="carried")
    became = models.CharField(max_length=7, choices=Became)
    cell = models.PositiveSmallIntegerField(null=True)
    line_from = models.PositiveIntegerField(null=True)
    line_to = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("comment", "file", name="carried_once"),
            models.CheckConstraint(
                condition=Q(became__in=["same", "moved", "changed"], cell__isnull=False)
                | Q(became="gone", cell=None, line_from=None, line_to=None),
                name="carried_somewhere_or_gone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.became}"
