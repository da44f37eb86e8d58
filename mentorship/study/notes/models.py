"""A person's own notes: what they learned of an item or in general, and where they found no good resource."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere, worded
from mentorship.people.events import record
from mentorship.people.models import User
from streams.models import Item

LONGEST = 10_000
GONE = "This note was deleted meanwhile."
HEADINGS = 4  # the highest heading in a note, below that of every page that shows it


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, person: Any) -> "NoteQuerySet":
        """Notes are their writer's alone."""
        return self.filter(person_id=person.pk)

    def gaps(self) -> "NoteQuerySet":
        return self.filter(is_gap=True)

    def newest_first(self) -> "NoteQuerySet":
        return self.order_by("-created_at", "-pk")


class Note(models.Model):
    """One private note in Markdown, on an item or in general. A gap says that no good resource was found."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes")
    item = models.ForeignKey("streams.Item", models.PROTECT, null=True, blank=True, related_name="notes")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one note.")
    text = models.TextField(max_length=LONGEST)
    html = models.TextField(blank=True, editable=False)
    is_gap = models.BooleanField(default=False, help_text="No good resource was found for this.")
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves; who saves over another loses.")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="note_of_person"),
            models.Index(fields=["person", "item", "-created_at"], name="note_on_item"),
        ]
        constraints = [
            models.UniqueConstraint("person", "key", name="note_once"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("study:note", args=[self.pk])

    @classmethod
    def write(
        cls,
        *,
        by: User,
        text: str,
        item: Item | None = None,
        is_gap: bool = False,
        key: uuid.UUID | None = None,
        at: datetime | None = None,
    ) -> "Note":
        """A new note. The same `key` again gives the first one."""
        moment, text, html = at or clock.now(), cleaned(text), rendered(text)
        note = cls(
            person=by, item=item, key=key or uuid.uuid4(), text=text, html=html, is_gap=is_gap,
            created_at=moment, changed_at=moment,
        )  # fmt: skip
        try:
            with transaction.atomic():
                note.save(force_insert=True)
                record(actor=by, verb="noted", subject=note, detail={"gap": is_gap}, at=moment)
        except IntegrityError as error:
            if "note_once" not in str(error):
                raise
            return cls.objects.get(person=by, key=note.key)
        return note

    def change(self, *, text: str, is_gap: bool, version: int, at: datetime | None = None) -> None:
        """Say it otherwise, if it is still the `version` that its writer began with.

        Raises ChangedThere with what stands there now, Refused once it is deleted.
        """
        moment, text, html = at or clock.now(), cleaned(text), rendered(text)
        fields = {"text": text, "html": html, "is_gap": is_gap, "changed_at": moment}
        with transaction.atomic():
            saved = Note.objects.filter(pk=self.pk, version=version).update(version=F("version") + 1, **fields)
            try:
                self.refresh_from_db()
            except Note.DoesNotExist:
                raise Refused(GONE, code="note_gone") from None
            if not saved:
                raise ChangedThere(self.text)
            record(actor=self.person, verb="changed", subject=self, at=moment)

    @transaction.atomic
    def remove(self, *, at: datetime | None = None) -> None:
        """Delete it. What was begun from it stays."""
        if not Note.objects.select_for_update().filter(pk=self.pk).exists():
            raise Refused(GONE, code="note_gone")
        record(actor=self.person, verb="removed", subject=self, at=at)
        self.delete()


def cleaned(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def rendered(text: str) -> str:
    return worded(text, longest=LONGEST, heading_level=HEADINGS)
