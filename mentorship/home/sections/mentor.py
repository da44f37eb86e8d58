"""What a mentor sees first: who waits, since when, and which of their mentees have gone quiet."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mentorship.cohorts.roles import mentees_of
from mentorship.cohorts.stalled import standings_of
from mentorship.common.times import time_html
from mentorship.people.models import User
from projects.countersigning import waiting_rows as waiting_to_be_countersigned
from projects.lateness import Late
from projects.models import Submission

SHOWN = 8


@dataclass
class Mentor:
    waiting: list[dict[str, Any]] = field(default_factory=list)
    more: bool = False
    mentees: list[dict[str, Any]] = field(default_factory=list)
    cohorts: list[dict[str, Any]] = field(default_factory=list)
    to_countersign: list[dict[str, Any]] = field(default_factory=list)


def mentor_section(
    person: User, mentoring: list[dict[str, Any]], at: datetime, to_countersign: list[dict[str, Any]] | None = None
) -> Mentor | None:
    """The section, or None for who mentors nowhere."""
    if not mentoring:
        return None
    waiting = waiting_rows(person, at)
    return Mentor(
        waiting=waiting[:SHOWN],
        more=len(waiting) > SHOWN,
        mentees=mentee_rows(person, at),
        to_countersign=waiting_to_be_countersigned(to_countersign, at),
        cohorts=[row | {"url": f"/cohorts/{row['slug']}/"} for row in mentoring],
    )


def waiting_rows(person: User, at: datetime) -> list[dict[str, Any]]:
    """Work of the mentor's own mentees that waits for review, the longest wait first."""
    rows = (
        Submission.objects.waiting_for(person, at=at)
        .annotate(late=Late(at))
        .order_by("awaiting_mentor_since", "pk")
        .values("late", "pk", "title", "rounds_count", "project__label", "author__name", "awaiting_mentor_since")
    )
    return [
        {
            "title": row["title"],
            "url": f"/submissions/{row['pk']}/",
            "project": row["project__label"],
            "round": row["rounds_count"],
            "mentee": row["author__name"],
            "since": time_html(row["awaiting_mentor_since"], at),
            "late": row["late"],
        }
        for row in rows[: SHOWN + 1]
    ]


def mentee_rows(person: User, at: datetime) -> list[dict[str, Any]]:
    """The mentor's mentees, the quietest first, each with the reasons why they may need a word."""
    mentees = mentees_of(person).filter(cohort__state="running")
    rows = sorted(standings_of(mentees, at), key=lambda row: (row.last_activity, row.facts.pk))
    return [
        {
            "name": row.facts.name,
            "url": f"/people/{row.facts.handle}/",
            "notes_url": f"/cohorts/{row.facts.slug}/members/{row.facts.pk}/notes/",
            "why_url": f"/why/{row.facts.handle}/",
            "cohort": row.facts.cohort_name,
            "since": time_html(row.last_activity, at),
            "signals": ", ".join(signal.text for signal in row.signals),
            "stalled_url": f"/cohorts/{row.facts.slug}/stalled/#mentee-{row.facts.pk}" if row.listed else "",
            "paused": bool(row.facts.paused_until),
        }
        for row in rows[:50]
    ]
