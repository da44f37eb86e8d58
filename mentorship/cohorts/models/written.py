"""What people of a cohort write to each other. Its writer may edit and delete it; what stood there is kept."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere, worded
from mentorship.people import events
from mentorship.people.models import User

HEADINGS = 4  # their highest heading stands below those of every page that shows them
LONGEST = 10_000


def rendered(text: str) -> str:
    """The HTML of what somebody writes. Refused when it is empty, too long or cannot be shown."""
    return worded(text, longest=LONGEST, heading_level=HEADINGS)


def titled(title: str) -> str:
    """A title in one line. Refused when nothing is left of it."""
    line = " ".join(title.replace("\x00", "").split())[:140]
    if not line:
        raise Refused("Give it a title.", code="no_title")
    return line


class Written(models.Model):
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(max_length=LONGEST)
    html = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=now)
    edits = models.PositiveSmallIntegerField(default=0, help_text="Counts the edits; who edits over another loses.")
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def edit(
        self, *, by: User, text: str, version: int | None = None, at: datetime | None = None, **fields: Any
    ) -> None:
        """Say it in other words, if it is still the `version` that `by` began with. What stood there is kept."""
        html = rendered(text)
        if "title" in fields:
            fields["title"] = titled(fields["title"])
        with transaction.atomic():
            row = self._locked(by)
            if version not in (None, row.edits):
                raise ChangedThere(row.text)
            changed = {name for name, value in fields.items() if getattr(row, name) != value}
            if row.text != text or changed:
                row._reword(by, at or now(), text=text, html=html, **fields)
                events.record(actor=by, verb="edited", subject=row, at=at)
        self.refresh_from_db()

    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Leave 'deleted' in its place; by its writer, or by an admin. What stood there is kept."""
        moment = at or now()
        with transaction.atomic():
            row = self._locked(by, admins=True)
            row._reword(by, moment, text="", html="", deleted_at=moment)
            events.record(actor=by, verb="deleted", subject=row, at=moment)
        self.refresh_from_db()

    def _reword(self, by: User, at: datetime, **fields: Any) -> None:
        earlier = {"text": self.text, "title": getattr(self, "title", ""), "replaced_by": by, "replaced_at": at}
        EarlierText.objects.create(**{self._meta.model_name or "": self}, **earlier)
        for name, value in (fields | {"edits": self.edits + 1, "edited_at": at}).items():
            setattr(self, name, value)
        self.save(update_fields=[*fields, "edits", "edited_at"])

    def _locked(self, by: User, *, admins: bool = False) -> Self:
        row = type(self)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)
        if row.author_id != by.pk and not (admins and by.is_admin):
            raise Refused("Only who wrote it can change it.", code="not_yours")
        if row.deleted_at:
            raise Refused("This was deleted.", code="deleted")
        return row


class EarlierText(models.Model):
    """What something said until somebody replaced it. Only ever added to."""

    KINDS = ("grouppost", "announcement", "cohortquestion", "answer")

    grouppost = models.ForeignKey("cohorts.GroupPost", models.PROTECT, null=True, related_name="earlier")
    announcement = models.ForeignKey("cohorts.Announcement", models.PROTECT, null=True, related_name="earlier")
    cohortquestion = models.ForeignKey("cohorts.CohortQuestion", models.PROTECT, null=True, related_name="earlier")
    answer = models.ForeignKey("cohorts.Answer", models.PROTECT, null=True, related_name="earlier")
    title = models.CharField(max_length=140, blank=True)
    text = models.TextField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(grouppost__isnull=False, announcement=None, cohortquestion=None, answer=None)
                | Q(grouppost=None, announcement__isnull=False, cohortquestion=None, answer=None)
                | Q(grouppost=None, announcement=None, cohortquestion__isnull=False, answer=None)
                | Q(grouppost=None, announcement=None, cohortquestion=None, answer__isnull=False),
                name="earlier_text_of_one",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
