"""What everyone reads of a cohort while it takes applications: who mentors, what when, what is promised."""

from typing import Any

from django.urls import reverse

from mentorship.cohorts.laying import days_of
from mentorship.cohorts.models import Charter, Cohort, Schedule
from mentorship.people.models import User
from streams.models import Unit


def outside(cohort: Cohort, reader: Any) -> dict[str, Any]:
    """For who is no member; four queries."""
    return {
        "shown_mentors": shown_mentors(cohort, reader), "plan": plan_of(cohort), "charter": Charter.of(cohort),
    }  # fmt: skip


def shown_mentors(cohort: Cohort, reader: Any) -> list[dict[str, str]]:
    """Mentors who agreed to be named; their profile is linked for who may open it."""
    seats = cohort.memberships.mentors().filter(shown=True, person__is_active=True)
    people = User.objects.filter(memberships__in=seats).order_by("name", "pk").distinct()
    return [
        {
            "name": str(person), "headline": person.headline,
            "url": reverse("people:profile", args=[person.handle]) if may_open(person, reader) else "",
        }
        for person in people[:50]
    ]  # fmt: skip


def may_open(person: User, reader: Any) -> bool:
    known = reader.is_authenticated and person.visibility == User.Visibility.PROGRAM
    return known or person.visibility == User.Visibility.PUBLIC


def plan_of(cohort: Cohort) -> list[dict[str, Any]]:
    """The units with their days, where the cohort has laid them over its weeks; else in their order."""
    schedule = Schedule.of(cohort)
    if schedule is None:
        units = Unit.objects.published().filter(stream=cohort.stream_id).order_by("position", "pk")
        return [{"title": title, "days": ""} for title in units.values_list("title", flat=True)[:60]]
    rows = schedule.units.order_by("first_week", "unit__position").values_list("unit__title", "first_week", "last_week")
    return [{"title": title, "days": days(cohort, first, last)} for title, first, last in rows[:60]]


def days(cohort: Cohort, first: int, last: int) -> str:
    begins = days_of(first, cohort.starts_on, cohort.ends_on)[0]
    ends = days_of(last, cohort.starts_on, cohort.ends_on)[1]
    return f"{begins:%-d %b} to {ends:%-d %b}"
