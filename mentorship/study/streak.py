"""Days in a row, on the person's own calendar, computed by the database in one query."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from mentorship.common import clock
from mentorship.study import days

# Two entries are of one run when their days follow each other. A date that a flight skipped is forgiven: then the
# days that it parts are less than a day of the sun away from each other. A change of summer time makes the
# shortest real day 23 hours long, hence 22.
GAP = timedelta(hours=22)
GAP_TEXT = "22 hours"

RUNS = """
WITH per_day AS (
    SELECT day, min(day_began) AS began, max(day_ended) AS ended, sum(minutes)::int AS minutes
    FROM study_studyentry WHERE person_id = %(person)s GROUP BY day
), steps AS (
    SELECT day, ended, minutes, CASE
        WHEN day - lag(day) OVER by_day <= 1 THEN 0
        WHEN day - lag(day) OVER by_day = 2 AND began - lag(ended) OVER by_day < %(gap)s::interval THEN 0
        ELSE 1 END AS fresh
    FROM per_day WINDOW by_day AS (ORDER BY day)
), runs AS (
    SELECT day, ended, minutes, sum(fresh) OVER (ORDER BY day) AS run FROM steps
), lengths AS (
    SELECT run, count(*) AS length, max(day) AS last, max(ended) AS ended FROM runs GROUP BY run
)
SELECT
    coalesce((SELECT max(length) FROM lengths), 0),
    newest.length, newest.last, newest.ended,
    coalesce((SELECT minutes FROM per_day WHERE day = %(today)s), 0),
    coalesce((SELECT sum(minutes)::int FROM per_day WHERE day BETWEEN %(monday)s AND %(today)s), 0)
FROM (SELECT 1) AS always LEFT JOIN LATERAL (SELECT * FROM lengths ORDER BY run DESC LIMIT 1) AS newest ON true
"""


@dataclass(frozen=True)
class Streak:
    """`days` in a row up to today, or to yesterday while today is not done; `best` is the longest run so far."""

    days: int
    today_done: bool
    best: int
    minutes_today: int
    minutes_this_week: int


def streak_of(person: Any, at: datetime | None = None) -> Streak:
    """Where `person` stands at `at`. The week begins on Monday."""
    now = at or clock.now()
    today = days.today_of(person, now)
    monday = today - timedelta(days=today.weekday())
    with connection.cursor() as cursor:
        cursor.execute(RUNS, {"person": person.pk, "gap": GAP_TEXT, "today": today, "monday": monday})
        return _streak(person, today, *cursor.fetchone())


def from_row(person: Any, today: date, row: dict[str, Any]) -> Streak:
    """The same from `RUNS` as JSON, for a statement that holds it; the keys are those of its columns in order."""
    last = date.fromisoformat(row["last"]) if row["last"] else None
    ended = datetime.fromisoformat(row["ended"]) if row["ended"] else None
    return _streak(person, today, row["best"], row["length"], last, ended, row["minutes"], row["week"])


def _streak(
    person: Any,
    today: date,
    best: int,
    length: int,
    last: date | None,
    ended: datetime | None,
    minutes: int,
    week: int,
) -> Streak:
    alive = last is not None and _follows(last, ended, today, days.bounds(today, person.zone)[0])
    return Streak(length if alive else 0, bool(alive and last and last >= today), best, minutes, week)


def _follows(last: date, ended: datetime | None, today: date, began: datetime) -> bool:
    """Whether a run that ended with `last` goes on today; after a flight westwards `last` may even be tomorrow."""
    if today - last <= timedelta(days=1):
        return True
    return today - last == timedelta(days=2) and ended is not None and began - ended < GAP
