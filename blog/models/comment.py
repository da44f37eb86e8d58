"""What who edits a post and its author say to each other about it."""

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from blog import telling_suggestions as telling
from blog.models.anchored import Anchored, rule_of_place
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User


class CommentQuerySet(models.QuerySet["EditorComment"]):
    def followed(self) -> "CommentQuerySet":
        """What moves with the text: threads at a passage, those that are not resolved first."""
        return (
            self.filter(parent=None).exclude(quote="").order_by(models.F("resolved_at").desc(nulls_first=True), "-pk")
        )

    def of_whole_post(self) -> "CommentQuerySet":
        """The one thread that is at no passage."""
        return self.filter(Q(parent=None, quote="") | Q(parent__quote=""))


class EditorComment(Anchored):
    """One remark in Markdown. With a quote it begins a thread at that passage, with a parent it replies."""

    FOLLOWS = ("start", "end")

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="editor_comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    text = models.TextField(max_length=10_000)
    html = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="editor_comment_says_something"),
            rule_of_place("editor_comment_place"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(quote="", start__isnull=True, resolved_at__isnull=True),
                name="editor_comment_reply_is_no_thread",
            ),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="editor_comment_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @transaction.atomic
    def resolve(self, *, by: User, at: datetime | None = None) -> None:
        """Either side says that nothing is left to do here."""
        self._turn(by, at or clock.now(), resolved=True)

    @transaction.atomic
    def reopen(self, *, by: User, at: datetime | None = None) -> None:
        """Either side wants to go on after all."""
        self._turn(by, at or clock.now(), resolved=False)

    def _turn(self, by: User, now: datetime, *, resolved: bool) -> None:
        self.post.lock_for("comment", by)
        self.refresh_from_db(fields=["resolved_at"])
        if self.parent_id is not None or not self.quote:
            raise Refused("Only a thread at a passage is resolved.", code="no_thread")
        if (self.resolved_at is not None) == resolved:
            raise Refused(f"This thread is {'resolved' if resolved else 'open'} already.", code="turned_already")
        self.resolved_by, self.resolved_at = (by, now) if resolved else (None, None)
        self.save(update_fields=["resolved_by", "resolved_at"])
        verb = "resolved_thread" if resolved else "reopened_thread"
        telling.resolved(self, record(actor=by, verb=verb, subject=self.post, detail={"comment": self.pk}, at=now), now)
