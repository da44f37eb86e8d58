"""Changing turns: who leads a meeting asks somebody else to, who says yes or no."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from mentorship.cohorts import telling_meetings
from mentorship.cohorts.absence import Absences
from mentorship.cohorts.models.meeting import Meeting
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

OVERTAKEN = "Something has changed meanwhile: who leads, or when. Nothing was changed now."


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def visible_to(self, reader: Any) -> "ExchangeQuerySet":
        """Those that one asked for or is asked for; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(Q(asker__person=reader) | Q(other__person=reader))

    def open(self, at: datetime | None = None) -> "ExchangeQuerySet":
        """Those that still can be answered: the asker still leads, and the meeting is still to come."""
        rows = self.filter(state=Exchange.State.ASKED, meeting__coordinator=models.F("asker"))
        return rows.filter(meeting__cancelled_at=None, meeting__starts_at__gt=at or now())


class Exchange(models.Model):
    """One wish to change turns. With `in_return`, the other's meeting, the two change; without, the other takes it."""

    class State(models.TextChoices):
        ASKED = "asked"
        AGREED = "agreed"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        OVERTAKEN = "overtaken"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="exchanges")
    asker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    other = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    in_return = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("meeting", "asker", condition=Q(state="asked"), name="exchange_asked_once"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "declined", "withdrawn", "overtaken"]),
                name="exchange_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="asked") ^ Q(answered_at__isnull=False), name="exchange_answered_when"
            ),
            models.CheckConstraint(condition=~Q(asker=models.F("other")), name="exchange_of_two_people"),
            models.CheckConstraint(
                condition=Q(in_return=None) | ~Q(in_return=models.F("meeting")), name="exchange_of_two_meetings"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.meeting_id}"

    @classmethod
    def ask(
        cls, meeting: Meeting, *, by: User, other: Membership, in_return: Meeting | None = None,
        at: datetime | None = None,
    ) -> "Exchange":  # fmt: skip
        """Who leads `meeting` asks `other` to lead it; with `in_return` they take that one of the other's."""
        moment = at or now()
        with transaction.atomic():
            row = meeting.lock_standing()
            asker = row.coordinator
            if asker is None or asker.person_id != by.pk:
                raise Refused("Only who leads a meeting asks somebody to change.", code="not_the_coordinator")
            if row.has_begun(moment):
                raise Refused("The meeting has begun.", code="begun")
            if other.pk == asker.pk or other.cohort_id != row.cohort_id or other.left_at:
                raise Refused("Ask another member of your cohort.", code="other")
            if Absences([other]).hold(other, row.starts_at):
                raise Refused(f"{other.person} is not there on that day: ask somebody else.", code="away")
            if in_return and (in_return.coordinator_id != other.pk or not _to_come(in_return, moment)):
                raise Refused("That one is not theirs to give: choose another.", code="in_return")
            cls.objects.filter(meeting=row, state=cls.State.ASKED).exclude(asker=asker).update(
                state=cls.State.OVERTAKEN, answered_at=moment
            )
            made = cls(meeting=meeting, asker=asker, other=other, in_return=in_return, asked_at=moment)
            try:
                with transaction.atomic():
                    made.save(force_insert=True)
            except IntegrityError as error:
                raise Refused("You have asked somebody already: take that back first.", code="asked_already") from error
            events.record(actor=by, verb="asked_to_lead", subject=made, detail={"other": other.pk}, at=at)
            telling_meetings.exchange_asked(made, at=at)
        return made

    def agree(self, *, by: User, at: datetime | None = None) -> None:
        """The other says yes: both turns change hands at once, or, when something stands otherwise by now, neither."""
        moment = at or now()
        if self.other.person_id != by.pk:
            raise Refused("Somebody else is asked.", code="not_asked")
        with transaction.atomic():
            done = self._change_hands(by, moment)
        if not done:
            raise Refused(OVERTAKEN, code="overtaken")

    def _change_hands(self, by: User, at: datetime) -> bool:
        # The order of locks: memberships, then meetings, each by their keys, then the exchange.
        seats = Membership.objects.select_for_update(no_key=True).order_by("pk")
        there = {seat.pk for seat in seats.filter(pk__in=[self.asker_id, self.other_id]) if seat.left_at is None}
        locked = Meeting.objects.select_for_update(no_key=True).order_by("pk")
        meetings = {row.pk: row for row in locked.filter(pk__in=[self.meeting_id, self.in_return_id])}
        first, second = meetings[self.meeting_id], meetings.get(self.in_return_id or 0)
        fits = {self.asker_id, self.other_id} <= there and first.coordinator_id == self.asker_id
        fits = fits and _to_come(first, at)
        if second:
            fits = fits and second.coordinator_id == self.other_id and _to_come(second, at)
        self._close(self.State.AGREED if fits else self.State.OVERTAKEN, at)
        if fits:
            Meeting.objects.filter(pk=first.pk).update(coordinator=self.other_id)
            if second:
                Meeting.objects.filter(pk=second.pk).update(coordinator=self.asker_id)
            for row in filter(None, [first, second]):
                events.record(actor=by, verb="exchanged", subject=row, detail={"exchange": self.pk}, at=at)
            telling_meetings.exchange_answered(self, at=at)
        return fits

    def decline(self, *, by: User, at: datetime | None = None) -> None:
        """The other says no; who asked is told and still leads."""
        if self.other.person_id != by.pk:
            raise Refused("Somebody else is asked.", code="not_asked")
        with transaction.atomic():
            self._close(self.State.DECLINED, at or now())
            events.record(actor=by, verb="declined", subject=self, at=at)
            telling_meetings.exchange_answered(self, at=at)

    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Who asked takes it back, while nobody has answered."""
        if self.asker.person_id != by.pk:
            raise Refused("Somebody else asked for this.", code="not_yours")
        with transaction.atomic():
            self._close(self.State.WITHDRAWN, at or now())
            events.record(actor=by, verb="withdrew", subject=self, at=at)

    def _close(self, state: str, at: datetime) -> None:
        rows = Exchange.objects.filter(pk=self.pk, state=self.State.ASKED)
        if not rows.update(state=state, answered_at=at):
            raise Refused("This has been answered already.", code="answered_already")
        self.state, self.answered_at = state, at


def _to_come(meeting: Meeting, at: datetime) -> bool:
    return meeting.cancelled_at is None and meeting.starts_at > at
