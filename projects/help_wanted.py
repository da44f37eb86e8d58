"""What the page of a submission says of a round that came late: who is asked to help, what a new mentor should know."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mentorship.cohorts.models import Membership
from mentorship.people.models import User
from projects.models import HandOver, Round
from projects.sofar import SoFar, so_far


@dataclass(frozen=True)
class HelpWanted:
    """`since` others are asked; `so_far` for who took the round on; `mentors` whom an admin may hand it to."""

    since: datetime | None = None
    so_far: SoFar | None = None
    instead_of: User | None = None
    mentors: list[tuple[int, str]] = field(default_factory=list)


def help_wanted(round: Round | None, person: Any) -> HelpWanted | None:
    """What `person` reads about the `round` that waits; None when there is nothing to say. One query for most."""
    if round is None or round.state != Round.State.WAITING:
        return None
    taken = None
    if round.offered_at and round.claimed_by_id == person.pk and round.held():
        taken = HandOver.objects.filter(round=round, to_mentor=person).select_related("from_mentor").first()
    found = HelpWanted(
        since=round.offered_at,
        so_far=so_far(round) if taken else None,
        instead_of=taken.from_mentor if taken else None,
        mentors=may_take(round) if person.is_admin and not round.held() else [],
    )
    return found if found.since or found.mentors else None


def may_take(round: Round) -> list[tuple[int, str]]:
    """The mentors of the cohort to whom the round can be handed: the keys of their seats, and their names."""
    seats = Membership.objects.mentors().filter(cohort=round.submission.cohort_id, person__is_active=True)
    seats = seats.exclude(person=round.submission.author_id)
    had = HandOver.objects.filter(round=round).values("to_mentor")
    rows = seats.exclude(person__in=had).order_by("person__name").values_list("pk", "person__name")
    return list(rows)
