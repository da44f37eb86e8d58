"""Which unit a cohort is at in which week."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q, Sum

from mentorship.cohorts import telling_dates as telling
from mentorship.cohorts.laying import Span, days_of, lay, weeks_of
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.due import DueDate
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User
from streams.models import Item, Unit

OVER = (Cohort.State.FINISHED, Cohort.State.ARCHIVED)


class Schedule(models.Model):
    """The units of a cohort's stream over its weeks. `version` counts the saves; who saves over another is asked."""

    cohort = models.OneToOneField(Cohort, models.PROTECT, related_name="+")
    skipped = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="Weeks without program.")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"schedule of {self.cohort_id}"

    @classmethod
    def of(cls, cohort: Cohort) -> "Schedule | None":
        return cls.objects.filter(cohort=cohort).first()

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def draft(
        cls, cohort: Cohort, *, by: User, skipped: Collection[int] = (), version: int = 0, at: datetime | None = None
    ) -> "Schedule":
        """Lay the stream's units over the weeks from their hours; in place of `version`, if one stands."""
        units = list(Unit.objects.published().filter(stream=cohort.stream_id).order_by("position", "pk"))
        if not units:
            raise Refused("The stream has no units yet.", code="no_units")
        hours = hours_of(cohort)
        drafted = lay([hours.get(unit.pk, 0) for unit in units], weeks(cohort), cohort.hours_a_week, skipped)
        spans = {unit.pk: span for unit, span in zip(units, drafted.spans, strict=True)}
        return cls._write(cohort, spans, skipped, by=by, version=version, verb="draft_schedule", at=at)

    def adjust(
        self, spans: Mapping[int, Span], *, skipped: Collection[int], by: User, version: int, at: datetime | None = None
    ) -> None:
        """Put units into other weeks, by their ids. Due dates that nobody set by hand follow."""
        cohort, last = self.cohort, weeks(self.cohort)
        known = set(self.units.values_list("unit", flat=True)) | set(
            Unit.objects.published().filter(stream=cohort.stream_id).values_list("pk", flat=True)
        )
        for unit, (first, end) in spans.items():
            if unit not in known:
                raise Refused("This is no unit of the stream.", code="unknown_unit")
            if not 1 <= first <= end <= last:
                raise Refused(f"A unit ends after it begins, within the {last} weeks of the cohort.", code="weeks")
            if first in skipped or end in skipped:
                raise Refused("A unit begins and ends in a week that is not skipped.", code="skipped")
        self._write(cohort, spans, skipped, by=by, version=version, verb="adjust_schedule", at=at)
        self.refresh_from_db()

    @classmethod
    def _write(
        cls, cohort: Cohort, spans: Mapping[int, Span], skipped: Collection[int], *, by: User, version: int, verb: str,
        at: datetime | None,
    ) -> "Schedule":  # fmt: skip
        moment = at or now()
        with transaction.atomic():
            held = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
            if held.state in OVER:
                raise Refused("This cohort is over.", code="cohort_over")
            row = cls.of(held)
            if (row.version if row else 0) != version:
                raise ChangedMeanwhile
            row = row or cls(cohort=held, version=0)
            row.skipped, row.version = sorted(set(skipped)), version + 1
            row.changed_at, row.changed_by = moment, by
            row.save()
            row.units.all().delete()
            ScheduledUnit.objects.bulk_create(
                ScheduledUnit(schedule=row, unit_id=unit, first_week=first, last_week=last)
                for unit, (first, last) in spans.items()
            )
            row.lead_due_dates(held, moment)
            events.record(actor=by, verb=verb, subject=row, detail={"version": row.version}, at=at)
            telling.schedule_changed(row, by=by, at=at)
        return row

    @classmethod
    def follow(cls, cohort: Cohort, at: datetime | None = None) -> None:
        """The cohort's days or zone have changed: due dates that nobody set by hand follow. In its transaction."""
        row = cls.of(cohort)
        if row is not None:
            row.lead_due_dates(cohort, at or now())

    def lead_due_dates(self, cohort: Cohort, at: datetime) -> None:
        """Each project is due at the end of its unit's last week, unless somebody set another time by hand."""
        weeks = dict(self.units.values_list("unit", "last_week"))
        days = {unit: days_of(week, cohort.starts_on, cohort.ends_on)[1] for unit, week in weeks.items()}
        DueDate.lead(cohort, days, at)


class ScheduledUnit(models.Model):
    """The weeks of one unit."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first_week = models.PositiveSmallIntegerField()
    last_week = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["unit__position", "unit"]
        constraints = [
            models.UniqueConstraint("schedule", "unit", name="scheduled_unit_once"),
            models.CheckConstraint(
                condition=Q(first_week__gte=1, last_week__gte=F("first_week")), name="scheduled_unit_weeks_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.first_week} to {self.last_week}"


def weeks(cohort: Cohort) -> int:
    return weeks_of(cohort.starts_on, cohort.ends_on)


def week_at(cohort: Cohort, day: date) -> int:
    """The week that `day` falls into, counted from 1; below that it has not begun."""
    return (day - cohort.starts_on).days // 7 + 1


def hours_of(cohort: Cohort) -> dict[int, Any]:
    """The required hours of each unit of the cohort's stream."""
    items = Item.objects.published().counted().filter(stream=cohort.stream_id).order_by()
    return dict(items.values_list("unit").annotate(hours=Sum("hours")))
