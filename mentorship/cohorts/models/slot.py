"""Hours that members offer each other: office hours of mentors, mock interviews of mentors and peers."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from mentorship.cohorts import telling_hours
from mentorship.cohorts.absence import Absences, absent_on
from mentorship.cohorts.interviews import InterviewRound
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.engagement import engage, lock_person
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

OVER = (Cohort.State.DRAFT, Cohort.State.FINISHED, Cohort.State.ARCHIVED)
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(minutes=90)
AHEAD = timedelta(days=120)
NOTICE = timedelta(hours=3)
MOST_OPEN, MOST_BOOKED = 40, 3


class SlotQuerySet(models.QuerySet["Slot"]):
    def visible_to(self, reader: Any) -> "SlotQuerySet":
        """Those of one's own cohorts; all for admins. Who has booked one is for the two of them to see."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(cohort__in=Cohort.objects.of(reader))

    def open(self, at: datetime | None = None) -> "SlotQuerySet":
        """Neither withdrawn, booked nor begun, nor on a day on which the host is not there; the next one first."""
        taken = Booking.objects.standing().filter(slot=OuterRef("pk"))
        rows = self.filter(withdrawn_at=None, starts_at__gt=at or now(), host__left_at=None)
        return rows.filter(~Exists(taken), ~absent_on("host", "starts_at")).order_by("starts_at", "pk")


