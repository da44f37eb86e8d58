"""What readers say under a published post: members only, nested once, hidden by who looks after the blog."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from blog import telling_readers as telling
from blog.models.post import Post
from mentorship.cohorts.models import Membership
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere, worded
from mentorship.people.events import record
from mentorship.people.models import User

LONGEST = 5_000
HEADINGS = 4  # they stand below 'Comments', an h2, and the name of whoever speaks
EDITABLE = timedelta(minutes=15)
MOST_AN_HOUR = 20


def may_speak(person: Any) -> bool:
    """Who is, or was, in a cohort, and who runs the program; nobody else, so that there is no spam to clean up."""
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_editor or Membership.objects.filter(person=person).exists()


class ReaderCommentQuerySet(models.QuerySet["ReaderComment"]):
    def visible_to(self, reader: Any) -> "ReaderCommentQuerySet":
        """Those under published posts; hidden ones only for who wrote them and for editors."""
        found = self.filter(post__state=Post.State.PUBLISHED)
        if not reader.is_authenticated:
            return found.filter(state=ReaderComment.State.SHOWN)
        if reader.is_editor:
            return found
        return found.filter(Q(state=ReaderComment.State.SHOWN) | Q(author_id=reader.pk) | Q(post__author_id=reader.pk))

    def reported(self) -> "ReaderCommentQuerySet":
        """Shown ones that somebody reported and no editor has looked at since."""
        return self.filter(state=ReaderComment.State.SHOWN, reported_at__isnull=False)


class ReaderComment(models.Model):
    """One comment, or a reply under one. Markdown, rendered once."""

    class State(models.TextChoices):
        SHOWN = "shown", "Shown"
        HIDDEN = "hidden", "Hidden"
        REMOVED = "removed", "Removed by its writer"

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="reader_comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one comment.")
    text = models.TextField(max_length=LONGEST, blank=True)
    html = models.TextField(blank=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.SHOWN)
    edits = models.PositiveSmallIntegerField(default=0, help_text="Counts the edits; who edits over another loses.")
    created_at = models.DateTimeField(default=clock.now)
    reported_at = models.DateTimeField(null=True, blank=True, help_text="When somebody first reported it; untouched.")
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_because = models.CharField(max_length=300, blank=True)

    objects = ReaderCommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["post", "parent", "-id"], name="reader_comment_list"),
            models.Index(
                fields=["reported_at"], condition=Q(reported_at__isnull=False, state="shown"), name="reader_reported"
            ),
            models.Index(fields=["author", "created_at"], name="reader_comment_of"),
        ]
        constraints = [
            models.UniqueConstraint("author", "key", name="reader_comment_once"),
            models.CheckConstraint(
                condition=Q(state="removed", text="") | (Q(state__in=["shown", "hidden"]) & ~Q(text="")),
                name="reader_comment_says_something",
            ),
            models.CheckConstraint(
                condition=Q(state="hidden", hidden_by__isnull=False) & ~Q(hidden_because="")
                | (~Q(state="hidden") & Q(hidden_by__isnull=True, hidden_because="")),
                name="reader_comment_hidden_because",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return f"{self.post.get_absolute_url()}comments/#comment-{self.parent_id or self.pk}"

    def verbs_of(self, person: Any, at: datetime | None = None) -> frozenset[str]:
        """What `person` may do with it; the one place that says so. The post has to be at hand."""
        if not person.is_authenticated or self.state == self.State.REMOVED:
            return frozenset()
        own, editor = self.author_id == person.pk, person.is_editor
        keeps_house = editor or self.post.author_id == person.pk
        if self.state == self.State.HIDDEN:
            return frozenset({"show"} if editor else ())
        verbs = {"remove"} if own else {"report"}
        if own and self.created_at > (at or clock.now()) - EDITABLE:
            verbs |= {"edit"}
        if keeps_house and not own:
            verbs |= {"hide"}
        if editor and self.reported_at:
            verbs |= {"leave"}
        return frozenset(verbs)

    @classmethod
    def write(
        cls, post: Post, *, by: User, text: str, parent: "ReaderComment | None" = None, key: Any = None,
        at: datetime | None = None,
    ) -> "ReaderComment":  # fmt: skip
        """Say something under a published post, or reply to `parent`. The same `key` again is one comment."""
        now, html = at or clock.now(), _html(text)
        if not may_speak(by):
            raise Refused("Members of the program comment here.", code="not_a_member")
        with transaction.atomic():
            # One after the other for each person, so that the limit holds.
            User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
            found = Post.objects.select_for_update(no_key=True, of=("self",)).only("pk", "state").get(pk=post.pk)
            if found.state != Post.State.PUBLISHED:
                raise Refused("Comments stand under published posts.", code="not_published")
            if parent is not None and (parent.post_id != post.pk or parent.parent_id or parent.state != "shown"):
                raise Refused("A reply stands under a comment of this post.", code="no_comment")
            same = cls.objects.filter(author=by, key=key).first() if key else None
            if same is not None:
                return same
            if cls.objects.filter(author=by, created_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
                raise Refused("That is a lot for one hour; go on in a while.", code="too_many")
            row = cls.objects.create(
                post=post, author=by, parent=parent, key=key or uuid.uuid4(), text=text, html=html, created_at=now
            )
            Post.objects.filter(pk=post.pk).update(comment_count=F("comment_count") + 1)
            record(actor=by, verb="commented", subject=row, at=now)
            telling.commented(row, at=now)
        return row

    def edit(self, *, by: User, text: str, version: int | None = None, at: datetime | None = None) -> None:
        """Say it in other words, within a quarter of an hour and unless it was edited elsewhere meanwhile."""
        html = _html(text)
        with transaction.atomic():
            self._lock_for("edit", by, at)
            if version not in (None, self.edits):
                raise ChangedThere(self.text)
            self.text, self.html, self.edits = text, html, self.edits + 1
            self._save("edited", by, at, "text", "html", "edits")

    @transaction.atomic
    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Its writer takes it back; replies stay, under 'removed by its writer'."""
        self._lock_for("remove", by, at)
        self.state, self.text, self.html = self.State.REMOVED, "", ""
        self._count(-1)
        self._save("removed", by, at, "state", "text", "html")

    @transaction.atomic
    def report(self, *, by: User, at: datetime | None = None) -> None:
        """Somebody thinks that it does not belong here: the editors are told, once until one has looked."""
        self._lock_for("report", by, at)
        if not may_speak(by):
            raise Refused("Members of the program report comments.", code="not_a_member")
        if self.reported_at is None:
            self.reported_at = at or clock.now()
            event = self._save("reported", by, at, "reported_at")
            telling.reported(self, event, at=self.reported_at)

    @transaction.atomic
    def leave(self, *, by: User, at: datetime | None = None) -> None:
        """An editor has looked at a reported comment and leaves it where it is."""
        self._lock_for("leave", by, at)
        self.reported_at = None
        self._save("left_standing", by, at, "reported_at")

    @transaction.atomic
    def hide(self, *, by: User, reason: str, at: datetime | None = None) -> None:
        """An editor, or the post's author, takes it away from readers and says why; its writer is told."""
        reason = " ".join(reason.split())
        if not reason or len(reason) > 300:
            raise Refused("Say why, in 300 characters at most: its writer reads it.", code="no_reason")
        self._lock_for("hide", by, at)
        self.state, self.hidden_by, self.hidden_because = self.State.HIDDEN, by, reason
        self.reported_at = None
        self._count(-1)
        event = self._save("hid", by, at, "state", "hidden_by", "hidden_because", "reported_at")
        telling.hidden(self, event, at=at or clock.now())

    @transaction.atomic
    def show(self, *, by: User, at: datetime | None = None) -> None:
        """An editor shows again what was hidden."""
        self._lock_for("show", by, at)
        self.state, self.hidden_by, self.hidden_because = self.State.SHOWN, None, ""
        self._count(1)
        self._save("showed", by, at, "state", "hidden_by", "hidden_because")

    def _count(self, change: int) -> None:
        Post.objects.filter(pk=self.post_id).update(comment_count=F("comment_count") + change)

    def _lock_for(self, verb: str, by: User, at: datetime | None) -> None:
        rows = ReaderComment.objects.select_for_update(no_key=True, of=("self",)).select_related("post")
        self.refresh_from_db(from_queryset=rows)
        if verb not in self.verbs_of(by, at):
            raise Refused(WHY_NOT.get(verb, "That is not possible (any more)."), code=f"cannot_{verb}")

    def _save(self, verb: str, by: User, at: datetime | None, *fields: str) -> Any:
        self.save(update_fields=fields)
        return record(actor=by, verb=verb, subject=self, at=at)


WHY_NOT = {
    "edit": "A comment can be changed by its writer within a quarter of an hour.",
    "hide": "Editors and the post's author hide comments that are shown.",
    "show": "Only what was hidden can be shown again, by an editor.",
}


def _html(text: str) -> str:
    return worded(text, longest=LONGEST, heading_level=HEADINGS)
