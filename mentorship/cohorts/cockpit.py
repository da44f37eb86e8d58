"""What an admin should know of one cohort now: one object, nine queries at most, however many people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from mentorship.cohorts.counting import applications_by_state
from mentorship.cohorts.models import Assignment, Away, Cohort, Meeting, Swap
from mentorship.cohorts.stalled import Standing, stalled, standings_of
from mentorship.common.clock import now

LONGEST = 10  # rows of each list; the page that the list links to has the rest


@dataclass
class Overview:
    """The numbers and lists of the cockpit; each row has the address of the page that puts it right."""

    waitlisted: int
    undecided: list[dict[str, Any]]
    undecided_count: int
    without_mentor: list[str]
    without_mentor_count: int
    mentors: list[dict[str, Any]]
    room: int
    silent: list[dict[str, Any]]
    silent_count: int
    stalled: list[dict[str, Any]]
    stalled_count: int
    next_meeting: Meeting | None
    swaps: list[dict[str, Any]]

    @property
    def calm(self) -> bool:
        """Nothing here needs anyone today."""
        return not (self.undecided_count or self.without_mentor_count or self.stalled_count or self.swaps)


def overview(cohort: Cohort, at: datetime | None = None) -> Overview:
    """`cohort` as it stands at `at`."""
    moment = at or now()
    counts = applications_by_state(cohort)
    mentees = standings_of(cohort.memberships.mentees().order_by("joined_at"), moment)
    pairs = Assignment.objects.active().filter(cohort=cohort).select_related("mentor__person")
    mentor_of = {pair.mentee_id: pair for pair in pairs}
    alone = [mentee.facts.name for mentee in mentees if mentee.facts.pk not in mentor_of]
    silent = silent_rows(cohort, mentees, mentor_of, moment)
    listed = stalled(mentees)
    mentors = mentor_rows(cohort, moment)
    waiting = cohort.applications.waiting().select_related("person")[:LONGEST] if counts["submitted"] else []
    return Overview(
        waitlisted=counts["waitlisted"],
        undecided=[
            {
                "name": str(row.person), "days": (moment - row.submitted_at).days,
                "url": reverse("cohorts:decide", args=[cohort.slug, row.pk]),
            }
            for row in waiting
        ],
        undecided_count=counts["submitted"],
        without_mentor=alone[:LONGEST], without_mentor_count=len(alone),
        mentors=mentors, room=sum(m["capacity"] - m["load"] for m in mentors),
        silent=silent[:LONGEST], silent_count=len(silent),
        stalled=[stalled_row(row, mentor_of) for row in listed[:LONGEST]], stalled_count=len(listed),
        next_meeting=cohort.meetings.upcoming(moment).first(), swaps=swap_rows(cohort, moment),
    )  # fmt: skip


def mentor_rows(cohort: Cohort, at: datetime) -> list[dict[str, Any]]:
    """Each mentor with their load, and the next days on which they are away, if those begin within two weeks."""
    seats = list(cohort.memberships.mentors().select_related("person").order_by("person__name", "pk"))
    away: dict[int, Away] = {}
    soon = {"last_day__gte": at.date() - timedelta(days=1), "first_day__lte": at.date() + timedelta(weeks=2)}
    for row in Away.objects.filter(person__in=[seat.person_id for seat in seats], **soon).order_by("-first_day"):
        away[row.person_id] = row
    return [
        {
            "name": str(m.person), "load": m.load, "capacity": m.capacity, "full": m.load >= m.capacity,
            "closed": not m.person.is_active,
            "away": away.get(m.person_id),
        }
        for m in seats
    ]  # fmt: skip


def swap_rows(cohort: Cohort, at: datetime) -> list[dict[str, Any]]:
    """Who asks for another pairing, the longest wait first."""
    asked = Swap.objects.open().filter(assignment__cohort=cohort, assignment__ended_at=None).order_by("asked_at")
    return [
        {
            "name": name, "days": (at - asked_at).days,
            "url": reverse("cohorts:assignment", args=[cohort.slug, assignment]),
        }
        for name, asked_at, assignment in asked.values_list("asked_by__name", "asked_at", "assignment")[:LONGEST]
    ]  # fmt: skip


def silent_rows(
    cohort: Cohort, mentees: list[Standing], mentor_of: dict[int, Assignment], at: datetime
) -> list[dict[str, Any]]:
    """Mentees without a step, study entry or hand-in for as long as the cohort's thresholds say, the longest first."""
    rows = []
    for mentee in mentees:
        if not mentee.silent:
            continue
        pair = mentor_of.get(mentee.facts.pk)
        name, key = ("assignment", [cohort.slug, pair.pk]) if pair else ("assignments", [cohort.slug])
        rows.append(
            {
                "name": mentee.facts.name, "days": (at - mentee.last_activity).days,
                "mentor": str(pair.mentor.person) if pair else "",
                "url": reverse(f"cohorts:{name}", args=key), "since": mentee.last_activity,
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: -row["days"])


def stalled_row(row: Standing, mentor_of: dict[int, Assignment]) -> dict[str, Any]:
    pair = mentor_of.get(row.facts.pk)
    return {
        "name": row.facts.name, "mentor": str(pair.mentor.person) if pair else "", "silent": row.silent,
        "signals": [signal.text for signal in row.signals], "anchor": f"mentee-{row.facts.pk}",
    }  # fmt: skip
