"""The timer as pages show it; one statement of SQL, which home's own statement holds too."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from mentorship.study.heatmap import as_hours
from mentorship.study.timer.models import DAY

# As JSON, or null. `before`: the seconds of the stretches that are over; `since`: when the one that runs began.
OPEN = """
SELECT json_build_object('id', t.id, 'item', i.title, 'started_at', t.started_at,
    'since', (SELECT s.began_at FROM study_stretch s WHERE s.timer_id = t.id AND s.ended_at IS NULL),
    'before', (SELECT coalesce(sum(extract(epoch FROM s.ended_at - s.began_at)), 0)::bigint
        FROM study_stretch s WHERE s.timer_id = t.id AND s.ended_at IS NOT NULL))
FROM study_timer t LEFT JOIN streams_item i ON i.id = t.item_id
WHERE t.person_id = %(person)s AND t.ended_at IS NULL
"""


@dataclass(frozen=True)
class Running:
    """A timer that has not ended. `iso` is when it would have begun without pauses, for the clock in the browser."""

    pk: int
    item: str
    paused: bool
    iso: str
    elapsed: str
    long: bool  # longer than a day: stopping asks how much of it was study

    @property
    def url(self) -> str:
        return f"/study/timer/{self.pk}/"


def running(row: dict[str, Any] | None, at: datetime) -> Running | None:
    """From a row of `OPEN`."""
    if not row:
        return None
    since = datetime.fromisoformat(row["since"]) if row["since"] else None
    passed = timedelta(seconds=row["before"]) + (max(at - since, timedelta(0)) if since else timedelta(0))
    iso = (at - passed).isoformat(timespec="seconds")
    elapsed = as_hours(int(passed.total_seconds() // 60))
    return Running(row["id"], row["item"] or "", since is None, iso, elapsed, passed > DAY)


def running_of(person: Any, at: datetime) -> Running | None:
    """The open timer of `person`; one query."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"person": person.pk})
        row = cursor.fetchone()
    return running(row[0] if row else None, at)
