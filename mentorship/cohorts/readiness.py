"""What a draft still misses before it can open, and what would be good to have by then."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils import timezone

from mentorship.common import clock
from mentorship.common.errors import Refused

if TYPE_CHECKING:
    from mentorship.cohorts.models import Cohort


@dataclass(frozen=True)
class Missing:
    """One thing; `step` of the set-up is where it is put right. Without what `must` be there nothing opens."""

    step: int
    text: str
    must: bool = False
    code: str = ""


def must_have(cohort: "Cohort", at: datetime | None = None) -> list[Missing]:
    """What stands in the way; no query."""
    found = []
    if cohort.applications_close_on < timezone.localdate(at or clock.now(), cohort.zone):
        text = "The last day to apply is over. Choose a later one first."
        found.append(Missing(1, text, True, "closed_already"))
    if cohort.state == "draft" and not cohort.about.strip():
        found.append(Missing(3, "The public page says nothing about the cohort yet.", True, "no_about"))
    return found


def missing(cohort: "Cohort", at: datetime | None = None) -> list[Missing]:
    """All of it, step by step."""
    from mentorship.cohorts.models import Charter, Schedule

    found = must_have(cohort, at)
    if cohort.starts_on < timezone.localdate(at or clock.now(), cohort.zone):
        found.append(Missing(1, "The first day has passed."))
    if not cohort.for_whom.strip():
        found.append(Missing(3, "The public page does not say who it is for."))
    if Charter.of(cohort) is None:
        found.append(Missing(3, "No charter of its own: it opens with the program's."))
    mentors = cohort.memberships.mentors()
    invited = cohort.invitations.open(at).filter(role="mentor")
    room = sum(rows.aggregate(sum=Sum("capacity"))["sum"] or 0 for rows in (mentors, invited))
    if not room:
        found.append(Missing(4, "Nobody mentors yet, and no mentor is invited."))
    elif room < cohort.seats:
        text = f"Mentors who are here or invited take {room} mentees; there are {cohort.seats} seats."
        found.append(Missing(4, text))
    if Schedule.of(cohort) is None:
        found.append(Missing(4, "The units of the stream are not laid over the weeks yet."))
    if not cohort.meetings.standing().exists():
        found.append(Missing(4, "No meeting is in the calendar."))
    return sorted(found, key=lambda one: (not one.must, one.step))


def check_ready(cohort: "Cohort", at: datetime | None = None) -> None:
    """Refuse to open what must not be opened yet, with the first thing that it misses."""
    for one in must_have(cohort, at):
        raise Refused(one.text, code=one.code)
