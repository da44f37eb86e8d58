"""What one person reads on a meeting's page, beside the texts: who comes, what was taken on, what is still open."""

from typing import Any

from django.utils import timezone

from mentorship.cohorts.forms_actions import ActionForm, AttendanceForm
from mentorship.cohorts.forms_turns import ExchangeForm, PointForm, VisitForm
from mentorship.cohorts.models import ActionItem, Attendance, Exchange, Meeting, Point
from mentorship.cohorts.models.attendance import expected_at
from mentorship.common.clock import now
from mentorship.common.times import time_html
from mentorship.people.models import User

TONES = {"present": "good", "excused": "", "absent": "warn"}


def attendance_of(meeting: Meeting, reader: User, form: AttendanceForm | None = None) -> dict[str, Any]:
    """Who was there, or who says beforehand that they cannot come; for who keeps it, with a form."""
    seats = list(expected_at(meeting)) if not meeting.cancelled_at else []
    noted = dict(Attendance.objects.filter(meeting=meeting).values_list("membership", "state"))
    begun = meeting.has_begun()
    may_note = begun and meeting.kept_by(reader) and (not meeting.closed_at or reader.is_admin)
    own = next((seat for seat in seats if seat.person_id == reader.pk and seat.left_at is None), None)
    return {
        "rows": [
            {"name": str(seat.person), "state": noted[seat.pk], "tone": TONES[noted[seat.pk]]}
            for seat in seats if seat.pk in noted
        ],
        "form": (form or AttendanceForm(seats=seats, noted=noted)) if may_note and seats else None,
        "open": bool(form and form.errors), "noted": len(noted), "expected": len(seats),
        "may_excuse": own is not None and not begun,
        "excused": own is not None and noted.get(own.pk) == Attendance.State.EXCUSED,
    }  # fmt: skip


def action_row(item: ActionItem, reader: User, base: str) -> dict[str, Any]:
    """One item as lists show it; `base` is the address below which its verbs stand."""
    days = (item.due_on - timezone.localdate(now(), item.cohort.zone)).days
    late = item.is_open and days < 0
    return {
        "pk": item.pk, "text": item.text, "owner": str(item.owner.person), "gone": item.owner.left_at is not None,
        "own": item.owner.person_id == reader.pk, "may_tick": item.owner.person_id == reader.pk or reader.is_admin,
        "due": f"{item.due_on:%-d %B}", "late": late, "today": item.is_open and days == 0,
        "done": item.done_at is not None, "dropped": item.dropped_at is not None,
        "tick": f"{base}{item.pk}/tick/", "edit": f"{base}{item.pk}/" if item.is_open and item.kept_by(reader) else "",
        "from": item.meeting.title,
    }  # fmt: skip


def actions_of(meeting: Meeting, reader: User, form: ActionForm | None = None) -> dict[str, Any]:
    """What was taken on at this meeting, and, while it is open, what of earlier ones is not done."""
    base = f"{meeting.cohort.get_absolute_url()}meetings/actions/"
    rows = ActionItem.objects.filter(cohort=meeting.cohort_id).select_related(
        "owner__person", "meeting__coordinator", "cohort"
    )
    here = [action_row(item, reader, base) for item in rows.filter(meeting=meeting)[:100]]
    earlier: list[dict[str, Any]] = []
    if not meeting.closed_at and not meeting.cancelled_at:
        before = rows.open().filter(meeting__starts_at__lt=meeting.starts_at).exclude(meeting=meeting)
        earlier = [action_row(item, reader, base) for item in before[:100]]
    may_add = not meeting.cancelled_at
    return {"here": here, "earlier": earlier, "form": (form or ActionForm(meeting=meeting)) if may_add else None}


def points_of(meeting: Meeting, reader: User, form: PointForm | None = None) -> dict[str, Any]:
    """What members bring up: all that is not settled while the meeting is open, else what was brought up for it."""
    rows = Point.objects.filter(cohort=meeting.cohort_id).select_related("raised_by", "meeting")
    live = not meeting.closed_at and not meeting.cancelled_at
    rows = rows.open().filter(meeting__starts_at__lte=meeting.starts_at) if live else rows.filter(meeting=meeting)
    base, keeps = f"{meeting.get_absolute_url()}points/", meeting.kept_by(reader)
    return {
        "rows": [
            {
                "text": row.text, "who": str(row.raised_by), "when": time_html(row.raised_at),
                "settled": row.settled_at is not None,
                "settle": f"{base}{row.pk}/settle/"
                if live and row.settled_at is None and (keeps or row.raised_by_id == reader.pk) else "",
            }
            for row in rows[:100]
        ],
        "form": (form or PointForm()) if live else None,
    }  # fmt: skip


def turn_of(meeting: Meeting, reader: User, form: ExchangeForm | None = None) -> dict[str, Any]:
    """What the reader can do about who leads: ask somebody, take that back, or answer."""
    if meeting.cancelled_at or meeting.has_begun():
        return {}
    rows = Exchange.objects.open().filter(meeting=meeting).select_related("asker__person", "other__person", "in_return")
    found = list(rows)
    asked = next((row for row in found if row.asker.person_id == reader.pk), None)
    return {
        "asked": asked,
        "asks_me": next((row for row in found if row.other.person_id == reader.pk), None),
        "form": (form or ExchangeForm(meeting=meeting)) if meeting.led_by(reader) and asked is None else None,
    }


def visit_of(meeting: Meeting, reader: User, form: VisitForm | None = None) -> dict[str, Any]:
    """Who comes from an upper stream, for every member; asking, for who leads."""
    row = meeting.visits.live().select_related("mentor").first()
    to_come = not meeting.cancelled_at and not meeting.has_begun()
    keeps = to_come and meeting.kept_by(reader)
    form = (form or VisitForm(meeting=meeting)) if keeps and row is None else None
    if form and not form.errors and not form.fields["mentor"].queryset.exists():  # type: ignore[attr-defined]
        form = None
    return {
        "row": row,
        "form": form,
        "withdraw": f"{meeting.get_absolute_url()}visit/{row.pk}/withdraw/" if row and keeps else "",
    }
