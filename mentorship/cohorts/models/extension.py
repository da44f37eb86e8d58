"""More time for one person, on one project, until a day."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mentorship.cohorts import telling_dates as telling
from mentorship.cohorts.models.assignment import Assignment
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.due import DueDate
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

LONGEST = timedelta(days=120)


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, reader: Any) -> "ExtensionQuerySet":
        """One's own, and those of one's mentees; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        if reader.is_admin:
            return self
        return self.filter(Q(membership__person=reader) | Q(membership__in=Membership.objects.followed_by(reader)))

    def decidable_by(self, person: Any) -> "ExtensionQuerySet":
        """Those of the mentees that `person` follows; all for admins. Nobody decides on their own."""
        return self.filter(membership__in=Membership.objects.followed_by(person)).exclude(membership__person=person)


class Extension(models.Model):
    """One wish for more time, or its gift. Rows are never removed: what came of each is its history."""

    class State(models.TextChoices):
        ASKED = "asked"
        GRANTED = "granted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        ENDED = "ended"

    due = models.ForeignKey(DueDate, models.PROTECT, related_name="extensions")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="What who decided said.")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "granted", "declined", "withdrawn", "ended"]),
                name="extension_state_known",
            ),
            models.UniqueConstraint("due", "membership", condition=Q(state="asked"), name="extension_asked_once"),
            models.UniqueConstraint("due", "membership", condition=Q(state="granted"), name="extension_granted_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="extension_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} until {self.until}"

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def ask(
        cls, *, due: DueDate, membership: Membership, by: User, until: datetime, reason: str, at: datetime | None = None
    ) -> "Extension":
        """Ask for more time for oneself; mentor or admins are told."""
        moment = at or now()
        if membership.person_id != by.pk:
            raise Refused("You ask for yourself.", code="not_yours")
        try:
            with transaction.atomic():
                cls._check(due, membership, until, moment)
                row = cls.objects.create(
                    due=due, membership=membership, until=until, reason=reason, asked_by=by, asked_at=moment
                )
                events.record(actor=by, verb="ask_extension", subject=row, detail={"until": until}, at=at)
                telling.extension_asked(row, mentors_of(membership), at=at)
        except IntegrityError as error:
            raise Refused("You have asked already. Take that back first.", code="asked_already") from error
        return row

    @classmethod
    def give(
        cls, *, due: DueDate, membership: Membership, by: User, until: datetime, reason: str, at: datetime | None = None
    ) -> "Extension":
        """Give more time unasked; what was asked for or given before is settled by it."""
        moment = at or now()
        with transaction.atomic():
            cls._check(due, membership, until, moment)
            cls._check_giver(membership, by)
            standing = cls.objects.filter(due=due, membership=membership)
            standing.filter(state=cls.State.GRANTED).update(state=cls.State.ENDED)
            asked = standing.filter(state=cls.State.ASKED).select_for_update().first()
            row = asked or cls(due=due, membership=membership, reason=reason, asked_by=by, asked_at=moment)
            row.state, row.until, row.decided_by, row.decided_at = cls.State.GRANTED, until, by, moment
            row.note = reason if asked else ""
            row.save()
            events.record(actor=by, verb="grant_extension", subject=row, detail={"until": until}, at=at)
            telling.extension_granted(row, mentors_of(membership), by=by, at=at)
        return row

    def grant(self, *, by: User, until: datetime | None = None, note: str = "", at: datetime | None = None) -> None:
        """Say yes, perhaps to another day."""
        moment = at or now()
        with transaction.atomic():
            self._take(self.State.ASKED)
            self._check(self.due, self.membership, until or self.until, moment)
            self._check_giver(self.membership, by)
            before = Extension.objects.filter(due=self.due_id, membership=self.membership_id)
            before.filter(state=self.State.GRANTED).update(state=self.State.ENDED)
            self.until = until or self.until
            self._decide(self.State.GRANTED, by, note, moment)
            events.record(actor=by, verb="grant_extension", subject=self, detail={"until": self.until}, at=at)
            telling.extension_granted(self, mentors_of(self.membership), by=by, at=at)

    def decline(self, *, by: User, note: str, at: datetime | None = None) -> None:
        """Say no, with a word why."""
        with transaction.atomic():
            self._take(self.State.ASKED)
            self._check_giver(self.membership, by)
            self._decide(self.State.DECLINED, by, note, at or now())
            events.record(actor=by, verb="decline_extension", subject=self, at=at)
            telling.extension_declined(self, at=at)

    def end(self, *, by: User, note: str = "", at: datetime | None = None) -> None:
        """Take back what was given."""
        with transaction.atomic():
            self._take(self.State.GRANTED)
            self._check_giver(self.membership, by)
            self._decide(self.State.ENDED, by, note, at or now())
            events.record(actor=by, verb="end_extension", subject=self, at=at)
            telling.extension_ended(self, at=at)

    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Take back what one asked for."""
        with transaction.atomic():
            self._take(self.State.ASKED)
            if self.membership.person_id != by.pk:
                raise Refused("You take back what you asked for.", code="not_yours")
            self.state = self.State.WITHDRAWN
            self.save(update_fields=["state"])
            events.record(actor=by, verb="withdraw_extension", subject=self, at=at)

    def _decide(self, state: str, by: User, note: str, at: datetime) -> None:
        self.state, self.decided_by, self.decided_at, self.note = state, by, at, note
        self.save(update_fields=["state", "decided_by", "decided_at", "note", "until"])

    def _take(self, state: str) -> None:
        """The row locked after its membership, in `state`."""
        Membership.objects.select_for_update(no_key=True).filter(pk=self.membership_id).values_list("pk").first()
        row = Extension.objects.select_for_update().get(pk=self.pk)
        if row.state != state:
            raise Refused("This has been decided already.", code="decided_already")

    @staticmethod
    def _check(due: DueDate, membership: Membership, until: datetime, at: datetime) -> None:
        """The seat locked, of a mentee of the running cohort; `until` later than what holds for everyone."""
        seat = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
        if seat.left_at or seat.is_mentor or seat.cohort_id != due.cohort_id:
            raise Refused("Only who is a mentee here has something due.", code="not_a_mentee")
        if due.cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
            raise Refused("This cohort is over.", code="cohort_over")
        standing = due.moved_for(seat)
        if until <= standing:
            whose = "everybody has" if standing == due.due_at else "they have by their pause"
            raise Refused(f"More time ends later than the time that {whose}.", code="day")
        if until <= at:
            raise Refused("This moment has passed.", code="day")
        if until > max(standing, at) + LONGEST:
            raise Refused(f"More time is {LONGEST.days} days at most.", code="day")
        day = timezone.localdate(until, membership.person.zone)
        pause = membership.pauses.active(day).first()
        if pause:
            raise Refused(
                f"Nothing is due in a pause: choose {pause.returns_on:%-d %B %Y}, the day of the return, or later.",
                code="day",
            )

    @staticmethod
    def _check_giver(membership: Membership, by: User) -> None:
        if membership.person_id == by.pk or not Membership.objects.followed_by(by).filter(pk=membership.pk).exists():
            raise Refused("Their mentor gives more time, or an admin.", code="not_theirs")


def mentors_of(membership: Membership) -> list[User]:
    """Who mentors this mentee now."""
    pairs = Assignment.objects.active().filter(mentee=membership.pk, mentor__person=OuterRef("pk"))
    return list(User.objects.active().filter(Exists(pairs)))
