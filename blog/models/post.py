"""A post: its text, where it stands, and what people may do with it."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator, URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from blog import telling
from blog.models.comment import EditorComment
from blog.models.scopes import PostQuerySet
from blog.text import clean_body, render
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import Event, User

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Post(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_EDITING = "in_editing", "In editing"
        PUBLISHED = "published", "Published"

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="edited_posts"
    )
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="Names the post for ever, in the feed too.")
    title = models.CharField(max_length=140)
    slug = models.SlugField(
        max_length=80,
        validators=[RegexValidator(SLUG, "Use lower-case letters, digits and single hyphens.")],
        help_text="Frozen once the post was published.",
    )
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(max_length=200_000, blank=True)
    body_html = models.TextField(blank=True, editable=False)
    teaser = models.CharField(
        max_length=300, blank=True, editable=False, help_text="The summary, or else how the text begins."
    )
    words = models.PositiveIntegerField(default=0, editable=False)
    canonical_url = models.URLField(max_length=300, blank=True, validators=[URLValidator(schemes=["http", "https"])])
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now, help_text="When its text last changed.")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When editing was first asked for.")
    in_editing_since = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, help_text="When it was first published.")

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=Q(state="published"), name="post_published"),
            models.Index(fields=["in_editing_since"], condition=Q(state="in_editing"), name="post_in_editing"),
            models.Index(fields=["author", "-updated_at"], name="post_of_author"),
        ]
        constraints = [
            models.UniqueConstraint(
                "slug", name="post_slug_unique", violation_error_message="Another post has this address."
            ),
            models.UniqueConstraint("author", "key", name="post_begun_once"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="post_slug_plain"),
            models.CheckConstraint(condition=~Q(title=""), name="post_has_title"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_editing", "published"]), name="post_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="post_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(canonical_url="") | Q(canonical_url__regex=r"^https?://"), name="post_canonical_is_web"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("blog:post", args=[self.slug])

    @property
    def desk_url(self) -> str:
        """Where author and editors work on it."""
        return reverse("blog:edit", args=[self.pk])

    def verbs_of(self, person: Any) -> frozenset[str]:
        """What `person` may do with this post as it stands; the one place that says so."""
        author, admin, editor = self.author_id == person.pk, person.is_admin, person.is_editor
        # Nobody edits their own post alone, except an admin, so that a program with one editor is not stuck.
        edits = editor and (admin or (not author and self.editor_id in (None, person.pk)))
        verbs = set()
        if self.state == self.State.DRAFT:
            if author or admin:
                verbs |= {"revise"}
            if author:
                verbs |= {"ask_for_editing"}
                verbs |= {"discard"} if self.published_at is None else set()
        elif self.state == self.State.IN_EDITING:
            if author or admin or (editor and self.editor_id == person.pk):
                verbs |= {"revise"}
            if edits:
                verbs |= {"give_back", "publish"}
                verbs |= {"take"} if self.editor_id != person.pk else set()
        elif editor:
            verbs |= {"revise", "unpublish"}
        if self.state != self.State.DRAFT and (author or editor):
            verbs |= {"comment"}
        return frozenset(verbs)

    def lock_for(self, verb: str, by: Any) -> None:
        """Lock the row until the transaction ends and read it anew; Refused if `by` may not do `verb` (any more)."""
        try:
            self.refresh_from_db(from_queryset=Post.objects.select_for_update(of=("self",)))
        except Post.DoesNotExist:
            raise Refused("This post was removed meanwhile.", code="post_gone") from None
        if verb not in self.verbs_of(by):
            raise Refused(self._why_not(verb, by), code=f"cannot_{verb}")

    def _why_not(self, verb: str, by: Any) -> str:
        if verb in ("take", "give_back", "publish") and self.state == self.State.IN_EDITING:
            if self.editor_id == by.pk:
                return "You have this post already."
            if self.editor is not None:
                return f"{self.editor.name} edits this post."
            return "An editor who did not write it has to edit this post."
        standing = {"draft": "is a draft", "in_editing": "is in editing", "published": "is published"}[self.state]
        return f"This post {standing}, so that is not possible (any more)."

    @transaction.atomic
    def ask_for_editing(self, *, by: User, at: datetime | None = None) -> None:
        """The author hands the draft to the editors. Refused without text, or when it is no draft."""
        now = at or clock.now()
        self.lock_for("ask_for_editing", by)
        if not self.body.strip():
            raise Refused("Write something first: the post has no text yet.", code="nothing_written")
        self.asked_at = self.asked_at or now
        self.in_editing_since = now
        telling.editing_asked(self, self._move(self.State.IN_EDITING, by, "asked_for_editing", now), now)

    @transaction.atomic
    def take(self, *, by: User, at: datetime | None = None) -> None:
        """An editor says 'I edit this one'. Refused when another has it (an admin may take it over)."""
        now = at or clock.now()
        self.lock_for("take", by)
        self.editor = by
        telling.taken(self, self._move(self.state, by, "took", now), now)

    @transaction.atomic
    def give_back(self, *, by: User, comment: str, at: datetime | None = None) -> None:
        """An editor returns the post to its author as a draft, and says what is missing."""
        now = at or clock.now()
        self.lock_for("give_back", by)
        said = self._say(by, comment, now)
        self.in_editing_since, self.editor = None, None
        telling.given_back(self, self._move(self.State.DRAFT, by, "gave_back", now, comment=said.pk), said, now)

    @transaction.atomic
    def publish(self, *, by: User, at: datetime | None = None) -> None:
        """An editor publishes it; an unclaimed post is theirs from then on. The first publication's date stays."""
        now = at or clock.now()
        self.lock_for("publish", by)
        if not self.body.strip():
            raise Refused("The post has no text to publish.", code="nothing_written")
        self.editor = self.editor or by
        self.in_editing_since, self.published_at = None, self.published_at or now
        self.updated_at = now
        telling.published(self, self._move(self.State.PUBLISHED, by, "published", now), now)

    @transaction.atomic
    def unpublish(self, *, by: User, reason: str, at: datetime | None = None) -> None:
        """An editor takes it off the blog; it is its author's draft again, with the reason beside it."""
        now = at or clock.now()
        self.lock_for("unpublish", by)
        said = self._say(by, reason, now)
        self.editor = None
        telling.unpublished(self, self._move(self.State.DRAFT, by, "unpublished", now, comment=said.pk), said, now)

    @transaction.atomic
    def comment(self, *, by: User, text: str, at: datetime | None = None) -> EditorComment:
        """Add to the thread between author and editors; each side is told of the other's words."""
        now = at or clock.now()
        self.lock_for("comment", by)
        said = self._say(by, text, now)
        record(actor=by, verb="commented", subject=self, detail={"comment": said.pk}, at=now)
        telling.commented(self, said, now)
        return said

    @transaction.atomic
    def discard(self, *, by: User, at: datetime | None = None) -> None:
        """The author throws a draft away that was never published; its revisions and comments go with it."""
        self.lock_for("discard", by)
        record(actor=by, verb="discarded", subject=self, detail={"title": self.title}, at=at)
        self.delete()

    def _move(self, state: str, by: User, verb: str, now: datetime, **detail: Any) -> Event:
        """Store `state` with the dates and the editor that go with it, and its event."""
        detail |= {"from": self.state, "to": state}
        self.state = state
        self.save(update_fields=["state", "editor", "asked_at", "in_editing_since", "published_at", "updated_at"])
        return record(actor=by, verb=verb, subject=self, detail=detail, at=now)

    def _say(self, by: User, text: str, now: datetime) -> EditorComment:
        text = clean_body(text).strip()
        if not text:
            raise Refused("Say why in a comment, so that the other side knows what to do.", code="comment_missing")
        if len(text) > 10_000:
            raise Refused("A comment has 10,000 characters at most.", code="comment_too_long")
        return EditorComment.objects.create(post=self, author=by, text=text, html=render(text), created_at=now)
