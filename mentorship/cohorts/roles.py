"""What a person is in cohorts: the one place where other apps ask."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from mentorship.cohorts.models import Assignment, Cohort, Membership
from mentorship.cohorts.models.membership import MembershipQuerySet
from mentorship.people.models import User

OUT_OF_SIGHT = [Cohort.State.DRAFT, Cohort.State.ARCHIVED]


@dataclass
class Roles:
    """A person's memberships by role, the latest cohort first; each with its `cohort` and the cohort's `stream`."""

    mentee: list[Membership] = field(default_factory=list)
    mentor: list[Membership] = field(default_factory=list)


def roles_of(person: Any) -> Roles:
    """Every active membership of `person` outside drafts and archives, in one query (none for a visitor)."""
    roles = Roles()
    if not person.is_authenticated:
        return roles
    for membership in _current(person):
        (roles.mentor if membership.is_mentor else roles.mentee).append(membership)
    return roles


def _current(person: Any) -> QuerySet[Membership]:
    rows = Membership.objects.of(person).exclude(cohort__state__in=OUT_OF_SIGHT)
    return rows.select_related("cohort__stream").order_by("-cohort__starts_on", "-pk")


def mentee_memberships(person: Any) -> QuerySet[Membership]:
    """Where `person` is a mentee now."""
    return _current(person).filter(role=Membership.Role.MENTEE)


def mentor_memberships(person: Any) -> QuerySet[Membership]:
    """Where `person` is a mentor now."""
    return _current(person).filter(role=Membership.Role.MENTOR)


def is_rehearsing(person: Any) -> bool:
    """Whether `person` takes part in a test cohort that goes on: nothing they do there appears in public."""
    return Membership.objects.going_on(person, test=True).exists()


def is_in_a_cohort(person: Any) -> bool:
    """Whether `person` is a mentee or a mentor anywhere now."""
    return _current(person).exists()


def is_mentor_of(mentor: Any, membership: Membership) -> bool:
    """Whether `mentor` is assigned to this mentee now."""
    if not mentor.is_authenticated:
        return False
    return Assignment.objects.active().filter(mentee=membership, mentor__person=mentor).exists()


def is_member_of(person: Any, cohort: Cohort) -> bool:
    return Membership.objects.of(person).filter(cohort=cohort).exists()


def mentees_of(mentor: Any) -> MembershipQuerySet:
    """The mentees assigned to `mentor` now, in every cohort."""
    active = Assignment.objects.active().filter(mentor__person=mentor)
    return Membership.objects.mentees().filter(assignments_as_mentee__in=active).select_related("person", "cohort")


def mentors_of(person: User, cohort: Cohort) -> QuerySet[User]:
    """Who mentors `person` in `cohort` now."""
    active = Assignment.objects.active().filter(mentee__person=person, cohort=cohort)
    return User.objects.filter(memberships__assignments_as_mentor__in=active).distinct()


def mentors_somewhere(person: Any) -> bool:
    """Whether `person` is a mentor of any cohort now."""
    return person.is_authenticated and mentor_memberships(person).exists()


def _mentoring() -> QuerySet[Assignment]:
    """Assignments that count now: neither ended, nor of a cohort that is out of sight."""
    return Assignment.objects.active().filter(mentee__left_at=None).exclude(cohort__state__in=OUT_OF_SIGHT)


def mentors(mentor: Any, mentee_id: int) -> bool:
    """Whether `mentor` is assigned to the person `mentee_id` in some cohort now."""
    return _mentoring().filter(mentor__person=mentor, mentee__person_id=mentee_id).exists()


def people_mentored_by(mentor: Any) -> QuerySet[Assignment, int]:
    """The keys of everyone whom `mentor` mentors now, as a subquery."""
    return _mentoring().filter(mentor__person=mentor).values_list("mentee__person_id", flat=True)


def everyone_who_mentors(person: User) -> QuerySet[User]:
    """Who mentors `person` now, in whatever cohort; each once."""
    active = _mentoring().filter(mentee__person=person)
    return User.objects.active().filter(memberships__assignments_as_mentor__in=active).distinct().order_by("pk")
