"""What a mentor wants to know of the mentee while reviewing: how far they are, their hours, the last meeting."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from mentorship.common import clock

LATELY = timedelta(days=28)
# Sums and counts alone: whoever reviews learns how much a mentee studied, not when and what. One JSON array, so that
# the workspace can ask it as a part of its own statement.
SQL = """
SELECT json_build_array(
  (SELECT count(*) FROM streams_item WHERE stream_id = {stream} AND counts AND retired_at IS NULL),
  (SELECT count(*) FROM streams_progress p JOIN streams_item i ON i.id = p.item_id
   WHERE p.person_id = {person} AND p.state = 'done' AND i.stream_id = {stream} AND i.counts
     AND i.retired_at IS NULL),
  (SELECT coalesce(sum(minutes), 0) FROM study_studyentry WHERE person_id = {person} AND item_id = {item}),
  (SELECT coalesce(sum(minutes), 0) FROM study_studyentry WHERE person_id = {person} AND day >= %(since)s),
  meeting.id, meeting.title, date_part('epoch', meeting.starts_at), meeting.notes_html, cohort.slug, cohort.name)
FROM cohorts_cohort cohort
LEFT JOIN LATERAL (
  SELECT id, title, starts_at, notes_html FROM cohorts_meeting
  WHERE cohort_id = cohort.id AND cancelled_at IS NULL AND starts_at < %(now)s AND notes <> ''
  ORDER BY starts_at DESC LIMIT 1
) meeting ON true
WHERE cohort.id = {cohort}
"""


@dataclass(frozen=True)
class Mentee:
    """Items of the stream done of those that count; minutes on the project and of the last four weeks."""

    done: int
    required: int
    project_minutes: int
    recent_minutes: int
    meeting: dict[str, Any] | None
    cohort: str
    slug: str

    @property
    def project_hours(self) -> str:
        return hours(self.project_minutes)

    @property
    def recent_hours(self) -> str:
        return hours(self.recent_minutes)


def mentee_of(*, person: int, stream: int, item: int, cohort: int, at: datetime | None = None) -> Mentee:
    """One query, for any number of items and entries."""
    values: dict[str, Any] = {"person": person, "stream": stream, "item": item, "cohort": cohort}
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(**{name: f"%({name})s" for name in values}), values | moments(at or clock.now()))
        return made(cursor.fetchone()[0])


def moments(now: datetime) -> dict[str, Any]:
    """The values of `SQL` that depend on the clock."""
    return {"now": now, "since": (now - LATELY).date()}


def made(row: list[Any]) -> Mentee:
    """What `SQL` answers, as an object."""
    required, done, on_project, lately, pk, title, starts_at, notes, slug, name = row
    meeting = None
    if pk:
        # Rendered and sanitized when they were written.
        meeting = {
            "title": title,
            "at": datetime.fromtimestamp(starts_at, UTC),
            "notes": SafeString(notes),
            "url": f"/cohorts/{slug}/meetings/{pk}/",
        }
    return Mentee(done, required, on_project, lately, meeting, name, slug)


def hours(minutes: int) -> str:
    """'12.5 hours', '3 hours', 'nothing'."""
    if not minutes:
        return "nothing"
    count = round(minutes / 30) / 2
    return f"{count:g} hour{'' if count == 1 else 's'}" if count else f"{minutes} minutes"
