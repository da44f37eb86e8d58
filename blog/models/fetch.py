"""What a worker fetches from other servers when somebody asked for it: the feed of a blog, the images of a post.

Asked, then fetched or failed with the reason. Nothing is tried again by itself: who asked may ask again.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.common import clock
from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.people.models import User

LEASE = timedelta(minutes=5)  # longer than any fetch takes: then its worker was lost
MOST_FEEDS = 20
STATES = ["asked", "fetched", "failed"]


class Fetch(models.Model):
    """The states that both kinds have in common."""

    class State(models.TextChoices):
        ASKED = "asked", "Being fetched"
        FETCHED = "fetched", "Fetched"
        FAILED = "failed", "Failed"

    TASK = ""

    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it failed.")
    asked_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.ASKED

    def is_stuck(self, at: datetime | None = None) -> bool:
        """Whether nobody is at it (any more), so that asking again helps."""
        return self.is_waiting and self.asked_at <= (at or clock.now()) - LEASE

    @transaction.atomic
    def ask_again(self, *, at: datetime | None = None) -> None:
        """Have it fetched once more. Refused while a worker is at it."""
        now = at or clock.now()
        over = Q(state__in=["fetched", "failed"]) | Q(asked_at__lte=now - LEASE)
        rows = type(self)._default_manager.filter(over, pk=self.pk)
        if not rows.update(state="asked", reason="", asked_at=now, started_at=None, finished_at=None):
            raise Refused("It is being fetched. Look again in a moment.", code="being_fetched")
        self.refresh_from_db()
        enqueue(self.TASK, self.pk)

    @classmethod
    def claim(cls, pk: int, *, at: datetime | None = None) -> Self | None:
        """The row, if it waits and nobody else is at it; a task that comes twice gets it once."""
        rows = cls._default_manager.filter(pk=pk, state="asked", started_at=None)
        return cls._default_manager.get(pk=pk) if rows.update(started_at=at or clock.now()) else None

    def end(self, *, reason: str = "", at: datetime | None = None, **found: Any) -> None:
        """Keep what came, or why nothing did; nothing if somebody asked again meanwhile."""
        state = self.State.FAILED if reason else self.State.FETCHED
        rows = type(self)._default_manager.filter(pk=self.pk, state="asked", started_at=self.started_at)
        rows.update(state=state, reason=reason[:300], finished_at=at or clock.now(), **found)


class Feeds(models.QuerySet["Feed"]):
    def of(self, person: Any) -> "Feeds":
        return self.filter(person_id=person.pk)


class Feed(Fetch):
    """The feed of somebody's own blog. `entries`: {key, title, url, day, text, note} each, as Markdown."""

    TASK = "blog.fetch_feed"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    address = models.URLField(max_length=300)
    title = models.CharField(max_length=140, blank=True)
    entries = models.JSONField(default=list)

    objects = Feeds.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "address", name="feed_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="feed_state_known"),
            models.CheckConstraint(condition=Q(state="failed") ^ Q(reason=""), name="feed_failed_says_why"),
            models.CheckConstraint(condition=Q(address__regex=r"^https?://"), name="feed_is_web"),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @classmethod
    @transaction.atomic
    def ask(cls, *, by: User, address: str, at: datetime | None = None) -> "Feed":
        """Have the feed at `address` fetched; the same address is the same feed, fetched anew."""
        known = cls.objects.of(by)
        if known.count() >= MOST_FEEDS and not known.filter(address=address).exists():
            raise Refused(f"{MOST_FEEDS} feeds are the most that a person has here.", code="too_many_feeds")
        feed, new = cls.objects.get_or_create(person=by, address=address, defaults={"asked_at": at or clock.now()})
        if new:
            enqueue(cls.TASK, feed.pk)
        elif not feed.is_waiting or feed.is_stuck(at):
            feed.ask_again(at=at)
        return feed


class ImageFetch(Fetch):
    """The images that a post's text names at other places. `problems`: a sentence for each that did not come."""

    TASK = "blog.fetch_images"

    post = models.OneToOneField("blog.Post", models.CASCADE, related_name="image_fetch")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    problems = models.JSONField(default=list)

    objects = models.Manager["ImageFetch"]()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="image_fetch_state_known"),
            models.CheckConstraint(condition=Q(state="failed") ^ Q(reason=""), name="image_fetch_failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"images of {self.post_id}"

    @classmethod
    @transaction.atomic
    def ask(cls, *, post: Any, by: User, at: datetime | None = None) -> "ImageFetch":
        """Have them fetched. Refused when `by` may not change the post, or while it is being done."""
        post.lock_for("revise", by)
        row, new = cls._default_manager.get_or_create(post=post, defaults={"by": by, "asked_at": at or clock.now()})
        if new:
            enqueue(cls.TASK, row.pk)
        else:
            cls._default_manager.filter(pk=row.pk).update(by=by, problems=[])
            row.ask_again(at=at)
        return row
