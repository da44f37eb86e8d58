"""The sessions of a cohort."""

from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now

from mentorship.cohorts import telling
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.membership import Membership
from mentorship.cohorts.seen import check_seen
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.people import events
from mentorship.people.models import User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, reader: Any) -> "MeetingQuerySet":
        """Those of one's own cohorts; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(cohort__in=Cohort.objects.of(reader))

    def standing(self) -> "MeetingQuerySet":
        return self.filter(cancelled_at=None)

    def upcoming(self, at: datetime | None = None) -> "MeetingQuerySet":
        """Not cancelled and not begun, the next one first."""
        return self.standing().filter(starts_at__gte=at or now()).order_by("starts_at", "pk")


class Meeting(models.Model):
    """A session of a cohort: every two weeks, 90 minutes at most, run by a coordinator that rotates."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=140)
    starts_at = models.DateTimeField()
    minutes_long = models.PositiveSmallIntegerField(
        "minutes", default=90, validators=[MinValueValidator(5), MaxValueValidator(90)]
    )
    coordinator = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(blank=True)
    notes = models.TextField(blank=True, max_length=10_000, help_text="Minutes and action items, in Markdown.")
    notes_html = models.TextField(blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # Kept by the database (migration 0008): whatever moves or cancels a meeting, its copies in calendars follow.
    sequence = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    changed_at = models.DateTimeField(default=now, db_default=Now(), editable=False)

    objects = MeetingQuerySet.as_manager()

    EDITABLE = ["title", "starts_at", "minutes_long", "coordinator", "link"]

    class Meta:
        indexes = [models.Index(fields=["cohort", "starts_at"], name="meeting_calendar")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_long__gte=5, minutes_long__lte=90), name="meeting_ninety_minutes_at_most"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cohorts:meeting", args=[self.cohort.slug, self.pk])

    def check_coordinator(self) -> None:
        """The coordinator is someone who belongs to this cohort now."""
        if self.coordinator and (self.coordinator.cohort_id != self.cohort_id or self.coordinator.left_at):
            raise Refused("The coordinator must belong to this cohort.", code="coordinator")

    def led_by(self, person: Any) -> bool:
        return bool(self.coordinator and self.coordinator.person_id == person.pk)

    # --- verbs ------------------------------------------------------------------------------------------------
    def edit(self, *, by: User, at: datetime | None = None, seen: str = "", **changes: Any) -> None:
        """Change what the form offers; another time is told to every member. `seen` as in `Cohort.edit`."""
        with transaction.atomic():
            row = self._standing()
            check_seen(row, self.EDITABLE, seen)
            changed = [name for name, value in changes.items() if getattr(row, name) != value]
            for name, value in changes.items():
                setattr(self, name, value)
            if not changed:
                return
            self.check_coordinator()
            self.save(update_fields=changed)
            events.record(actor=by, verb="edit", subject=self, detail={"fields": changed}, at=at)
            if "starts_at" in changed:
                telling.meeting_moved(self, at=at)

    def cancel(self, *, by: User, at: datetime | None = None) -> None:
        """Call it off and tell every member."""
        with transaction.atomic():
            self._standing()
            self.cancelled_at = at or now()
            self.save(update_fields=["cancelled_at"])
            events.record(actor=by, verb="cancel", subject=self, at=at)
            telling.meeting_cancelled(self, at=at)

    def write_notes(self, notes: str, *, by: User, seen: str = "", at: datetime | None = None) -> None:
        """Keep the minutes; the coordinator or an admin does. `seen` as in `Cohort.edit`, of the notes alone."""
        try:
            html = render_markdown(notes, heading_level=3)
        except RenderError as error:
            raise Refused(str(error), code="notes") from error
        with transaction.atomic():
            check_seen(self._standing(), ["notes"], seen)
            self.notes, self.notes_html = notes, html
            self.save(update_fields=["notes", "notes_html"])
            events.record(actor=by, verb="write_notes", subject=self, at=at)

    def _standing(self) -> "Meeting":
        row = Meeting.objects.select_for_update(no_key=True).get(pk=self.pk)
        if row.cancelled_at:
            raise Refused("This meeting has been called off.", code="cancelled")
        return row
