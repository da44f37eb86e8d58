"""The sessions of a cohort."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from mentorship.cohorts import telling_meetings
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.membership import Membership
from mentorship.cohorts.seen import check_seen
from mentorship.common.clock import now
from mentorship.common.errors import Refused
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

    def held(self, at: datetime | None = None) -> "MeetingQuerySet":
        """Not cancelled and begun, the latest first."""
        return self.standing().filter(starts_at__lt=at or now()).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    """A session of a cohort: every two weeks, 90 minutes at most, run by a coordinator that rotates."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=140)
    starts_at = models.DateTimeField()
    minutes_long = models.PositiveSmallIntegerField(
        "minutes", default=90, validators=[MinValueValidator(5), MaxValueValidator(90)]
    )
    coordinator = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="led")
    link = models.URLField(blank=True)
    regular_on = models.DateField(
        null=True, blank=True, editable=False,
        help_text="The day of the cohort's rhythm that it was made for; it stays when the meeting is moved.",
    )  # fmt: skip
    agenda = models.TextField(blank=True, max_length=10_000, help_text="Markdown.")
    agenda_html = models.TextField(blank=True, editable=False)
    agenda_version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    notes = models.TextField(blank=True, max_length=20_000, help_text="Minutes, in Markdown.")
    notes_html = models.TextField(blank=True, editable=False)
    notes_version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When the minutes were closed and sent out.")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # Kept by the database (0008_running_rules): whatever moves or cancels a meeting, its copies in calendars follow.
    sequence = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    changed_at = models.DateTimeField(default=now, db_default=Now(), editable=False)
    cancel_reason = models.CharField(max_length=300, blank=True, db_default="")

    objects = MeetingQuerySet.as_manager()

    EDITABLE = ["title", "starts_at", "minutes_long", "coordinator", "link"]

    class Meta:
        indexes = [models.Index(fields=["cohort", "starts_at"], name="meeting_calendar")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_long__gte=5, minutes_long__lte=90), name="meeting_ninety_minutes_at_most"
            ),
            models.UniqueConstraint("cohort", "regular_on", name="meeting_regular_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="meeting_closed_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(cancelled_at=None), name="meeting_closed_or_cancelled"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cohorts:meeting", args=[self.cohort.slug, self.pk])

    def check_coordinator(self) -> None:
        """The coordinator is someone who belongs to this cohort now; their leaving waits for this transaction."""
        if self.coordinator is None:
            return
        seat = Membership.objects.select_for_update(no_key=True).get(pk=self.coordinator.pk)
        if seat.cohort_id != self.cohort_id or seat.left_at:
            raise Refused("The coordinator must belong to this cohort.", code="coordinator")

    def check_day(self) -> None:
        """It is on a day on which the cohort still runs, on the cohort's own calendar."""
        if timezone.localdate(self.starts_at, self.cohort.zone) > self.cohort.ends_on:
            last = f"{self.cohort.ends_on:%-d %B %Y}"
            raise Refused(f"The cohort ends on {last}: choose a day until then.", code="day")

    def led_by(self, person: Any) -> bool:
        return bool(self.coordinator and self.coordinator.person_id == person.pk)

    def kept_by(self, person: Any) -> bool:
        """Whether `person` keeps its attendance and closes its minutes: the coordinator, or an admin."""
        return bool(person.is_admin or self.led_by(person))

    def has_begun(self, at: datetime | None = None) -> bool:
        return self.starts_at <= (at or now())

    # --- verbs ------------------------------------------------------------------------------------------------
    def edit(
        self, *, by: User, at: datetime | None = None, seen: str = "", reason: str = "", **changes: Any
    ) -> None:  # fmt: skip
        """Change what the form offers. Another time is told to every member with `reason`, another coordinator to both.

        `seen` as in `Cohort.edit`.
        """
        moment = at or now()
        with transaction.atomic():
            if changes.get("coordinator"):  # its lock comes before the meeting's
                Membership.objects.select_for_update(no_key=True).get(pk=changes["coordinator"].pk)
            row = self.lock_standing()
            check_seen(row, self.EDITABLE, seen)
            changed = [name for name, value in changes.items() if getattr(row, name) != value]
            for name, value in changes.items():
                setattr(self, name, value)
            if not changed:
                return
            if "coordinator" in changed:
                self.check_coordinator()
            if "starts_at" in changed:
                self._check_move(row, moment)
            self.save(update_fields=changed)
            detail: dict[str, Any] = {"fields": changed}
            if "starts_at" in changed:
                detail |= {"from": row.starts_at, "to": self.starts_at, "reason": reason.strip()}
            event = events.record(actor=by, verb="edit", subject=self, detail=detail, at=at)
            if "starts_at" in changed:
                telling_meetings.moved(self, row.starts_at, reason.strip(), event.pk, at=moment)
            if "coordinator" in changed:
                telling_meetings.coordinator_changed(self, row.coordinator, event.pk, by=by, at=at)

    def _check_move(self, row: "Meeting", at: datetime) -> None:
        if row.closed_at:
            raise Refused("Its minutes are closed: a meeting that was held is not moved.", code="closed")
        if self.starts_at <= at:
            raise Refused("This time is over. Move the meeting to a time that is still to come.", code="day")
        self.check_day()

    def cancel(self, *, by: User, reason: str = "", at: datetime | None = None) -> None:
        """Call it off and tell every member why."""
        moment, reason = at or now(), reason.strip()
        with transaction.atomic():
            row = self.lock_standing()
            if row.closed_at:
                raise Refused("Its minutes are closed: it was held.", code="closed")
            self.cancelled_at, self.cancel_reason = moment, reason
            self.save(update_fields=["cancelled_at", "cancel_reason"])
            detail = {"reason": reason, "from": row.starts_at}
            events.record(actor=by, verb="cancel", subject=self, detail=detail, at=at)
            telling_meetings.cancelled(self, at=moment)

    def lock_standing(self) -> "Meeting":
        """The row as it stands now, locked; refused when it has been called off."""
        row = Meeting.objects.select_for_update(no_key=True).get(pk=self.pk)
        if row.cancelled_at:
            raise Refused("This meeting has been called off.", code="cancelled")
        return row

    def write(self, what: str, text: str, *, by: User, version: int, at: datetime | None = None) -> None:
        """Save the `agenda` or the `notes` as a member wrote them, if it is still the `version` they began with.

        Else raises `TextChanged`, which carries what stands there. The same words again are no change.
        """
        from mentorship.cohorts.models.revision import MeetingRevision, TextChanged, cleaned, rendered

        clean = cleaned(text)
        html = rendered(clean)
        with transaction.atomic():
            row = self.lock_standing()
            self._refuse_stranger(by)
            if row.closed_at:
                raise Refused("The minutes are closed, and everybody has them.", code="closed")
            stands, reached = getattr(row, what), getattr(row, f"{what}_version")
            if stands != clean:
                if reached != version:
                    raise TextChanged(row, what)
                reached += 1
                fields = {what: clean, f"{what}_html": html, f"{what}_version": reached}
                Meeting.objects.filter(pk=self.pk).update(**fields)
                MeetingRevision.keep(row, what, clean, version=reached, by=by, at=at or now())
            setattr(self, what, clean)
            setattr(self, f"{what}_html", html)
            setattr(self, f"{what}_version", reached)

    def close(self, *, by: User, at: datetime | None = None) -> None:
        """The minutes are done: they stay as they are, and go to every member and the admins."""
        moment = at or now()
        with transaction.atomic():
            row = self.lock_standing()
            if not self.kept_by(by):
                raise Refused("The coordinator closes the minutes.", code="not_the_coordinator")
            if row.closed_at:
                raise Refused("The minutes are closed already.", code="closed")
            if not row.has_begun(moment):
                raise Refused("The meeting has not begun.", code="not_begun")
            if not row.notes:
                raise Refused("Nothing is written yet: a line is enough.", code="empty")
            self.notes, self.closed_at, self.closed_by = row.notes, moment, by
            self.save(update_fields=["closed_at", "closed_by"])
            events.record(actor=by, verb="close", subject=self, at=at)
            telling_meetings.minutes_out(self, by=by, at=at)

    def reopen(self, *, by: User, at: datetime | None = None) -> None:
        """Let the minutes be mended; closing them again tells nobody a second time."""
        with transaction.atomic():
            row = self.lock_standing()
            if not by.is_admin:
                raise Refused("An admin opens closed minutes.", code="not_an_admin")
            if not row.closed_at:
                raise Refused("The minutes are open.", code="open")
            self.closed_at = self.closed_by = None
            self.save(update_fields=["closed_at", "closed_by"])
            events.record(actor=by, verb="reopen", subject=self, at=at)

    def _refuse_stranger(self, by: User) -> None:
        if not by.is_admin and not Membership.objects.of(by).filter(cohort=self.cohort_id).exists():
            raise Refused("Only members of the cohort write here.", code="not_a_member")
