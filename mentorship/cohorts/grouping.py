"""Groups proposed for a whole cohort: who is awake together, at a like pace, and does not meet anyway.

`propose` is a pure function: the same people give the same groups. An admin changes them by hand, applies all or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations, product
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum

from mentorship.cohorts.models import Assignment, Cohort, Group, GroupMember, Membership, Pause
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people.models import User
from mentorship.study.models import StudyEntry

AWAKE = range(8, 22)  # the hours of a day that people here are awake and may meet
WANTED = {
    Group.Kind.CAPSTONE: 4, Group.Kind.INTERVIEW: 2, Group.Kind.ACCOUNTABILITY: 2, Group.Kind.SUPPORT: 6,
}  # fmt: skip
PASSES = 4  # over all pairs of people at most; each exchange makes the whole better, so that it ends anyway
OVERLAP, PACE, MIX, AGAIN = 8.0, 2.0, 1.0, 4.0  # what each counts; hours in common outweigh the rest


@dataclass(frozen=True)
class Candidate:
    """What matters of one mentee: awake (hours in UTC), minutes a week, mentor, whom they met in groups."""

    pk: int
    name: str
    awake: frozenset[int]
    pace: float = 0.0
    mentor: int | None = None
    met: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Proposed:
    """One proposed group, and in a sentence what speaks for it."""

    people: list[Candidate]
    hours: int  # that all of them are awake

    @property
    def why(self) -> str:
        paces = [person.pace for person in self.people]
        mentors = len({person.mentor for person in self.people if person.mentor})
        awake = f"{self.hours} waking hours in common" if self.hours else "no waking hour in common"
        pace = f"{round(min(paces) / 60)} to {round(max(paces) / 60)} h a week" if max(paces) else "no study logged yet"
        return f"{awake}; {pace}; {mentors} mentor{'' if mentors == 1 else 's'}."


@dataclass
class Proposal:
    groups: list[Proposed] = field(default_factory=list)
    left_over: list[Candidate] = field(default_factory=list)


def awake_in(zone: ZoneInfo, at: datetime) -> frozenset[int]:
    """The hours of the day in UTC in which somebody in `zone` is awake at this time of the year."""
    shift = (at.astimezone(zone).utcoffset() or timedelta()).total_seconds() / 3600
    return frozenset(int(hour - shift) % 24 for hour in AWAKE)


def worth(one: Candidate, other: Candidate) -> float:
    """How well the two go together; the higher the better."""
    most = max(one.pace, other.pace)
    pace = 1 - abs(one.pace - other.pace) / most if most else 1.0
    mixed = one.mentor is None or one.mentor != other.mentor
    again = other.pk in one.met or one.pk in other.met
    return OVERLAP * len(one.awake & other.awake) / len(AWAKE) + PACE * pace + MIX * mixed - AGAIN * again


def sizes_for(count: int, least: int, most: int, wanted: int) -> list[int]:
    """How large the groups of `count` people are: all within bounds, alike, near `wanted`; who does not fit is left."""
    for people in range(count, least - 1, -1):
        fits = [groups for groups in range(1, people // least + 1) if -(-people // groups) <= most]
        if fits:
            groups = min(fits, key=lambda number: (abs(people / number - wanted), number))
            return [people // groups + (number < people % groups) for number in range(groups)]
    return []


def propose(people: Sequence[Candidate], kind: str) -> Proposal:
    """Groups of `kind` for all of `people` that fit: filled by likeness, then people exchanged while that helps."""
    least, most = Group.SIZES[Group.Kind(kind)]
    order = sorted(people, key=lambda one: (min(one.awake, default=0), sorted(one.awake), one.pace, one.pk))
    sizes = sizes_for(len(order), least, most, WANTED[Group.Kind(kind)])
    if not sizes:
        return Proposal([], sorted(order, key=lambda one: one.name))
    likes = [[worth(one, other) for other in order] for one in order]
    groups, waiting = [], list(range(len(order)))
    for size in sizes:
        group = [waiting.pop(0)]
        while len(group) < size:
            best = max(waiting, key=lambda new: (sum(likes[new][old] for old in group), -new))
            waiting.remove(best)
            group.append(best)
        groups.append(group)
    exchange(groups, likes)
    made = [Proposed(sorted((order[i] for i in group), key=lambda one: one.name), 0) for group in groups]
    made = [Proposed(one.people, common(one.people)) for one in made]
    return Proposal(sorted(made, key=lambda one: one.people[0].name), [order[i] for i in waiting])


def common(people: Sequence[Candidate]) -> int:
    """For how many hours of a day all of them are awake."""
    return len(frozenset.intersection(*(one.awake for one in people))) if people else 0


def exchange(groups: list[list[int]], likes: list[list[float]]) -> None:
    """Swap two people of different groups as long as both groups together gain, in a fixed order."""
    for _ in range(PASSES):
        better = False
        for here, there in combinations(groups, 2):
            for a, b in product(range(len(here)), range(len(there))):
                one, other = here[a], there[b]
                rest, others = [i for i in here if i != one], [i for i in there if i != other]
                before = sum(likes[one][i] for i in rest) + sum(likes[other][i] for i in others)
                after = sum(likes[other][i] for i in rest) + sum(likes[one][i] for i in others)
                if after > before + 1e-9:
                    here[a], there[b], better = other, one, True
        if not better:
            return


def candidates(cohort: Cohort, kind: str, at: datetime | None = None) -> list[Candidate]:
    """The mentees who are in no group of `kind`, nor asked into one, nor on a pause; five queries."""
    moment = at or now()
    taken = GroupMember.objects.filter(cohort=cohort, kind=kind, left_at=None).values("membership")
    pauses = Pause.objects.active_at(moment).filter(membership__cohort=cohort).values("membership")
    seats = list(cohort.memberships.mentees().exclude(pk__in=taken).exclude(pk__in=pauses).select_related("person"))
    since = moment - timedelta(weeks=4)
    studied = StudyEntry.objects.filter(person__in=[s.person_id for s in seats], day__gte=since.date()).order_by()
    minutes = dict(studied.values_list("person").annotate(Sum("minutes")))
    mentors = dict(Assignment.objects.active().filter(cohort=cohort).values_list("mentee", "mentor"))
    together: dict[int, set[int]] = {}
    for group, seat in GroupMember.objects.filter(cohort=cohort, joined_at__isnull=False).values_list(
        "group", "membership"
    ):
        together.setdefault(group, set()).add(seat)
    met: dict[int, set[int]] = {}
    for people in together.values():
        for seat in people:
            met.setdefault(seat, set()).update(people - {seat})
    zones: dict[str, frozenset[int]] = {}
    for s in seats:
        zones.setdefault(s.person.timezone, awake_in(s.person.zone, moment))
    return [
        Candidate(
            s.pk, str(s.person), zones[s.person.timezone], minutes.get(s.person_id, 0) / 4, mentors.get(s.pk),
            frozenset(met.get(s.pk, ())),
        )
        for s in seats
    ]  # fmt: skip


def put_all_together(
    *, cohort: Cohort, kind: str, groups: dict[str, list[Membership]], by: User, at: datetime | None = None
) -> list[Group]:
    """Make all these groups, named by their keys, or none: everybody is in at once and told."""
    if not by.is_admin:
        raise Refused("Only admins put groups together.", code="not_yours")
    if not groups:
        raise Refused("There is no group to make.", code="size")
    made: list[Any] = []
    with transaction.atomic():
        Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
        for name, people in groups.items():
            try:
                made.append(Group.put_together(by=by, cohort=cohort, name=name, kind=kind, people=people, at=at))
            except Refused as refusal:
                raise Refused(f"{name}: {refusal.message}", code=refusal.code) from refusal
    return made
