"""Asking for another mentor, or for somebody else to mentor: either side may, and the other does not hear who did."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse

from mentorship.cohorts.models.assignment import Assignment
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell, tell_all
from mentorship.people import events
from mentorship.people.models import User

LONGEST_REASON = 1000


class SwapQuerySet(models.QuerySet["Swap"]):
    def visible_to(self, reader: Any) -> "SwapQuerySet":
        """What one asked oneself; all for admins. Never what the other side asked."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(asked_by=reader)

    def open(self) -> "SwapQuerySet":
        return self.filter(state=Swap.State.ASKED)


class Swap(models.Model):
    """One person's wish that an assignment be changed. It is settled when the assignment ends, however it does."""

    class State(models.TextChoices):
        ASKED = "asked", "With the admins"
        SETTLED = "settled"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="swaps")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(max_length=LONGEST_REASON, blank=True, help_text="Admins alone read this.")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(max_length=LONGEST_REASON, blank=True, help_text="Who asked reads this.")

    objects = SwapQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="swap_of_asker")]
        constraints = [
            models.UniqueConstraint("assignment", "asked_by", condition=Q(state="asked"), name="swap_asked_once"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "settled", "declined", "withdrawn"]), name="swap_state_known"
            ),
            models.CheckConstraint(condition=Q(state="asked") ^ Q(decided_at__isnull=False), name="swap_decided_when"),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.assignment_id}"

    @classmethod
    def ask(cls, *, assignment: Assignment, by: User, reason: str = "", at: datetime | None = None) -> "Swap":
        """Ask the admins for another pairing. Nobody else is told, and no reason is needed."""
        with transaction.atomic():
            row = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
            if by.pk not in (row.mentee.person_id, row.mentor.person_id):
                raise Refused("This assignment is not yours.", code="not_yours")
            if row.ended_at:
                raise Refused("This assignment has ended already.", code="ended_already")
            made = cls(assignment=assignment, asked_by=by, reason=reason.strip(), asked_at=at or now())
            try:
                with transaction.atomic():
                    made.save(force_insert=True)
            except IntegrityError as error:
                raise Refused("You have asked already; the admins look into it.", code="asked_already") from error
            events.record(actor=by, verb="asked_for_another", subject=made, at=at)
            tell_all(
                User.objects.admins(),
                "swap_asked",
                subject=made,
                title=f"{by} asks for another pairing in {row.cohort}",
                body="Find somebody else, or talk with them. The other side is not told who asked.",
                url=reverse("cohorts:assignment", args=[row.cohort.slug, row.pk]),
                at=at,
            )
        return made

    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Who asked takes it back, while nobody has decided."""
        with transaction.atomic():
            if by.pk != self.asked_by_id:
                raise Refused("Somebody else asked for this.", code="not_yours")
            self._close(self.State.WITHDRAWN, at=at)
            events.record(actor=by, verb="withdrew", subject=self, at=at)

    def decline(self, *, by: User, note: str, at: datetime | None = None) -> None:
        """Leave the pair as it is; only who asked is told, with a word on why. To grant it, reassign."""
        if not note.strip():
            raise Refused("Say why: who asked reads it.", code="note_missing")
        with transaction.atomic():
            self._close(self.State.DECLINED, at=at, decided_by=by, note=note.strip())
            events.record(actor=by, verb="declined", subject=self, at=at)
            cohort = self.assignment.cohort
            tell(
                self.asked_by,
                "swap_declined",
                subject=self,
                title=f"Your pairing in {cohort} stays for now",
                body=note.strip(),
                url=reverse("cohorts:another_mentor", args=[cohort.slug]),
                at=at,
            )

    def _close(self, state: str, *, at: datetime | None, **fields: Any) -> None:
        fields |= {"state": state, "decided_at": at or now()}
        if not Swap.objects.open().filter(pk=self.pk).update(**fields):
            raise Refused("This has been decided already.", code="decided_already")
        self.refresh_from_db()
