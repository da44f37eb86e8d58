"""Who may recommend what is in the library to whom: mentors to their mentees, and to a cohort that they mentor in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mentorship.cohorts.models import Cohort, Membership
from mentorship.cohorts.models.cohort import on_clock
from mentorship.common.errors import Refused
from mentorship.people.models import User
from mentorship.study.library.models import Resource
from mentorship.study.library.models.recommendation import recommend


def may_recommend(person: Any) -> bool:
    return bool(person.is_authenticated) and (
        person.is_admin or Membership.objects.mentors().filter(person=person).exists()
    )


def cohorts_of(person: Any) -> QuerySet[Cohort]:
    """The cohorts whose mentees `person` may recommend to, all of them at once."""
    return Cohort.objects.followed_by(person).filter(on_clock(), state=Cohort.State.RUNNING).order_by("name")


def mentees_of(person: Any) -> QuerySet[User]:
    """Those whom `person` may recommend to, one by one: their mentees in cohorts that are running."""
    rows = Membership.objects.followed_by(person).filter(on_clock("cohort"), cohort__state=Cohort.State.RUNNING)
    return User.objects.active().filter(pk__in=rows.values("person")).exclude(pk=person.pk).order_by("name", "pk")


def recommend_to(
    resource: Resource,
    *,
    by: User,
    people: Iterable[User] = (),
    cohort: Cohort | None = None,
    note: str = "",
    at: datetime | None = None,
) -> int:
    """Recommend `resource` to `people`, mentees of `by`, and to all of `cohort`; how many are told by this call."""
    wanted = {person.pk: person for person in people}
    if set(wanted) - set(mentees_of(by).filter(pk__in=wanted).values_list("pk", flat=True)):
        raise Refused("One recommends to one's own mentees.", code="not_yours")
    if cohort is not None:
        if not cohorts_of(by).filter(pk=cohort.pk).exists():
            raise Refused("One recommends to cohorts that one mentors in.", code="not_yours")
        seats = cohort.memberships.mentees().filter(person__is_active=True).select_related("person")
        wanted |= {seat.person_id: seat.person for seat in seats}
    wanted.pop(by.pk, None)
    if not wanted:
        raise Refused("Choose at least one person, or a cohort with mentees.", code="nobody")
    return recommend(resource, by=by, to=wanted.values(), note=note, at=at)
