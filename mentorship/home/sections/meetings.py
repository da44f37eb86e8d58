"""What a member of a running cohort has to do with its meetings: the next one, one's turn, what one took on."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from mentorship.common.times import exact, time_html
from mentorship.home.facts import Facts


def meetings_section(facts: Facts, at: datetime) -> dict[str, Any] | None:
    """None for who is in no running cohort."""
    if not (facts.seats or facts.mentoring or facts.meeting or facts.actions):
        return None
    turn = meeting_row(facts.turn, at)
    upcoming = meeting_row(facts.meeting, at)
    return {
        "next": upcoming,
        "turn": turn if turn and not (upcoming and upcoming["leads"]) else None,
        "actions": [action_row(row, at) for row in facts.actions],
    }


def meeting_row(meeting: dict[str, Any] | None, at: datetime) -> dict[str, Any] | None:
    if meeting is None:
        return None
    starts_at = datetime.fromisoformat(meeting["starts_at"])
    return meeting | {"when": time_html(starts_at, at), "exact": exact(starts_at)}


def action_row(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The day is one of the cohort's calendar."""
    due = date.fromisoformat(row["due_on"])
    left = (due - timezone.localdate(at, ZoneInfo(row["timezone"]))).days
    base = f"/cohorts/{row['slug']}/meetings/"
    return {
        "text": row["text"], "due": f"{due:%-d %B}", "late": left < 0, "today": left == 0,
        "url": f"{base}{row['meeting']}/#action-{row['id']}", "tick": f"{base}actions/{row['id']}/tick/",
    }  # fmt: skip
