"""What happened to a meeting, as its members read it."""

from datetime import datetime
from typing import Any

from mentorship.cohorts.models import Meeting
from mentorship.common.times import exact, relative, time_html
from mentorship.people.models import Event

SAID = {
    "schedule": "put it into the calendar", "cancel": "called it off", "close": "closed the minutes",
    "reopen": "opened the minutes again", "note_attendance": "noted who was there", "exchanged": "changed turns",
}  # fmt: skip


def history_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Who did what to it and when, the latest first."""
    rows = Event.objects.filter(subject_type="cohorts.meeting", subject_id=meeting.pk).select_related("actor")
    return [
        {
            "who": str(row.actor) if row.actor else "The program", "what": _said(row, meeting),
            "when": time_html(row.at), "why": row.detail.get("reason", ""),
        }
        for row in rows.order_by("-at", "-pk")[:50]
    ]  # fmt: skip


def _said(row: Event, meeting: Meeting) -> str:
    if row.verb != "edit":
        return SAID.get(row.verb, row.verb.replace("_", " ")) + _ahead(row)
    fields = row.detail.get("fields", [])
    if "to" in row.detail:
        moment = datetime.fromisoformat(row.detail["to"])
        return f"moved it to {exact(moment, meeting.cohort.zone)}{_ahead(row)}"
    if fields == ["coordinator"]:
        return "changed who leads"
    return "changed it"


def _ahead(row: Event) -> str:
    """How far ahead of the time it was to be."""
    if "from" not in row.detail:
        return ""
    before = datetime.fromisoformat(row.detail["from"])
    if before <= row.at:
        return ", after it was to begin"
    return f", {relative(before, row.at).removeprefix('in ')} ahead"
