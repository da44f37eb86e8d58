"""The text of a post as somebody saved it."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from mentorship.common import clock

# Saves that the page makes by itself while somebody types are one revision, until this much time has passed.
ONE_SITTING = timedelta(minutes=10)


class Revision(models.Model):
    """One saved text. What a person saved with the button is never changed again."""

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=140)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    more = models.JSONField(
        default=dict, db_default={}, help_text="Address, category, tags and the like, where they were kept."
    )
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose suggestion it took over.",
    )
    begun_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    by_itself = models.BooleanField(default=False, help_text="Saved by the page while its author typed.")

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint("post", "version", name="revision_version_unique")]

    def __str__(self) -> str:
        return f"{self.post_id} v{self.version}"
