"""The days on which a member is not there: they lead no meeting and offer no hours, a promise stands still meanwhile.

A mentee who is away is on no pause: what is due stays due.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import IntegrityError, models, transaction
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

LONGEST = timedelta(days=90)
AHEAD = timedelta(days=366)
# Built-in ranges on both sides: a plain number beside a range would need the extension btree_gist.
PERSON = Func("person", "person", Value("[]"), function="int8range", output_field=BigIntegerRangeField())
DAYS = Func("first_day", "last_day", Value("[]"), function="daterange", output_field=DateRangeField())


class DayOf(Func):
    """The date that the moment `moment` has in the timezone `zone`."""

    function = "timezone"
    template = "(%(function)s(%(expressions)s))::date"
    output_field = models.DateField()

    def __init__(self, moment: Any, zone: Any) -> None:
        super().__init__(zone, moment)


def today_of(person: User, at: datetime | None = None) -> date:
    """The day that it is for `person`."""
    return timezone.localdate(at or clock.now(), person.zone)


class AwayQuerySet(models.QuerySet["Away"]):
    def visible_to(self, reader: Any) -> "AwayQuerySet":
        """One's own; all for admins. A mentee reads their mentor's where they wait for them."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(person=reader)

    def of(self, person: Any) -> "AwayQuerySet":
        return self.filter(person=person)

    def to_come(self, today: date) -> "AwayQuerySet":
        """Those that are not over, the next one first."""
        return self.filter(last_day__gte=today).order_by("first_day")


class Away(models.Model):
    """One absence of a person, from a first to a last day, both of them days of their own calendar."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="away")
    first_day = models.DateField()
    last_day = models.DateField()
    cover = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The other mentors are asked to help with rounds that wait.",
    )
    created_at = models.DateTimeField(default=clock.now)

    objects = AwayQuerySet.as_manager()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="away_ends_after_start"),
            ExclusionConstraint(
                name="away_once_a_day",
                expressions=[(PERSON, RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%-d %B} to {self.last_day:%-d %B}"

    @classmethod
    def take(
        cls, *, by: User, first_day: date, last_day: date, cover: bool = False, at: datetime | None = None
    ) -> "Away":
        """`by` is away from `first_day` to `last_day`. Refused for days that overlap with others of theirs.

        `cover`: rounds that wait meanwhile are offered to the other mentors at once. Meetings that `by` would lead go
        to who is next.
        """
        from mentorship.cohorts.rotation import hand_on, lock_seats

        today = today_of(by, at)
        if last_day < first_day:
            raise Refused("The last day comes before the first.", code="last_day")
        if last_day < today:
            raise Refused("These days are over.", code="last_day")
        if last_day - first_day >= LONGEST or first_day < today - LONGEST or last_day > today + AHEAD:
            raise Refused("Away is up to 90 days at once, within the next year.", code="last_day")
        row = cls(person=by, first_day=first_day, last_day=last_day, cover=cover)
        try:
            with transaction.atomic():
                seats = lock_seats(by)
                if cover and not any(seat.is_mentor for seat in seats):
                    raise Refused("Only mentors are covered for.", code="cover")
                # One after another: two overlapping inserts can wait for each other in the constraint (a deadlock).
                User.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk").first()
                row.save(force_insert=True)
                detail = {"from": str(first_day), "to": str(last_day)}
                events.record(actor=by, verb="away", subject=row, detail=detail, at=at)
                for seat in seats:
                    hand_on(seat, by=by, at=at or clock.now(), absent=True)
        except IntegrityError as error:
            if "away_once_a_day" not in str(error):
                raise
            raise Refused("You are away on some of these days already.", code="overlaps") from error
        return row

    def end(self, *, by: User, at: datetime | None = None) -> None:
        """`by` is there again from today on. Days that have passed stay: promises stood still on them."""
        today = today_of(by, at)
        with transaction.atomic():
            row = Away.objects.select_for_update().filter(pk=self.pk, person=by, last_day__gte=today).first()
            if row is None:
                raise Refused("These days are over.", code="over")
            events.record(actor=by, verb="back", subject=row, at=at)
            if row.first_day >= today:
                row.delete()
                return
            row.last_day = today - timedelta(days=1)
            row.save(update_fields=["last_day"])
