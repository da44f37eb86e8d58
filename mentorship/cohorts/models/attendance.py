"""Who was at a meeting."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import JSONObject

from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.meeting import Meeting
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, reader: Any) -> "AttendanceQuerySet":
        """That of meetings of one's own cohorts; all for admins."""
        return self.filter(meeting__in=Meeting.objects.visible_to(reader))

    def counted(self) -> "AttendanceQuerySet":
        """Of meetings that were held: an excuse for one that was called off, or is to come, counts for nothing."""
        return self.filter(meeting__cancelled_at=None, meeting__starts_at__lte=now())

    def missed(self) -> "AttendanceQuerySet":
        """Without a word: who sent one is excused."""
        return self.counted().filter(state=Attendance.State.ABSENT)

    def latest_of(self, membership: Any, at: datetime) -> models.QuerySet[Any]:
        """What was noted of one membership at the last dozen meetings held by `at`, the newest first: a subquery."""
        held = self.filter(membership=membership, meeting__cancelled_at=None, meeting__starts_at__lte=at)
        entry = JSONObject(at="meeting__starts_at", state="state")
        return held.order_by("-meeting__starts_at", "-pk").values(entry=entry)[:12]


class Attendance(models.Model):
    """One member at one meeting. That both are of one cohort is held by composite foreign keys (migration)."""

    class State(models.TextChoices):
        PRESENT = "present"
        EXCUSED = "excused"
        ABSENT = "absent"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=7, choices=State)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["membership", "state"], name="attendance_of_member")]
        constraints = [
            models.UniqueConstraint("meeting", "membership", name="attendance_once"),
            models.CheckConstraint(
                condition=Q(state__in=["present", "excused", "absent"]), name="attendance_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.state} at {self.meeting_id}"

    @classmethod
    def note(
        cls, meeting: Meeting, *, by: User, states: Mapping[int, str], at: datetime | None = None
    ) -> None:  # fmt: skip
        """What the coordinator or an admin notes of members, by the ids of their memberships; the last word holds."""
        moment = at or now()
        if not set(states.values()) <= set(cls.State.values):
            raise Refused("Present, excused or absent: nothing else can be noted.", code="state")
        with transaction.atomic():
            row = meeting.lock_standing()
            if not meeting.kept_by(by):
                raise Refused("The coordinator notes who was there.", code="not_the_coordinator")
            if row.closed_at and not by.is_admin:
                raise Refused("The minutes are closed: an admin can still correct who was there.", code="closed")
            if not row.has_begun(moment):
                raise Refused("The meeting has not begun.", code="not_begun")
            known = set(expected_at(meeting).filter(pk__in=states).values_list("pk", flat=True))
            if known != set(states):
                raise Refused("Somebody among these was not in the cohort then.", code="not_a_member")
            cls._put(meeting, states, by, moment)
            events.record(actor=by, verb="note_attendance", subject=meeting, at=at)

    @classmethod
    def excuse(cls, meeting: Meeting, *, by: User, at: datetime | None = None) -> None:
        """Say beforehand that one cannot come."""
        moment = at or now()
        with transaction.atomic():
            seat = cls._own_seat(meeting, by, moment)
            cls._put(meeting, {seat.pk: cls.State.EXCUSED}, by, moment)

    @classmethod
    def come(cls, meeting: Meeting, *, by: User, at: datetime | None = None) -> None:
        """Take that back."""
        with transaction.atomic():
            seat = cls._own_seat(meeting, by, at or now())
            cls.objects.filter(meeting=meeting, membership=seat).delete()

    @classmethod
    def _own_seat(cls, meeting: Meeting, by: User, at: datetime) -> Membership:
        if meeting.lock_standing().has_begun(at):
            raise Refused("The meeting has begun: its coordinator notes who is there.", code="begun")
        seat = Membership.objects.of(by).filter(cohort=meeting.cohort_id).order_by("pk").first()
        if seat is None:
            raise Refused("Only members of the cohort are expected.", code="not_a_member")
        return seat

    @classmethod
    def _put(cls, meeting: Meeting, states: Mapping[int, str], by: User, at: datetime) -> None:
        rows = [
            Attendance(
                meeting=meeting, cohort_id=meeting.cohort_id, membership_id=pk, state=state, noted_by=by, noted_at=at
            )
            for pk, state in states.items()
        ]
        Attendance.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["meeting", "membership"],
            update_fields=["state", "noted_by", "noted_at"],
        )  # fmt: skip


def expected_at(meeting: Meeting) -> models.QuerySet[Membership]:
    """Who was in the cohort when the meeting was, mentees first."""
    there = Q(left_at=None) | Q(left_at__gte=meeting.starts_at)
    late = Q(joined_at__lte=meeting.starts_at) | Q(left_at=None)  # who joins a little late may be noted too
    rows = Membership.objects.filter(there & late, cohort=meeting.cohort_id)
    return rows.select_related("person").order_by("role", "person__name", "pk")
