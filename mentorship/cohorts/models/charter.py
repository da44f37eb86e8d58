"""What the people of a cohort promise each other: versions that never change, and who has accepted which."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from mentorship.cohorts import telling_invitations as telling
from mentorship.cohorts.models.cohort import Cohort
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.people import events
from mentorship.people.models import User

LONGEST = 10_000
PROGRAM = Path(__file__).parents[1] / "program_charter.md"


@cache
def program_charter() -> str:
    """The program's own charter, which a cohort begins from; the page `/charter/` says the same."""
    return PROGRAM.read_text(encoding="utf-8").strip()


class CharterQuerySet(models.QuerySet["Charter"]):
    def visible_to(self, reader: Any) -> "CharterQuerySet":
        """The one that holds now, of every cohort that `reader` may see."""
        newer = Charter.objects.filter(cohort=OuterRef("cohort"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer), cohort__in=Cohort.objects.visible_to(reader))


class Charter(models.Model):
    """One version of a cohort's charter. The database lets nobody change it: it is what people have accepted."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="charters")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=LONGEST)
    html = models.TextField(editable=False)
    written_at = models.DateTimeField(default=now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CharterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("cohort", "version", name="charter_one_of_a_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="charter_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"Version {self.version} of {self.cohort_id}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:charter", args=[self.cohort.slug])

    @classmethod
    def of(cls, cohort: Cohort) -> "Charter | None":
        """The version that holds now; None where none was written, and nobody is asked."""
        return cls.objects.filter(cohort=cohort).order_by("-version").first()

    def is_accepted_by(self, person: Any) -> bool:
        return bool(person.is_authenticated) and self.acceptances.filter(person=person).exists()

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def write(cls, *, cohort: Cohort, text: str, by: User, at: datetime | None = None) -> "Charter":
        """A new version, which every member is asked to accept; the same text again changes nothing.

        What nobody has read yet, in a draft, is replaced instead.
        """
        text = text.replace("\r\n", "\n").strip()
        html = rendered(text)
        with transaction.atomic():
            Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
            last = cls.of(cohort)
            if last is not None and last.text == text:
                return last
            version = last.version + 1 if last else 1
            if last is not None and cohort.state == Cohort.State.DRAFT and not last.acceptances.exists():
                version = last.version
                last.delete()
            row = cls.objects.create(
                cohort=cohort, version=version, text=text, html=html, written_by=by, written_at=at or now()
            )
            events.record(actor=by, verb="write", subject=row, detail={"version": version}, at=at)
            if version > 1:
                telling.charter_changed(row, by=by, at=at)
        return row

    @classmethod
    def begin(cls, *, cohort: Cohort, by: User, at: datetime | None = None) -> None:
        """The program's charter, for a cohort that has written none."""
        if cls.of(cohort) is None:
            cls.write(cohort=cohort, text=program_charter(), by=by, at=at)

    def accept(self, *, by: User, at: datetime | None = None) -> None:
        """Record that `by` accepts this version; a second time is harmless. Refuses one that is no longer the last."""
        with transaction.atomic():
            Cohort.objects.select_for_update(no_key=True).get(pk=self.cohort_id)
            last = Charter.of(self.cohort)
            if last is None or last.pk != self.pk:
                raise Refused("The charter has changed meanwhile. Read it again, please.", code="charter_changed")
            if self.is_accepted_by(by):
                return
            row = CharterAcceptance.objects.create(charter=self, person=by, accepted_at=at or now())
            events.record(actor=by, verb="accept", subject=row, detail={"version": self.version}, at=at)

    @classmethod
    def agree(cls, *, cohort: Cohort, by: User, version: int | None, at: datetime | None = None) -> None:
        """Part of joining: `by` has accepted what holds now, or does so by naming its `version`; else it is refused."""
        last = cls.of(cohort)
        if last is None or last.is_accepted_by(by):
            return
        if version is None:
            raise Refused("Read the charter of this cohort and accept it first.", code="charter")
        if version != last.version:
            raise Refused("The charter has changed meanwhile. Read it again, please.", code="charter_changed")
        last.accept(by=by, at=at)


def rendered(text: str) -> str:
    if not text:
        raise Refused("A charter without words promises nothing.", code="empty")
    if len(text) > LONGEST:
        raise Refused(f"A charter has at most {LONGEST:,} characters.", code="too_long")
    try:
        return render_markdown(text, heading_level=2)
    except RenderError as error:
        raise Refused(str(error), code="text") from error


class CharterAcceptance(models.Model):
    """One person has accepted one version."""

    charter = models.ForeignKey(Charter, models.PROTECT, related_name="acceptances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint("charter", "person", name="charter_accepted_once")]

    def __str__(self) -> str:
        return f"{self.person_id} accepts {self.charter_id}"
