"""Whose work may be read by whom, and what waits for whom: the queries that submissions have names for."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, OuterRef, Subquery

from mentorship.cohorts.models import Apprenticeship, Assignment, Membership
from mentorship.common import clock
from mentorship.people.models import User

if TYPE_CHECKING:
    from projects.models.submission import Submission as Row  # noqa: F401 - named in a string below

REVIEW_WITHIN = timedelta(days=4)  # a round that waits longer is overdue


def mentors_of_cohorts(person: User) -> models.QuerySet[Membership]:
    """The seats in which `person` mentors: the cohorts whose rounds they may take."""
    return Membership.objects.filter(person=person, role=Membership.Role.MENTOR, left_at=None)


class Submissions(models.QuerySet["Row"]):
    def in_cohorts_of(self, mentor: User) -> "Submissions":
        """What the queue of `mentor` is made of: others' work in the cohorts that they mentor in."""
        from projects.models.team import team_keys

        rows = self.filter(cohort__in=mentors_of_cohorts(mentor).values("cohort"))
        return rows.exclude(author=mentor).exclude(pk__in=team_keys(mentor))

    def by(self, person: Any) -> "Submissions":
        """What `person` has handed in, alone or in a team that they are still in."""
        return self.filter(pk__in=own_keys(person))

    def of_mentees_of(self, mentor: User) -> "Submissions":
        """Work of the mentees who are assigned to `mentor` now."""
        assigned = Assignment.objects.filter(mentor__person=mentor, mentor__left_at=None, ended_at=None)
        return self.filter(membership__in=assigned.values("mentee"))

    def visible_to(self, person: Any) -> "Submissions":
        """What `person` may open: their own; as a mentor, their mentees', what they hold, reviewed, countersign."""
        return self.filter(pk__in=visible_keys(person))

    def with_people(self) -> "Submissions":
        """With what every page about a submission names; `mentor_id`, `mentor_name`: the author's own mentor."""
        own = Assignment.objects.filter(mentee=OuterRef("membership"), ended_at=None)
        return self.select_related("project__item__stream", "author", "cohort").annotate(
            mentor_id=Subquery(own.values("mentor__person")[:1]),
            mentor_name=Subquery(own.values("mentor__person__name")[:1]),
        )

    def accepted_of(self, person: User) -> "Submissions":
        """What `person` has finished, the latest first: the stuff of a portfolio. Of a team's, what counts for them."""
        from projects.models.submission import Submission
        from projects.models.team import TeamMember

        alone = Submission.objects.filter(author=person, group=None).order_by().values("pk")
        counted = TeamMember.objects.filter(person=person, credited_at__isnull=False).order_by().values("submission")
        rows = self.filter(pk__in=alone.union(counted, all=True), state="accepted")
        return rows.with_people().order_by("-accepted_at")

    def waiting_for(self, mentor: User, *, at: datetime | None = None) -> "Submissions":
        """The work of `mentor`'s own mentees that has waited for a review until `at`, the longest wait first."""
        now = at or clock.now()
        waiting = self.of_mentees_of(mentor).filter(state="awaiting_mentor", awaiting_mentor_since__lte=now)
        return waiting.order_by("awaiting_mentor_since")

    def overdue(self, *, at: datetime | None = None) -> "Submissions":
        """Work that waits for its mentor longer than they promised."""
        from projects.lateness import Late

        return self.filter(Late(at or clock.now()), state="awaiting_mentor").order_by("awaiting_mentor_since")


def visible_keys(person: Any) -> models.QuerySet[Any]:
    """The primary keys behind `visible_to`, for whatever belongs to a submission. Asks for the person's seats first."""
    from projects.models.submission import Submission

    rows = Submission.objects.all()
    if not person.is_authenticated:
        return rows.none().values("pk")
    if person.is_admin:
        return rows.values("pk")
    from projects.models.team import team_keys

    own = rows.filter(author=person).values("pk").union(team_keys(person), all=True)
    cohorts = tuple(mentors_of_cohorts(person).values_list("cohort", flat=True))
    if not cohorts:
        return own
    return own.union(*mentored_keys(person, cohorts), *countersigned_keys(person, cohorts), all=True)


def own_keys(person: Any) -> models.QuerySet[Any]:
    """The primary keys behind `by`: their own, and those of the teams that they are in now."""
    from projects.models.submission import Submission
    from projects.models.team import team_keys

    own = Submission.objects.filter(author=person, group=None).values("pk")
    return own.union(team_keys(person).filter(left_at=None), all=True)


def mentored_keys(mentor: User, cohorts: tuple[int, ...]) -> list[models.QuerySet[Any]]:
    """Work that `mentor` of `cohorts` reads as such. A union of these uses the index of each; ORs would not."""
    from projects.models.review import Review
    from projects.models.round import Round
    from projects.models.submission import Submission
    from projects.models.team import TeamMember

    assigned = Assignment.objects.filter(mentor__person=mentor, mentor__left_at=None, ended_at=None)
    held = Round.objects.filter(claimed_by=mentor, state="waiting", submission__cohort__in=cohorts).order_by()
    reviewed = Review.objects.filter(mentor=mentor, round__submission__cohort__in=cohorts)
    return [
        Submission.objects.filter(membership__in=assigned.values("mentee")).values("pk"),
        TeamMember.objects.filter(membership__in=assigned.values("mentee")).order_by().values("submission"),
        held.values("submission"),
        reviewed.values("round__submission"),
    ]


def countersigned_keys(mentor: User, cohorts: tuple[int, ...]) -> list[models.QuerySet[Any]]:
    """Work whose review waits for `mentor` of `cohorts` to countersign it, or was countersigned by them."""
    from projects.models.review import Review
    from projects.models.submission import Submission

    mine = Apprenticeship.objects.active().filter(countersigner__person=mentor, cohort__in=cohorts)
    waits = Submission.objects.filter(
        cohort__apprenticeships__in=mine,
        cohort__apprenticeships__membership__person=F("rounds__reviews__mentor"),
        rounds__reviews__state="signed",
    )
    done = Review.objects.filter(countersigned_by=mentor, round__submission__cohort__in=cohorts)
    return [waits.values("pk"), done.values("round__submission")]
