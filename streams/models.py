"""The curriculum as it stands in the database, and each person's progress on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.searching import Words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from mentorship.people.models import User
    from streams.outline import Outline


class Curriculum(models.QuerySet):
    def published(self) -> Self:
        """What stands in the curriculum's files today; the retired rest is kept for those who worked on it."""
        return self.filter(retired_at=None)


class Items(Curriculum):
    def counted(self) -> Self:
        """Those that progress is counted in: leaves that are required, by themselves and by all above them."""
        return self.filter(counts=True)

    def visible_to(self, person: User | AnonymousUser) -> Self:
        """What is published, and, of what has left the curriculum, what the person made progress on."""
        if not person.is_authenticated:
            return self.published()
        own = Progress.objects.filter(item=OuterRef("pk"), person=person)
        return self.filter(Q(retired_at=None) | Exists(own))


class Stream(models.Model):
    key = models.SlugField(max_length=60, unique=True)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    tagline = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = Curriculum.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("number", condition=Q(retired_at=None), name="stream_number_unique"),
        ]

    def __str__(self) -> str:
        return f"Stream {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("streams:stream", args=[self.key])


class Unit(models.Model):
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="units")
    key = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = Curriculum.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    class Kind(models.TextChoices):
        TOPIC = "topic"
        READING = "reading"
        VIDEO = "video"
        PRACTICE = "practice"
        PAPER = "paper"
        PROJECT = "project"
        MILESTONE = "milestone"

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="items")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    note = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    hours = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    estimate = models.CharField(max_length=10, blank=True, help_text="Whose estimate the hours are: ours, program.")
    optional = models.BooleanField(default=False)
    counts = models.BooleanField(
        default=True, help_text="A leaf that is required, by itself and by everything above it; set by the loader."
    )
    position = models.PositiveIntegerField(help_text="Reading order within the stream.")
    depth = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = Items.as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["stream", "position"], name="item_stream_position"),
            GinIndex(Words("title", "summary"), name="item_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=0), name="item_hours_not_negative"),
            models.CheckConstraint(
                condition=Q(kind__in=["topic", "reading", "video", "practice", "paper", "project", "milestone"]),
                name="item_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("streams:item", args=[self.stream.key, self.key])

    def mark(self, *, by: User, state: str, at: datetime | None = None, cause: str = "marked") -> Outline:
        """Set `by`'s state on this item, and what follows for the items above it, each with a dated row.

        Marking what is marked so already changes nothing. Returns the outline of the stream as it stands then.
        Raises Refused for a parent (it follows from its parts), for a project by hand to or from done (only
        `cause="accepted"` does that), for a retired item and for an unknown state.
        """
        from streams.marking import mark

        return mark(self, by=by, state=state, at=at or clock.now(), cause=cause)


class Progress(models.Model):
    """One person's state on one item. No row means 'not started'."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", "Not started"
        IN_PROGRESS = "in_progress", "In progress"
        DONE = "done", "Done"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="progress")
    item = models.ForeignKey(Item, models.PROTECT, related_name="progress")
    state = models.CharField(max_length=12, choices=State)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "item", name="progress_once_per_item"),
            models.CheckConstraint(
                condition=Q(state__in=["not_started", "in_progress", "done"]), name="progress_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.item_id} {self.state}"


class ProgressChange(models.Model):
    """One dated step of one person's progress on one item; only ever added to."""

    class Cause(models.TextChoices):
        MARKED = "marked", "Marked by the person"
        PARTS = "parts", "Followed from its parts"
        HANDED_IN = "handed_in", "A round was handed in"
        ACCEPTED = "accepted", "A submission was accepted"
        TAKEN_BACK = "taken_back", "An acceptance was taken back"
        CURRICULUM = "curriculum", "The curriculum changed"
        IMPORTED = "imported", "An admin imported it"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="progress_changes")
    item = models.ForeignKey(Item, models.PROTECT, related_name="changes")
    before = models.CharField(max_length=12, choices=Progress.State)
    after = models.CharField(max_length=12, choices=Progress.State)
    cause = models.CharField(max_length=20, choices=Cause, default=Cause.MARKED)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="progress_change_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.item_id} {self.before} → {self.after}"
