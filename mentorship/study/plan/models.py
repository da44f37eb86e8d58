"""Goals: how much somebody means to study a day and a week, and on which days they rest."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study import days

WEEK = 7 * days.DAY  # minutes
# The program asks for two hours every day.
MINUTES_A_DAY, MINUTES_A_WEEK = 120, 840
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def bits(rest_days: Iterable[int]) -> int:
    """Weekdays (0 is Monday) as the number that the database keeps."""
    return sum(1 << day for day in set(rest_days))


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, person: Any) -> "GoalQuerySet":
        """Goals are their owner's alone."""
        return self.filter(person_id=person.pk)

    def on(self, person: Any, day: date) -> "Goal":
        """What held for `person` on `day`; before they set one, what the program asks for."""
        row = self.filter(person_id=person.pk, since__lte=day).order_by("-since").first()
        return row or Goal(person_id=person.pk, since=day)


class Goal(models.Model):
    """From `since` on, until the next one of the person. What was before stays judged by what held then."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="goals")
    since = models.DateField()
    minutes_a_day = models.PositiveSmallIntegerField(default=MINUTES_A_DAY)
    minutes_a_week = models.PositiveSmallIntegerField(default=MINUTES_A_WEEK)
    rest = models.PositiveSmallIntegerField(default=0, help_text="A bit for each weekday; Monday is the lowest.")
    created_at = models.DateTimeField(default=clock.now)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "since", name="goal_one_a_day"),
            models.CheckConstraint(
                condition=Q(minutes_a_day__gte=1, minutes_a_day__lte=1440), name="goal_fits_into_a_day"
            ),
            models.CheckConstraint(
                condition=Q(minutes_a_week__gte=1, minutes_a_week__lte=10080), name="goal_fits_into_a_week"
            ),
            models.CheckConstraint(condition=Q(rest__gte=0, rest__lte=126), name="goal_leaves_a_day_to_study"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_a_day} min a day since {self.since}"

    @property
    def rest_days(self) -> list[int]:
        return [day for day in range(7) if self.rests_on(day)]

    def rests_on(self, weekday: int) -> bool:
        return bool(self.rest >> weekday & 1)

    @classmethod
    @transaction.atomic
    def change(
        cls,
        *,
        by: User,
        minutes_a_day: int,
        minutes_a_week: int,
        rest_days: Iterable[int] = (),
        at: datetime | None = None,
    ) -> "Goal":
        """Another goal of `by`, from today on. Refused for more than there is, and when every day is one of rest."""
        now = at or clock.now()
        person = days.lock(by.pk)
        rest = bits(rest_days)
        if not 1 <= minutes_a_day <= days.DAY:
            raise Refused("Choose between 1 and 1440 minutes a day.", code="day_out_of_range")
        if not 1 <= minutes_a_week <= WEEK:
            raise Refused("Choose between 1 and 10080 minutes a week.", code="week_out_of_range")
        if not 0 <= rest < bits(range(7)):
            raise Refused("Leave at least one day of the week to study.", code="no_day_left")
        today = days.today_of(person, now)
        said = {"minutes_a_day": minutes_a_day, "minutes_a_week": minutes_a_week, "rest": rest}
        # After a flight westwards there may be one of tomorrow already.
        cls.objects.filter(person=person, since__gt=today).delete()
        row, _ = cls.objects.update_or_create(person=person, since=today, defaults=said | {"created_at": now})
        record(actor=person, verb="set_goal", subject=row, detail=said, at=now)
        return row
