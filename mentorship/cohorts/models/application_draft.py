"""What somebody has typed into an application and not sent yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import F

from mentorship.cohorts.models.cohort import Cohort
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models.application import Application

LARGEST = 100_000  # characters


class TypedElsewhere(Refused):
    """Another window has saved other words since; `saved` is what stands there."""

    def __init__(self, saved: "ApplicationDraft") -> None:
        super().__init__("Other words were saved in another window. What you typed is still here.", code="elsewhere")
        self.saved = saved


class ApplicationDraft(models.Model):
    """One a person and cohort, by the names of the form's fields; empty once it was sent. `version` only grows."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="application_drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="application_drafts")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "cohort"], name="application_draft_once")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.cohort_id}"

    @classmethod
    def of(cls, person: User, cohort: Cohort) -> "ApplicationDraft":
        """The one that is kept, or one that says nothing yet."""
        return cls.objects.filter(person=person, cohort=cohort).first() or cls(person=person, cohort=cohort)

    def save_typed(self, content: Mapping[str, str], *, version: int, at: datetime | None = None) -> None:
        """Replace what it says, if it is still the `version` that the page began with; else `TypedElsewhere`."""
        clean = cleaned(content)
        with transaction.atomic():
            # Who saves first makes the row; a second window waits here for that.
            row, _new = ApplicationDraft.objects.get_or_create(person=self.person, cohort=self.cohort)
            same = ApplicationDraft.objects.filter(pk=row.pk, version=version)
            if not same.update(content=clean, version=F("version") + 1, saved_at=at or now()):
                row.refresh_from_db()
                if row.content != clean:
                    raise TypedElsewhere(row)
            self.pk = row.pk
        self.refresh_from_db()

    @classmethod
    def empty(cls, *, person: int, cohort: int) -> None:
        """It was sent, or will not be: a window that still shows it begins from another version."""
        rows = cls.objects.filter(person=person, cohort=cohort)
        rows.update(content={}, version=F("version") + 1)


def is_open(cohort: Cohort, sent: "Application | None") -> bool:
    """Whether somebody who has `sent` that, or nothing, can write an application to `cohort` now."""
    return cohort.takes_applications() or (sent is not None and sent.is_undecided)


def cleaned(content: Mapping[str, str]) -> dict[str, str]:
    """Texts as the database can keep them, without those that are empty; refused when they are far too long."""
    texts = {
        name: text.encode("utf-8", "replace").decode().replace("\0", "").replace("\r\n", "\n")
        for name, text in content.items()
    }
    if sum(map(len, texts.values())) > LARGEST:
        raise Refused("This is too long to be kept. Shorten it; nothing of it was saved now.", code="too_long")
    return {name: text for name, text in texts.items() if text}
