"""What an editor and the author say to each other about a post."""

from django.conf import settings
from django.db import models

from mentorship.common import clock


class EditorComment(models.Model):
    """One remark in the thread beside a post; Markdown, rendered once."""

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="editor_comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(max_length=10_000)
    html = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="editor_comment_says_something")]

    def __str__(self) -> str:
        return self.text[:60]
