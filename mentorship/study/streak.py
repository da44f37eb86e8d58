"""Days in a row, on the person's own calendar, computed by the database in one query."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from mentorship.common import clock
from mentorship.study import days
from mentorship.study.plan.models import MINUTES_A_DAY, MINUTES_A_WEEK

# Two entries are of one run when their days follow each other, days of rest between them left out. A date that a
# flight skipped is forgiven: then the days that it parts are less than a day of the sun away from each other. A change
# of summer time makes the shortest real day 23 hours long, hence 22.
GAP = timedelta(hours=22)
GAP_TEXT = "22 hours"
LONGEST = 21  # days between two entries; whatever somebody rests, more than that is no run
MANY = 99


def missed(first: str, after: str) -> str:
    """SQL: how many days between the dates `first` and `after` were none of rest, by the goal that held on each."""
    return f"""(
        SELECT count(*) FROM generate_series(1, {after} - {first} - 1) AS n
        WHERE coalesce((SELECT rest FROM held WHERE since <= {first} + n ORDER BY since DESC LIMIT 1), 0)
            >> (extract(isodow FROM {first} + n)::int - 1) & 1 = 0
    )"""  # noqa: S608 - both are columns or parameters of ours


# Priority of operators: `>>` and `&` stand on one level and bind from the left.
RUNS = f"""
WITH held AS (
    SELECT since, rest, minutes_a_day, minutes_a_week FROM study_goal WHERE person_id = %(person)s
), per_day AS (
    SELECT day, min(day_began) AS began, max(day_ended) AS ended, sum(minutes)::int AS minutes
    FROM study_studyentry WHERE person_id = %(person)s GROUP BY day
), stepped AS (
    SELECT day, began, ended, minutes, lag(day) OVER by_day AS previous, lag(ended) OVER by_day AS previous_ended
    FROM per_day WINDOW by_day AS (ORDER BY day)
), steps AS (
    SELECT day, ended, minutes, CASE
        WHEN previous IS NULL OR day - previous > {LONGEST} THEN 1
        WHEN day - previous <= 1 THEN 0
        ELSE CASE {missed("previous", "day")}
            WHEN 0 THEN 0
            WHEN 1 THEN CASE WHEN began - previous_ended < %(gap)s::interval + (day - previous - 2) * interval '1 day'
                THEN 0 ELSE 1 END
            ELSE 1 END
        END AS fresh
    FROM stepped
), runs AS (
    SELECT day, ended, minutes, sum(fresh) OVER (ORDER BY day) AS run FROM steps
), lengths AS (
    SELECT run, count(*) AS length, max(day) AS last, max(ended) AS ended FROM runs GROUP BY run
)
SELECT
    coalesce((SELECT max(length) FROM lengths), 0),
    newest.length, newest.last, newest.ended,
    coalesce((SELECT minutes FROM per_day WHERE day = %(today)s), 0),
    coalesce((SELECT sum(minutes)::int FROM per_day WHERE day BETWEEN %(monday)s AND %(today)s), 0),
    CASE WHEN %(today)s - newest.last > {LONGEST} THEN {MANY} ELSE {missed("newest.last", "%(today)s")} END,
    coalesce(goal.minutes_a_day, {MINUTES_A_DAY}), coalesce(goal.minutes_a_week, {MINUTES_A_WEEK}),
    coalesce(goal.rest >> (extract(isodow FROM %(today)s)::int - 1) & 1 = 1, false)
FROM (SELECT 1) AS always
LEFT JOIN LATERAL (SELECT * FROM lengths ORDER BY run DESC LIMIT 1) AS newest ON true
LEFT JOIN LATERAL (SELECT * FROM held WHERE since <= %(today)s ORDER BY since DESC LIMIT 1) AS goal ON true
"""  # noqa: S608 - the parts that are put in are constants of ours
COLUMNS = "best, length, last, ended, minutes, week, missed, goal, week_goal, rest"


@dataclass(frozen=True)
class Streak:
    """`days` in a row up to today, or to yesterday while today is not done; `best` is the longest run so far."""

    days: int
    today_done: bool
    best: int
    minutes_today: int
    minutes_this_week: int
    goal: int = MINUTES_A_DAY  # minutes that the person means to study today
    week_goal: int = MINUTES_A_WEEK
    rest_today: bool = False


def streak_of(person: Any, at: datetime | None = None) -> Streak:
    """Where `person` stands at `at`. The week begins on Monday."""
    now = at or clock.now()
    today = days.today_of(person, now)
    monday = today - timedelta(days=today.weekday())
    with connection.cursor() as cursor:
        cursor.execute(RUNS, {"person": person.pk, "gap": GAP_TEXT, "today": today, "monday": monday})
        return _streak(person, today, *cursor.fetchone())


def from_row(person: Any, today: date, row: dict[str, Any]) -> Streak:
    """The same from `RUNS` as JSON, for a statement that holds it; the keys are `COLUMNS`."""
    last = date.fromisoformat(row["last"]) if row["last"] else None
    ended = datetime.fromisoformat(row["ended"]) if row["ended"] else None
    return _streak(person, today, row["best"], row["length"], last, ended, *list(row.values())[4:])


def _streak(
    person: Any,
    today: date,
    best: int,
    length: int,
    last: date | None,
    ended: datetime | None,
    minutes: int,
    week: int,
    skipped: int,
    *goal: Any,
) -> Streak:
    alive = last is not None and _follows(last, ended, today, days.bounds(today, person.zone)[0], skipped)
    return Streak(length if alive else 0, bool(alive and last and last >= today), best, minutes, week, *goal)


def _follows(last: date, ended: datetime | None, today: date, began: datetime, skipped: int) -> bool:
    """Whether a run that ended with `last` goes on today; after a flight westwards `last` may even be tomorrow.

    `skipped`: how many days between the two were none of rest.
    """
    if today - last <= timedelta(days=1) or skipped == 0:
        return True
    spare = today - last - timedelta(days=2)
    return skipped == 1 and ended is not None and began - ended < GAP + spare
