"""What somebody who applies was in earlier cohorts: a member, or an applicant, and how that ended."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q, Value

from mentorship.cohorts.models import Application, Cohort, Membership

ENDED = {"graduated": "graduated", "unfinished": "did not finish", "left": "left"}
ASKED = {
    "submitted": "never had an answer", "waitlisted": "was on the waiting list", "accepted": "was accepted",
    "declined": "was declined", "withdrawn": "took the application back",
}  # fmt: skip
OVER = (Cohort.State.FINISHED, Cohort.State.ARCHIVED)
Key = tuple[int, int]  # of a person and a cohort
Began = tuple[date, int]  # when a cohort did, and its key


class BeenHere(NamedTuple):
    """One earlier cohort, by its name, and the outcome in words."""

    cohort: str
    outcome: str

    def __str__(self) -> str:
        return f"{self.cohort}, {self.outcome}"


def been_here(applications: Iterable[Application]) -> dict[int, list[BeenHere]]:
    """By application what its person was in cohorts that began before its own, the latest first; one query for all."""
    rows = list(applications)
    people = {row.person_id for row in rows}
    where = ~Q(cohort__state=Cohort.State.DRAFT) & Q(person__in=people)
    names = ("person", "cohort", "cohort__name", "cohort__starts_on", "cohort__state")
    seats = Membership.objects.filter(where).order_by().annotate(what=F("role"), ended=F("outcome__result"))
    asked = Application.objects.filter(where).order_by().annotate(what=Value("application"), ended=F("state"))
    found = seats.values_list(*names, "what", "ended", "left_at", "pk").union(
        asked.values_list(*names, "what", "ended", "decided_at", "pk"), all=True
    )
    # A seat says more than the application for it, and the last one more than those before.
    said: dict[Key, tuple[tuple[bool, int], BeenHere]] = {}
    began: dict[int, set[Began]] = defaultdict(set)
    for person, cohort, name, starts_on, state, what, ended, left_at, pk in found:
        weight = (what != "application", pk)
        if (person, cohort) not in said or said[person, cohort][0] < weight:
            said[person, cohort] = weight, BeenHere(name, in_words(what, ended, state, left_at is not None))
        began[person].add((starts_on, cohort))
    return {
        row.pk: [
            said[row.person_id, one[1]][1]
            for one in sorted(began[row.person_id], reverse=True)
            if one < (row.cohort.starts_on, row.cohort_id)
        ]
        for row in rows
    }


def in_short(found: list[BeenHere]) -> str:
    """For a list: the latest, and how many more; '' for who was never here."""
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{found[0]}{more}" if found else ""


def in_words(what: str, ended: str | None, state: str, left: bool) -> str:
    if what == "application":
        return ASKED[ended or "submitted"]
    if what == Membership.Role.MENTOR:
        return "mentored"
    if ended:
        return ENDED[ended]
    if left:
        return "left"
    return "stayed to the end" if state in OVER else "is in it"
