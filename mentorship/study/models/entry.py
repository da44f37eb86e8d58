"""Minutes that somebody studied on a day."""

import uuid
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study import days


class Mood(models.IntegerChoices):
    """How studying felt that day; optional, and its owner's alone."""

    LOST = 1, "Lost"
    HARD = 2, "Hard going"
    EVEN = 3, "Even"
    GOOD = 4, "Good"
    GREAT = 5, "Great"


class EntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> "EntryQuerySet":
        """A study log is its owner's alone."""
        return self.filter(person_id=person.pk)

    def newest_first(self) -> "EntryQuerySet":
        return self.order_by("-day", "-id")


class StudyEntry(models.Model):
    """Minutes that a person studied on a day of their own calendar, on an item or in general.

    `day_began` and `day_ended` are the bounds of that day on the person's clock when they logged it: with them a
    streak survives a flight that skips a date (see `streak.py`).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="study_entries")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one entry.")
    day = models.DateField()
    day_began = models.DateTimeField(null=True, editable=False)
    day_ended = models.DateTimeField(null=True, editable=False)
    minutes = models.PositiveSmallIntegerField()
    item = models.ForeignKey("streams.Item", models.PROTECT, null=True, blank=True, related_name="study_entries")
    note = models.CharField(max_length=200, blank=True)
    mood = models.PositiveSmallIntegerField(null=True, blank=True, choices=Mood)
    created_at = models.DateTimeField(default=clock.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "study entries"
        indexes = [models.Index(fields=["person", "-day", "-id"], name="study_entry_person_day")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=1440), name="study_entry_within_a_day"),
            models.CheckConstraint(condition=Q(mood__gte=1, mood__lte=5) | Q(mood=None), name="study_entry_mood_known"),
            models.UniqueConstraint("person", "key", name="study_entry_logged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min on {self.day}"

    def place(self, day: date, zone: ZoneInfo) -> None:
        """Put the entry on `day` as it is on a clock in `zone`."""
        self.day, (self.day_began, self.day_ended) = day, days.bounds(day, zone)

    @transaction.atomic
    def change(
        self,
        *,
        minutes: int,
        day: date,
        item: Any = None,
        note: str = "",
        mood: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """Correct the entry. Refused when its day or the new one is not open, or would have too many minutes."""
        now = at or clock.now()
        person = days.lock(self.person_id)
        self.refresh_or_refuse()
        days.check_open(person, self.day, now)
        days.check_minutes(minutes)
        days.check_open(person, day, now)
        days.check_sum(person, day, minutes, without=self.pk)
        if day != self.day:
            self.place(day, person.zone)
        self.minutes, self.item, self.note = minutes, item, days.clean_note(note)
        self.mood = mood
        self.save(update_fields=["minutes", "day", "day_began", "day_ended", "item", "note", "mood"])
        record(actor=person, verb="changed", subject=self, at=now)

    @transaction.atomic
    def remove(self, *, at: datetime | None = None) -> None:
        """Take the entry back. Refused when its day is no longer open."""
        now = at or clock.now()
        person: User = days.lock(self.person_id)
        self.refresh_or_refuse()
        days.check_open(person, self.day, now)
        record(actor=person, verb="removed", subject=self, at=now)
        self.delete()

    def refresh_or_refuse(self) -> None:
        try:
            self.refresh_from_db()
        except StudyEntry.DoesNotExist:
            raise Refused("This entry was removed meanwhile.", code="entry_gone") from None
