"""Paths through the library, each of one source, and how far somebody is on the ones they follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study.library.models.resource import Resource, Source


class Loaded(models.QuerySet):
    def published(self) -> Any:
        """What stands in the library's files today; the retired rest is kept for those who worked on it."""
        return self.filter(retired_at=None)


class Roadmap(models.Model):
    key = models.CharField(max_length=50, unique=True)
    title = models.CharField(max_length=160)
    source = models.ForeignKey(Source, models.PROTECT, related_name="roadmaps")
    position = models.PositiveSmallIntegerField()
    about = models.TextField(blank=True)
    time = models.CharField(max_length=120, blank=True, help_text="How long its source says that it takes.")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = Loaded.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("study:roadmap", args=[self.key])

    @transaction.atomic
    def follow(self, *, by: User, at: datetime | None = None) -> Following:
        """`by` follows it from now on; who does so already goes on."""
        if self.retired_at:
            raise Refused("This roadmap has left the library.", code="retired")
        row, created = Following.objects.get_or_create(person=by, roadmap=self, defaults={"since": at or clock.now()})
        if created:
            record(actor=by, verb="followed", subject=self, at=at)
        return row

    @transaction.atomic
    def unfollow(self, *, by: User, at: datetime | None = None) -> bool:
        """`by` follows it no longer. Their ticks are kept, for when they come back."""
        ended = bool(Following.objects.filter(person=by, roadmap=self).delete()[0])
        if ended:
            record(actor=by, verb="unfollowed", subject=self, at=at)
        return ended


class RoadmapStep(models.Model):
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="steps")
    key = models.CharField(max_length=80)
    part = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    time = models.CharField(max_length=120, blank=True)
    weeks_min = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    weeks_max = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    optional = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    items = models.ManyToManyField("streams.Item", related_name="roadmap_steps", blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = Loaded.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("roadmap", "key", name="roadmap_step_once"),
            models.CheckConstraint(
                condition=Q(weeks_min=None, weeks_max=None) | Q(weeks_min__gte=0, weeks_max__gte=F("weeks_min")),
                name="roadmap_step_weeks",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def mark(self, *, by: User, done: bool, at: datetime | None = None) -> bool:
        """Tick the step, or take the tick back; who ticks one follows the roadmap. Whether this call changed it."""
        now = at or clock.now()
        if self.retired_at:
            raise Refused("This step has left the roadmap.", code="retired")
        self.roadmap.follow(by=by, at=now)
        if done:
            _row, changed = StepDone.objects.get_or_create(person=by, step=self, defaults={"at": now})
        else:
            changed = bool(StepDone.objects.filter(person=by, step=self).delete()[0])
        if changed:
            verb = "ticked" if done else "took_tick_back"
            record(actor=by, verb=verb, subject=self, detail={"roadmap": self.roadmap.key, "step": self.key}, at=now)
        return changed


class StepResource(models.Model):
    """That a step names a resource, and as which."""

    step = models.ForeignKey(RoadmapStep, models.CASCADE, related_name="named")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="named_in")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("step", "resource", name="step_resource_once")]

    def __str__(self) -> str:
        return f"{self.step_id} names {self.resource_id}"


class Following(models.Model):
    """That a person follows a roadmap."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roadmaps")
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="followers")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint("person", "roadmap", name="following_once")]

    def __str__(self) -> str:
        return f"{self.person} follows {self.roadmap}"


class StepDone(models.Model):
    """That a person has done a step. No row: not yet."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    step = models.ForeignKey(RoadmapStep, models.CASCADE, related_name="done")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint("person", "step", name="step_done_once")]

    def __str__(self) -> str:
        return f"{self.person} has done {self.step}"
