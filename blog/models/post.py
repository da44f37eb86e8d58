"""A post: its text, where it stands, and what people may do with it."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator, URLValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse

from blog import telling
from blog.anchors import Passage
from blog.models import address
from blog.models.anchored import placed
from blog.models.coauthor import agreed_of
from blog.models.comment import EditorComment
from blog.models.may import verbs_of, why_not
from blog.models.scopes import PostQuerySet
from blog.text import clean_body, render
from mentorship.cohorts.roles import is_rehearsing
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import Event, User

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# What a move between states may set.
MOMENTS = ("asked_at", "in_editing_since", "ready_at", "scheduled_for", "published_at", "updated_at", "featured_at")
FARTHEST = timedelta(days=366)
CATEGORY = r"^([a-z0-9]+([_-][a-z0-9]+)*)?$"


class Post(models.Model):
    class State(models.TextChoices):
        IDEA = "idea", "Idea"
        DRAFT = "draft", "Draft"
        IN_EDITING = "in_editing", "In editing"
        READY = "ready", "Ready"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLISHED = "published", "Published"

    class Origin(models.TextChoices):
        HAND = "hand", "Begun by hand"
        NOTE = "note", "A gap in your notes"
        PROJECT = "project", "An accepted project"
        REVIEW = "review", "A review's praise"
        NOTEBOOK = "notebook", "A notebook"
        FILE = "file", "A file"
        FEED = "feed", "A feed"

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="edited_posts"
    )
    by_mentor = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="Its editor took it as its author's mentor."
    )
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="Names the post for ever, in the feed too.")
    title = models.CharField(max_length=140)
    slug = models.SlugField(
        max_length=80,
        validators=[RegexValidator(SLUG, "Use lower-case letters, digits and single hyphens.")],
        help_text="Once the post was published, only an editor moves it.",
    )
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField(max_length=200_000, blank=True)
    body_html = models.TextField(blank=True, editable=False)
    teaser = models.CharField(
        max_length=300, blank=True, editable=False, help_text="The summary, or else how the text begins."
    )
    words = models.PositiveIntegerField(default=0, editable=False)
    category = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        validators=[RegexValidator(CATEGORY, "Use lower-case letters, digits, - and _.")],
    )
    tags = ArrayField(models.CharField(max_length=40), default=list, db_default=[], blank=True, size=8)
    front_matter = models.JSONField(
        default=dict, db_default={}, blank=True, help_text="What an imported file said besides; kept."
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.HAND, db_default="hand")
    origin_key = models.CharField(
        max_length=200,
        blank=True,
        db_default="",
        help_text="Names what the post began from, so that it begins one post a person.",
    )
    origin_url = models.CharField(max_length=300, blank=True, db_default="", help_text="Where that is found.")
    pitch = models.TextField(
        max_length=4_000, blank=True, db_default="", help_text="What an idea is about, and for whom."
    )
    canonical_url = models.URLField(max_length=300, blank=True, validators=[URLValidator(schemes=["http", "https"])])
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    comment_count = models.PositiveIntegerField(default=0, db_default=0, editable=False, help_text="Shown ones.")
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now, help_text="When its text last changed.")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When editing was first asked for.")
    in_editing_since = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True, help_text="When its editor said that it is ready.")
    scheduled_for = models.DateTimeField(null=True, blank=True, help_text="When it publishes itself.")
    published_at = models.DateTimeField(null=True, blank=True, help_text="When it was first published.")
    featured_at = models.DateTimeField(null=True, blank=True, help_text="Since when the landing page shows it.")

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=Q(state="published"), name="post_published"),
            models.Index(fields=["in_editing_since"], condition=Q(state="in_editing"), name="post_in_editing"),
            models.Index(fields=["scheduled_for"], condition=Q(state="scheduled"), name="post_scheduled"),
            models.Index(fields=["author", "-updated_at"], name="post_of_author"),
            models.Index(
                fields=["category", "-published_at", "-id"], condition=Q(state="published"), name="post_of_category"
            ),
            GinIndex(fields=["tags"], condition=Q(state="published"), name="post_tags"),
        ]
        constraints = [
            models.UniqueConstraint(
                "slug", name="post_slug_unique", violation_error_message="Another post has this address."
            ),
            models.UniqueConstraint("author", "key", name="post_begun_once"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="post_slug_plain"),
            models.CheckConstraint(condition=~Q(title=""), name="post_has_title"),
            models.UniqueConstraint(
                "author",
                "origin_key",
                condition=~Q(origin_key=""),
                name="post_one_of_origin",
                violation_error_message="You began a post from this already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["idea", "draft", "in_editing", "ready", "scheduled", "published"]),
                name="post_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="scheduled", scheduled_for__isnull=False)
                | (~Q(state="scheduled") & Q(scheduled_for__isnull=True)),
                name="post_scheduled_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "scheduled"]) | Q(ready_at__isnull=False, editor__isnull=False),
                name="post_ready_was_edited",
            ),
            models.CheckConstraint(
                condition=Q(by_mentor=False) | Q(editor__isnull=False), name="post_mentor_is_its_editor"
            ),
            models.CheckConstraint(condition=Q(category__regex=CATEGORY), name="post_category_plain"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="post_published_has_time",
            ),
            models.UniqueConstraint("state", condition=Q(featured_at__isnull=False), name="post_one_featured"),
            models.CheckConstraint(
                condition=Q(featured_at=None) | Q(state="published"), name="post_featured_is_published"
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

    def shown_figures(self) -> dict[str, tuple[int, int]]:
        """Width and height of its figures by address: what its text may show."""
        return {figure.address: (figure.width, figure.height) for figure in self.figures.all()}

    def authors(self) -> list[User]:
        """Who wrote it: the author first, then the co-authors who agreed, in the order in which they were asked."""
        return [self.author, *(row.person for row in agreed_of(self))]

    def is_written_by(self, person: Any) -> bool:
        return self.author_id == person.pk or person.pk in [row.person_id for row in agreed_of(self)]

    def verbs_of(self, person: Any) -> frozenset[str]:
        """What `person` may do with this post as it stands; the one place that says so."""
        return verbs_of(self, person)

    def lock_for(self, verb: str, by: Any) -> None:
        """Lock the row until the transaction ends and read it anew; Refused if `by` may not do `verb` (any more)."""
        try:
            self.refresh_from_db(from_queryset=Post.objects.select_for_update(of=("self",)))
        except Post.DoesNotExist:
            raise Refused("This post was removed meanwhile.", code="post_gone") from None
        vars(self).pop("of_mentee", None)  # who mentors its author is asked anew as well
        self.check_may(verb, by)

    def check_may(self, verb: str, by: Any) -> None:
        """Refused if `by` may not do `verb` with the post as it stands."""
        if verb not in self.verbs_of(by):
            raise Refused(why_not(self, verb, by), code=f"cannot_{verb}")

    @transaction.atomic
    def start(self, *, by: User, at: datetime | None = None) -> None:
        """The author begins to write: the idea becomes a draft."""
        now = at or clock.now()
        self.lock_for("start", by)
        self._move(self.State.DRAFT, by, "started", now)

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
        """An editor, or the author's mentor, says 'I edit this one'. Refused when another has it; an admin may take
        it over, and an editor from a mentor."""
        now = at or clock.now()
        self.lock_for("take", by)
        self._give_to(by)
        telling.taken(self, self._move(self.state, by, "took", now), now)

    @transaction.atomic
    def give_back(self, *, by: User, comment: str, at: datetime | None = None) -> None:
        """An editor returns the post to its author as a draft, and says what is missing."""
        now = at or clock.now()
        self.lock_for("give_back", by)
        said = self._say(by, comment, now)
        self.in_editing_since = None
        self._give_to(None)
        telling.given_back(self, self._move(self.State.DRAFT, by, "gave_back", now, comment=said.pk), said, now)

    @transaction.atomic
    def mark_ready(self, *, by: User, at: datetime | None = None) -> None:
        """An editor says that it can be published; the text stands still from then on."""
        now = at or clock.now()
        self.lock_for("mark_ready", by)
        self._check_finished()
        if self.editor is None:
            self._give_to(by)
        self.ready_at, self.in_editing_since = now, None
        telling.ready(self, self._move(self.State.READY, by, "marked_ready", now), now)

    @transaction.atomic
    def reopen(self, *, by: User, at: datetime | None = None) -> None:
        """Author or editor want to change a ready or scheduled post after all: it is in editing again."""
        now = at or clock.now()
        self.lock_for("reopen", by)
        self.in_editing_since, self.ready_at, self.scheduled_for = now, None, None
        telling.reopened(self, self._move(self.State.IN_EDITING, by, "reopened", now), now)

    @transaction.atomic
    def schedule(self, *, by: User, moment: datetime, at: datetime | None = None) -> None:
        """An editor sets when a ready post publishes itself; again moves it. Refused for a moment that has passed."""
        now = at or clock.now()
        self.lock_for("schedule", by)
        if not now < moment < now + FARTHEST:
            raise Refused("Choose a moment ahead, within a year.", code="not_ahead")
        self.scheduled_for = moment
        telling.scheduled(self, self._move(self.State.SCHEDULED, by, "scheduled", now, moment=moment.isoformat()), now)

    @transaction.atomic
    def publish(self, *, by: User, scheduled: bool = False, at: datetime | None = None) -> None:
        """An editor publishes it; an unclaimed post is theirs from then on. The first publication's date stays.

        `scheduled`: the day that `by` had set has come.
        """
        now = at or clock.now()
        self.lock_for("publish", by)
        self._check_finished()
        if is_rehearsing(self.author):
            text = f"{self.author} takes part in a test cohort: nothing of theirs appears in public until that is over."
            raise Refused(text, code="test_cohort")
        if self.editor is None:
            self._give_to(by)
        self.in_editing_since, self.ready_at, self.scheduled_for = None, None, None
        self.published_at = self.published_at or now
        self.updated_at = now
        said = {"scheduled": True} if scheduled else {}
        telling.published(self, self._move(self.State.PUBLISHED, by, "published", now, **said), now)

    def _check_finished(self) -> None:
        """What has to be so before a post is called ready or is published."""
        if not self.body.strip():
            raise Refused("The post has no text to publish.", code="nothing_written")
        if count := self.suggestions.open().count():
            are = "suggestion is" if count == 1 else "suggestions are"
            raise Refused(f"{count} {are} open: its author accepts or refuses each first.", code="suggestions_open")

    @transaction.atomic
    def unpublish(self, *, by: User, reason: str, at: datetime | None = None) -> None:
        """An editor takes it off the blog; it is its author's draft again, with the reason beside it."""
        now = at or clock.now()
        self.lock_for("unpublish", by)
        said = self._say(by, reason, now)
        self.featured_at = None
        self._give_to(None)
        telling.unpublished(self, self._move(self.State.DRAFT, by, "unpublished", now, comment=said.pk), said, now)

    @transaction.atomic
    def move(self, *, by: User, slug: str, at: datetime | None = None) -> None:
        """An editor gives a published post another address; the one it had leads there for ever."""
        now = at or clock.now()
        self.lock_for("move", by)
        if slug == self.slug:
            return
        before = self.slug
        address.move(self, slug, now)
        record(actor=by, verb="moved", subject=self, detail={"from": before, "to": slug}, at=now)

    @transaction.atomic
    def feature(self, *, by: User, at: datetime | None = None) -> None:
        """An editor puts it onto the landing page, in place of the one there."""
        now = at or clock.now()
        self.lock_for("feature", by)
        Post.objects.filter(featured_at__isnull=False).update(featured_at=None)
        self.featured_at = now
        try:
            with transaction.atomic():
                self.save(update_fields=["featured_at"])
        except IntegrityError:
            raise Refused("Another post was featured at this very moment. Look at it first.", "featured") from None
        record(actor=by, verb="featured", subject=self, at=now)

    @transaction.atomic
    def unfeature(self, *, by: User, at: datetime | None = None) -> None:
        """An editor takes it off the landing page; it stays on the blog."""
        self.lock_for("unfeature", by)
        self.featured_at = None
        self.save(update_fields=["featured_at"])
        record(actor=by, verb="unfeatured", subject=self, at=at)

    @transaction.atomic
    def comment(
        self,
        *,
        by: User,
        text: str,
        passage: Passage | None = None,
        parent: EditorComment | None = None,
        at: datetime | None = None,
    ) -> EditorComment:
        """Add to the thread between author and who edits, begin one at a `passage`, or reply to `parent`.

        Each side is told of the other's words.
        """
        now = at or clock.now()
        self.lock_for("comment", by)
        place = {} if passage is None else placed(self.body, passage, newest=False)
        said = self._say(by, text, now, parent=parent and (parent.parent or parent), **place)
        record(actor=by, verb="commented", subject=self, detail={"comment": said.pk}, at=now)
        telling.commented(self, said, now)
        return said

    @transaction.atomic
    def discard(self, *, by: User, at: datetime | None = None) -> None:
        """The author throws a draft away that was never published; its revisions, comments and figures go with it."""
        now = at or clock.now()
        self.lock_for("discard", by)
        event = record(actor=by, verb="discarded", subject=self, detail={"title": self.title}, at=now)
        telling.discarded(self, event, now)
        self.figures.forget()
        self.delete()

    def _give_to(self, person: User | None) -> None:
        self.editor, self.by_mentor = person, person is not None and not person.is_editor

    def _move(self, state: str, by: User, verb: str, now: datetime, **detail: Any) -> Event:
        """Store `state` with the dates and the editor that go with it, and its event."""
        detail |= {"from": self.state, "to": state}
        self.state = state
        self.save(update_fields=["state", "editor", "by_mentor", *MOMENTS])
        return record(actor=by, verb=verb, subject=self, detail=detail, at=now)

    def _say(self, by: User, text: str, now: datetime, **place: Any) -> EditorComment:
        text = clean_body(text).strip()
        if not text:
            raise Refused("Say why in a comment, so that the other side knows what to do.", code="comment_missing")
        if len(text) > 10_000:
            raise Refused("A comment has 10,000 characters at most.", code="comment_too_long")
        said = {"text": text, "html": render(text), "created_at": now}
        return EditorComment.objects.create(post=self, author=by, **said, **place)
