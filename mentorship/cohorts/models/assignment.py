"""Which mentor has which mentee, from when to when."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from mentorship.cohorts import telling
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def active(self) -> "AssignmentQuerySet":
        return self.filter(ended_at=None)

    def visible_to(self, reader: Any) -> "AssignmentQuerySet":
        """One's own, as either of the two; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(Q(mentee__person=reader) | Q(mentor__person=reader))


class Assignment(models.Model):
    """Which mentor has which mentee, from when to when. Rows end, they are never removed.

    That both belong to this cohort, in these roles, is held by composite foreign keys; that both are there and are
    two people, by a trigger (migration 0002). `matching.assign` and `.reassign` make rows.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="assignments")
    mentee = models.ForeignKey(Membership, models.PROTECT, related_name="assignments_as_mentee")
    mentor = models.ForeignKey(Membership, models.PROTECT, related_name="assignments_as_mentor")
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["mentor"], condition=Q(ended_at=None), name="assignment_of_mentor")]
        constraints = [
            models.UniqueConstraint("mentee", condition=Q(ended_at=None), name="assignment_one_active"),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="assignment_of_two_people"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="assignment_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(end_reason=""), name="assignment_end_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} mentors {self.mentee_id}"

    def end(self, *, by: User, reason: str, summary: str = "", at: datetime | None = None) -> None:
        """End it with `reason`; mentee and mentor are told. Without a `summary`, its mentor is asked for one."""
        from mentorship.cohorts.models.note import MentorNote

        with transaction.atomic():
            # Whatever changes a mentee's assignment locks the mentee first and mentors after.
            Membership.objects.select_for_update(no_key=True).get(pk=self.mentee_id)
            if not self.close(reason=reason, at=at):
                raise Refused("This assignment has ended already.", code="ended_already")
            events.record(actor=by, verb="end", subject=self, detail={"reason": reason}, at=at)
            if summary.strip():
                MentorNote.hand_over(self, by=by, text=summary, at=at)
            telling.assignment_ended(self, at=at)

    def close(self, *, reason: str, at: datetime | None = None) -> bool:
        """End the row and lighten its mentor, in the caller's transaction; False if it had ended already."""
        self.ended_at, self.end_reason = at or now(), reason
        fields = {"ended_at": self.ended_at, "end_reason": reason}
        if not Assignment.objects.active().filter(pk=self.pk).update(**fields):
            return False
        Membership.objects.filter(pk=self.mentor_id).update(load=F("load") - 1)
        # Whoever asked for another pairing has it: nothing is left to decide.
        self.swaps.filter(state="asked").update(state="settled", decided_at=self.ended_at)
        return True
