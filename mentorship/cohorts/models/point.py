"""What a member brings up: a blocker, a question. It stands in every agenda until it is settled."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.meeting import Meeting
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


class PointQuerySet(models.QuerySet["Point"]):
    def visible_to(self, reader: Any) -> "PointQuerySet":
        """Those of one's own cohorts; all for admins."""
        return self.filter(meeting__in=Meeting.objects.visible_to(reader))

    def open(self) -> "PointQuerySet":
        return self.filter(settled_at=None)


class Point(models.Model):
    """One thing to talk about. What is private stays so until its owner brings it up here, in their own words."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="points")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="points", help_text="Where it was first put.")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.CharField("what", max_length=300)
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one point.")
    raised_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "pk"]
        indexes = [models.Index(fields=["cohort"], condition=Q(settled_at=None), name="point_open")]
        constraints = [
            models.UniqueConstraint("raised_by", "key", name="point_once"),
            models.CheckConstraint(condition=~Q(text=""), name="point_says_something"),
        ]

    def __str__(self) -> str:
        return self.text

    def kept_by(self, person: Any) -> bool:
        return self.raised_by_id == person.pk or self.meeting.kept_by(person)

    @classmethod
    def bring_up(
        cls, meeting: Meeting, *, by: User, text: str, key: uuid.UUID | None = None, at: datetime | None = None
    ) -> "Point":  # fmt: skip
        """Put it on the agenda, for everybody in the cohort to read. The same `key` again gives the first one."""
        row = cls(
            meeting=meeting, cohort_id=meeting.cohort_id, raised_by=by, text=" ".join(text.split()),
            key=key or uuid.uuid4(), raised_at=at or now(),
        )  # fmt: skip
        if not row.text or len(row.text) > 300:
            raise Refused("Say in up to 300 characters what it is.", code="text")
        try:
            with transaction.atomic():
                if meeting.lock_standing().closed_at:
                    raise Refused("The minutes are closed: bring it up at the next meeting.", code="closed")
                if not by.is_admin and not Membership.objects.of(by).filter(cohort=meeting.cohort_id).exists():
                    raise Refused("Only members of the cohort bring something up.", code="not_a_member")
                row.save(force_insert=True)
                events.record(actor=by, verb="brought_up", subject=row, at=at)
        except IntegrityError:
            first = cls.objects.filter(raised_by=by, key=row.key, meeting=meeting).first()
            if first is None:
                raise Refused("This key belongs to another point.", code="key_used") from None
            return first
        return row

    def settle(self, *, by: User, at: datetime | None = None) -> None:
        """It was talked about, or has gone away. Who raised it, or who leads, says so."""
        if not self.may_settle(by):
            raise Refused("Who raised it or who leads the meeting settles it.", code="not_yours")
        with transaction.atomic():
            moment = at or now()
            rows = Point.objects.filter(pk=self.pk, settled_at=None)
            if rows.update(settled_at=moment, settled_by=by):
                events.record(actor=by, verb="settled", subject=self, at=at)
            self.settled_at = moment

    def may_settle(self, by: User) -> bool:
        """Who keeps it, and who leads a meeting that is still to be held or closed."""
        return (
            self.kept_by(by) or self.cohort.meetings.standing().filter(closed_at=None, coordinator__person=by).exists()
        )