class Slot(models.Model):
    """A stretch of time that one member of a cohort offers to the others. It never moves: it is withdrawn, or kept."""

    class Kind(models.TextChoices):
        OFFICE = "office", "Office hours"
        INTERVIEW = "interview", "Mock interview"

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="slots")
    host = models.ForeignKey(Membership, models.PROTECT, related_name="slots")
    kind = models.CharField(max_length=9, choices=Kind)
    interview_round = models.CharField("round", max_length=11, choices=InterviewRound, blank=True)
    host_asks = models.BooleanField(default=True, help_text="The host interviews; otherwise the host is interviewed.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField("where", max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["cohort", "starts_at"], condition=Q(withdrawn_at=None), name="slot_calendar"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at") + SHORTEST, ends_at__lte=F("starts_at") + LONGEST),
                name="slot_length",
            ),
            models.CheckConstraint(condition=Q(kind__in=["office", "interview"]), name="slot_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="office", interview_round="", host_asks=True)
                | Q(kind="interview", interview_round__in=InterviewRound.values),
                name="slot_round_of_interview",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("cohorts:slot", args=[self.cohort.slug, self.pk])

    @property
    def what(self) -> str:
        """'Office hours', 'Mock interview: Coding'."""
        rounds = f": {self.get_interview_round_display()}" if self.interview_round else ""
        return f"{self.get_kind_display()}{rounds}"

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def begins_with_notice(self, at: datetime | None = None) -> bool:
        """Whether it can still be called off: three hours before at the latest."""
        return self.starts_at - (at or now()) >= NOTICE

    def booking(self) -> "Booking | None":
        """Who has it, if anybody."""
        return self.bookings.standing().select_related("guest__person", "slot__host__person").first()

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def offer(
        cls, *, by: User, cohort: Cohort, kind: str, starts: Iterable[datetime], minutes: int,
        at: datetime | None = None, **fields: Any,
    ) -> "list[Slot]":  # fmt: skip
        """`by`, who belongs to `cohort`, offers `minutes` from each of `starts`: all of them or none.

        `fields`: interview_round, host_asks, place, note. Office hours are a mentor's.
        """
        moment, length, starts = at or now(), timedelta(minutes=minutes), list(starts)
        host = cohort.memberships.active().filter(person=by).select_related("person").order_by("-role").first()
        if host is None:
            raise Refused("Only members of the cohort offer hours.", code="not_a_member")
        if kind == cls.Kind.OFFICE and not host.is_mentor:
            raise Refused("Office hours are for mentors. Offer a mock interview instead.", code="not_a_mentor")
        if cohort.state in OVER:
            raise Refused("This cohort does not run: nobody would come.", code="cohort_over")
        if not SHORTEST <= length <= LONGEST:
            raise Refused("Between 15 and 90 minutes.", code="minutes")
        if any(not moment < start <= moment + AHEAD for start in starts):
            raise Refused("Within the next 120 days.", code="day")
        absences = Absences([host])
        gone = next((start for start in starts if absences.hold(host, start)), None)
        if gone:
            day = f"{gone.astimezone(by.zone):%-d %B}"
            raise Refused(f"You are not there on {day}: choose another day, or be back before.", code="day")
        rows = [
            cls(
                cohort=cohort,
                host=host,
                kind=kind,
                starts_at=start,
                ends_at=start + length,
                offered_at=moment,
                **fields,
            )
            for start in starts
        ]
        with transaction.atomic():
            lock_person(by)
            if cls.objects.filter(host__person=by).open(moment).count() + len(rows) > MOST_OPEN:
                raise Refused(f"At most {MOST_OPEN} offers stand open at once.", code="too_many")
            for row in rows:
                row.save(force_insert=True)
                engage(row, by, "You have promised this time already.")
            detail = {"kind": kind, "from": [row.starts_at for row in rows]}
            events.record(actor=by, verb="offer", subject=rows[0], detail=detail, at=at)
        return rows

    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """The host offers it no longer. One that is booked is called off instead."""
        with transaction.atomic():
            row = self._standing(by_host=by)
            if row.bookings.standing().exists():
                raise Refused("Somebody has booked it: call it off, so that they are told.", code="booked")
            self._withdraw(at or now())
            events.record(actor=by, verb="withdraw", subject=self, at=at)

    def book(self, *, by: User, topic: str = "", at: datetime | None = None) -> "Booking":
        """`by` takes it. Nobody is booked twice at one time, and nobody has more than three to come."""
        moment = at or now()
        with transaction.atomic():
            lock_person(by)
            row = self._standing()
            guest = row.cohort.memberships.active().filter(person=by).order_by("role").first()
            if guest is None:
                raise Refused("Only members of the cohort book its hours.", code="not_a_member")
            if row.host.person_id == by.pk:
                raise Refused("These hours are your own.", code="own")
            if row.host.left_at or row.cohort.state in OVER:
                raise Refused("These hours are not offered any more.", code="withdrawn")
            if Absences([row.host]).hold(row.host, row.starts_at):
                raise Refused(f"{row.host.person} is not there on that day.", code="away")
            if row.starts_at <= moment:
                raise Refused("They have begun already.", code="begun")
            coming = Booking.objects.standing().filter(guest__person=by, slot__starts_at__gt=moment)
            if coming.count() >= MOST_BOOKED:
                raise Refused(f"You have {MOST_BOOKED} booked already: leave some for others.", code="too_many")
            booking = Booking(slot=row, guest=guest, topic=topic, booked_at=moment)
            try:
                with transaction.atomic():
                    booking.save(force_insert=True)
            except IntegrityError as error:
                raise Refused("Somebody was quicker. Choose another one.", code="taken") from error
            engage(row, by, "You have promised this time to somebody already.")
            events.record(actor=by, verb="book", subject=booking, at=at)
            telling_hours.booked(booking, at=at)
        return booking

    def _standing(self, by_host: User | None = None) -> "Slot":
        rows = Slot.objects.select_for_update(no_key=True, of=("self",)).select_related("host", "cohort")
        row = rows.get(pk=self.pk)
        if by_host and row.host.person_id != by_host.pk:
            raise Refused("Somebody else offers these hours.", code="not_yours")
        if row.withdrawn_at:
            raise Refused("These hours are not offered any more.", code="withdrawn")
        return row

    def _withdraw(self, at: datetime) -> None:
        self.withdrawn_at = at
        self.save(update_fields=["withdrawn_at"])
        self.engagements.all().delete()


class BookingQuerySet(models.QuerySet["Booking"]):
    def standing(self) -> "BookingQuerySet":
        """Those that nobody called off."""
        return self.filter(cancelled_at=None)

    def visible_to(self, reader: Any) -> "BookingQuerySet":
        """The two people's own."""
        if not reader.is_authenticated:
            return self.none()
        return self.filter(Q(guest__person=reader) | Q(slot__host__person=reader))


class Booking(models.Model):
    """That a member takes a slot. One that was called off stays; the slot can be taken again."""

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings")
    guest = models.ForeignKey(Membership, models.PROTECT, related_name="bookings")
    topic = models.CharField(max_length=300, blank=True)
    booked_at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("slot", condition=Q(cancelled_at=None), name="booking_one_standing"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) ^ Q(cancelled_by__isnull=False), name="booking_cancelled_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guest_id} at {self.slot_id}"

    @property
    def host(self) -> Membership:
        return self.slot.host

    @property
    def candidate(self) -> Membership:
        """Who is interviewed."""
        return self.guest if self.slot.host_asks else self.host

    def other(self, person: Any) -> Membership:
        return self.host if self.guest.person_id == person.pk else self.guest

    def cancel(self, *, by: User, reason: str = "", at: datetime | None = None) -> None:
        """Either of the two calls it off, three hours before at the latest. Hours that the guest gives up are free."""
        moment = at or now()
        with transaction.atomic():
            slot = self.slot._standing()
            if by.pk not in (self.guest.person_id, slot.host.person_id):
                raise Refused("This is for the two of them to call off.", code="not_yours")
            if not slot.begins_with_notice(moment):
                raise Refused("It begins within three hours: write to each other instead.", code="too_late")
            self._end(by, reason, moment, free=by.pk == self.guest.person_id)
            events.record(actor=by, verb="cancel", subject=self, detail={"reason": reason}, at=at)
            telling_hours.cancelled(self, by=by, at=at)

    def _end(self, by: User, reason: str, at: datetime, *, free: bool) -> None:
        """Called off, in the caller's transaction; the slot is open again if `free`, or withdrawn."""
        fields: dict[str, Any] = {"cancelled_at": at, "cancelled_by": by, "reason": reason}
        if not Booking.objects.standing().filter(pk=self.pk).update(**fields):
            raise Refused("It has been called off already.", code="cancelled")
        self.cancelled_at, self.cancelled_by, self.reason = at, by, reason
        if free:
            self.slot.engagements.filter(person_id=self.guest.person_id).delete()
        else:
            self.slot._withdraw(at)


def release(member: Membership, *, by: User, at: datetime) -> None:
    """What `member`, who leaves, has offered and booked is called off, in the caller's transaction."""
    rows = Booking.objects.standing().filter(Q(guest=member) | Q(slot__host=member), slot__starts_at__gt=at)
    for booking in rows.select_related("slot__host__person", "slot__cohort", "guest__person").order_by("pk"):
        booking.slot._standing()
        booking._end(by, "Left the cohort.", at, free=booking.guest_id == member.pk)
        telling_hours.cancelled(booking, by=member.person, at=at)
    for slot in Slot.objects.filter(host=member, withdrawn_at=None, starts_at__gt=at).order_by("pk"):
        slot._withdraw(at)
