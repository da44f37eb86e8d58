"""Whether the addresses that the library and the curriculum lead to still answer, as they were last looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentorship.common.links import ALIVE, DEAD, UNSURE, Looked

WEEK = timedelta(days=7)
BROKEN_AFTER = 3
# After a first failure the next look comes soon, then less so; a server's own wish to be left alone comes first.
AGAIN = (timedelta(days=1), timedelta(days=2), WEEK)


def spread(url: str) -> timedelta:
    """A moment of the week that is the address's own, so that not all are looked at on one day."""
    return timedelta(seconds=int(hashlib.sha256(url.encode()).hexdigest()[:8], 16) % int(WEEK.total_seconds()))


class LinkHost(models.Model):
    """A server that links lead to. Until `free_at` somebody is there, or it is left in peace."""

    name = models.CharField(max_length=255, unique=True)
    free_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def due(self, at: datetime) -> LinkCheckQuerySet:
        return self.filter(wanted=True, due_at__lte=at)


class LinkCheck(models.Model):
    """One address. `failures` counts in a row; what it says is about the web, not about whoever links to it."""

    class State(models.TextChoices):
        NEW = "", "Not looked at yet"
        ALIVE = ALIVE, "Answers"
        DEAD = DEAD, "Leads nowhere"
        UNSURE = UNSURE, "Cannot be told"

    url = models.CharField(max_length=500, unique=True)
    host = models.ForeignKey(LinkHost, models.PROTECT, related_name="links")
    wanted = models.BooleanField(default=True, help_text="Something that is shown leads there.")
    due_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=6, choices=State, blank=True, default=State.NEW)
    said = models.CharField(max_length=200, blank=True, help_text="What came instead.")
    failures = models.PositiveSmallIntegerField(default=0)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(wanted=True), name="link_check_due")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["", ALIVE, DEAD, UNSURE]), name="link_check_state_known"),
            models.CheckConstraint(
                condition=Q(state="", looked_at=None) | (~Q(state="") & Q(looked_at__isnull=False)),
                name="link_check_looked_at",
            ),
            models.CheckConstraint(condition=Q(failures=0) | ~Q(state=ALIVE), name="link_check_alive_is_no_failure"),
            models.CheckConstraint(
                condition=Q(alive_at=None) | Q(alive_at__lte=F("looked_at")), name="link_check_alive_when_looked_at"
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @classmethod
    def keep(cls, urls: Iterable[str], at: datetime | None = None) -> dict[str, LinkCheck]:
        """A row for each of `urls`, new ones with their first look some time this week; by address."""
        now, names = at or timezone.now(), {url: urlsplit(url).hostname or "" for url in urls}
        known = {row.url: row for row in cls.objects.filter(url__in=names)}
        new = [url for url in names if url not in known]
        if not new:
            return known
        LinkHost.objects.bulk_create([LinkHost(name=names[url]) for url in new], ignore_conflicts=True)
        hosts = {row.name: row for row in LinkHost.objects.filter(name__in={names[url] for url in new})}
        rows = [cls(url=url, host=hosts[names[url]], due_at=now + spread(url)) for url in new]
        cls.objects.bulk_create(rows, ignore_conflicts=True)
        return {row.url: row for row in cls.objects.filter(url__in=names)}

    @property
    def is_broken(self) -> bool:
        """Several failures in a row: a server that is away for a day says nothing about a link."""
        return self.failures >= BROKEN_AFTER

    def saw(self, found: Looked, *, at: datetime) -> None:
        """Write down what was seen, and when to look again."""
        self.state, self.said, self.looked_at = found.state, found.said[:200], at
        failed = found.state != ALIVE and not found.closed
        self.failures = min(self.failures + 1, 1000) if failed else 0
        if found.state == ALIVE:
            self.alive_at = at
        again = AGAIN[min(self.failures, len(AGAIN)) - 1] if failed else WEEK
        self.due_at = at + max(again, found.wait)
        self.save(update_fields=["state", "said", "looked_at", "alive_at", "failures", "due_at"])
