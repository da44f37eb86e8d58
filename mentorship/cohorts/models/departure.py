"""How somebody left a cohort: why, with which thanks, and whether they would come back."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from mentorship.cohorts import telling_together as telling
from mentorship.cohorts.models.application import Application
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people.models import User


class DepartureQuerySet(models.QuerySet["Departure"]):
    def visible_to(self, reader: Any) -> "DepartureQuerySet":
        """One's own; all for admins. What a mentor has to know is told to them."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(membership__person=reader)

    def of_stream(self, cohort: Cohort) -> "DepartureQuerySet":
        """Mentees who left another cohort of the same stream."""
        rows = self.filter(membership__cohort__stream=cohort.stream_id, membership__role=Membership.Role.MENTEE)
        return rows.exclude(membership__cohort=cohort)

    def to_be_asked_back(self, cohort: Cohort) -> "DepartureQuerySet":
        """Those of them who left the door open and have neither a seat nor an application here."""
        asked = Application.objects.filter(cohort=cohort, person=OuterRef("membership__person")).live()
        inside = Membership.objects.active().filter(person=OuterRef("membership__person"))
        inside = inside.filter(cohort__stream=cohort.stream_id).exclude(cohort__state=Cohort.State.ARCHIVED)
        rows = self.of_stream(cohort).filter(door_open=True, membership__person__is_active=True)
        return rows.filter(~Exists(asked), ~Exists(inside))


class Departure(models.Model):
    """One person's words at leaving one cohort. The membership itself says when."""

    class Kind(models.TextChoices):
        TIME = "time", "I do not have the time"
        JOB = "job", "I found a job or another way"
        PACE = "pace", "The pace or the level does not fit"
        LIFE = "life", "Life: health, family, a move"
        PROGRAM = "program", "The program is not what I need"
        OTHER = "other", "Something else"

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="departure")
    kind = models.CharField(max_length=7, choices=Kind)
    text = models.CharField(max_length=1000, blank=True)
    thanks = models.CharField(max_length=1000, blank=True)
    door_open = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["time", "job", "pace", "life", "program", "other"]), name="departure_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:left", args=[self.membership.cohort.slug, self.membership_id])

    @classmethod
    def take(
        cls, membership: Membership, *, by: User, kind: str, text: str = "", thanks: str = "", door_open: bool = True,
        at: datetime | None = None,
    ) -> "Departure":  # fmt: skip
        """Leave, with a reason; the mentor reads the thanks, the admins the reason. The seat is free at once."""
        if by.pk != membership.person_id:
            raise Refused("Everybody leaves for themselves.", code="not_yours")
        mentors = telling.mentors_of(membership)
        with transaction.atomic():
            membership.leave(by=by, reason=text.strip()[:300] or str(cls.Kind(kind).label), at=at)
            row = cls.objects.create(
                membership=membership, kind=kind, text=text.strip(), thanks=thanks.strip(), door_open=door_open,
                created_at=at or now(),
            )  # fmt: skip
            telling.departed(row, mentors, at=at)
        return row
