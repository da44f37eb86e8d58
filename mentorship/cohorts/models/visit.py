"""A mentor of an upper stream comes to a meeting, if they are asked and say yes."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse

from mentorship.cohorts import telling_meetings
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.meeting import Meeting
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User
from streams.models import Stream

LIVE = ["asked", "accepted"]


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, reader: Any) -> "VisitQuerySet":
        """Those that one is asked for, as long as one is."""
        if not reader.is_authenticated:
            return self.none()
        return self.filter(mentor=reader).exclude(state=Visit.State.WITHDRAWN)

    def known_to(self, reader: Any) -> "VisitQuerySet":
        """One's own, and the live ones of the meetings that one reads."""
        theirs = self.filter(state__in=LIVE, meeting__in=Meeting.objects.visible_to(reader))
        return self.visible_to(reader) | theirs

    def live(self) -> "VisitQuerySet":
        return self.filter(state__in=LIVE)


class Visit(models.Model):
    """One mentor asked to one meeting. They read when and where it is, its agenda, and nothing else there."""

    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="visits")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True, help_text="The mentor reads it.")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("meeting", condition=Q(state__in=LIVE), name="visit_one_live"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "accepted", "declined", "withdrawn"]), name="visit_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="asked") ^ Q(answered_at__isnull=False), name="visit_answered_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} at {self.meeting_id}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:visit", args=[self.pk])

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def ask(
        cls, meeting: Meeting, *, by: User, mentor: User, note: str = "", at: datetime | None = None
    ) -> "Visit":  # fmt: skip
        """The coordinator or an admin asks one of `mentors_above`, one at a time."""
        moment = at or now()
        with transaction.atomic():
            row = meeting.lock_standing()
            if not meeting.kept_by(by):
                raise Refused("Who leads the meeting asks a mentor.", code="not_the_coordinator")
            if row.has_begun(moment):
                raise Refused("The meeting has begun.", code="begun")
            if not mentors_above(meeting.cohort).filter(pk=mentor.pk).exists():
                raise Refused("Ask a mentor of an upper stream.", code="mentor")
            made = cls(meeting=meeting, mentor=mentor, asked_by=by, note=" ".join(note.split()), asked_at=moment)
            try:
                with transaction.atomic():
                    made.save(force_insert=True)
            except IntegrityError as error:
                raise Refused("Somebody is asked already: take that back first.", code="asked_already") from error
            events.record(actor=by, verb="asked_to_visit", subject=made, detail={"mentor": mentor.pk}, at=at)
            telling_meetings.visit_asked(made, at=at)
        return made

    def accept(self, *, by: User, at: datetime | None = None) -> None:
        self._answer(by, self.State.ACCEPTED, at)

    def decline(self, *, by: User, at: datetime | None = None) -> None:
        """No, or, after a yes, not after all."""
        self._answer(by, self.State.DECLINED, at)

    def _answer(self, by: User, state: str, at: datetime | None) -> None:
        moment = at or now()
        if self.mentor_id != by.pk:
            raise Refused("Somebody else is asked.", code="not_asked")
        with transaction.atomic():
            if self.meeting.lock_standing().has_begun(moment):
                raise Refused("The meeting has begun.", code="begun")
            self._close(LIVE if state == self.State.DECLINED else [self.State.ASKED], state, moment)
            events.record(actor=by, verb=state, subject=self, at=at)
            telling_meetings.visit_answered(self, at=at)

    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Who leads, or an admin, takes the question back; who had said yes is told."""
        with transaction.atomic():
            if not self.meeting.kept_by(by):
                raise Refused("Who leads the meeting takes it back.", code="not_the_coordinator")
            self._close(LIVE, self.State.WITHDRAWN, at or now())
            events.record(actor=by, verb="withdrew", subject=self, at=at)
            telling_meetings.visit_withdrawn(self, at=at)

    def _close(self, before: list[str], state: str, at: datetime) -> None:
        if not Visit.objects.filter(pk=self.pk, state__in=before).update(state=state, answered_at=at):
            raise Refused("This has been answered already.", code="answered_already")
        self.state, self.answered_at = state, at


def mentors_above(cohort: Cohort) -> models.QuerySet[User]:
    """Mentors of cohorts of an upper stream that take people or run; for the highest, of its other cohorts."""
    number = cohort.stream.number
    top = not Stream.objects.published().filter(number__gt=number).exists()
    seats = Membership.objects.mentors().filter(cohort__state__in=[Cohort.State.OPEN, Cohort.State.RUNNING])
    seats = seats.filter(cohort__stream__number=number) if top else seats.filter(cohort__stream__number__gt=number)
    inside = Membership.objects.active().filter(cohort=cohort)
    people = User.objects.active().filter(pk__in=seats.exclude(cohort=cohort).values("person"))
    return people.exclude(pk__in=inside.values("person")).order_by("name", "pk")
