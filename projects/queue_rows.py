"""The rows of a queue's page in one statement; queue_html.py shows them.

`Queue.rows` says the same as a queryset, which is what the API answers with; tests hold the two together. A page is
asked for all day, and building the queryset took most of its time.
"""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from mentorship.people.models import User
from projects.countersigning import waiting_for
from projects.examples import examples
from projects.lateness import Promises, late_sql

if TYPE_CHECKING:
    from projects.queue import Asked

# What a tab holds, and in which order. Only constants are put into the statement; whatever comes from outside is bound.
HELD = """SELECT FROM projects_round held WHERE held.submission_id = s.id AND held.state = 'waiting'
  AND held.claimed_until > %(at)s"""
MENTEES = "((SELECT ARRAY(SELECT mentee_id FROM mentee))::bigint[])"
# What is one's own is found first, however long the cohorts' work is.
MINE = f"""s.id IN (
  SELECT id FROM projects_submission WHERE membership_id = ANY{MENTEES}
  UNION ALL SELECT projects_round.submission_id
  FROM projects_review v JOIN projects_round ON projects_round.id = v.round_id
  WHERE v.mentor_id = %(mentor)s AND v.state = 'published')"""  # noqa: S608 - only names of ours are put in
BY_OTHERS = f"EXISTS ({HELD} AND held.claimed_by_id <> %(mentor)s)"
HELD_BY_OTHERS = """s.id IN (SELECT submission_id FROM projects_round
  WHERE state = 'waiting' AND claimed_until > %(at)s AND claimed_by_id <> %(mentor)s)"""
TABS = {
    "mine": ("s.state = 'awaiting_mentor'", "s.awaiting_mentor_since"),
    "claimed": (
        f"s.state = 'awaiting_mentor' AND EXISTS ({HELD} AND held.claimed_by_id = %(mentor)s)",
        "s.awaiting_mentor_since",
    ),
    "unclaimed": (
        f"s.state = 'awaiting_mentor' AND NOT EXISTS ({HELD})",
        f"s.membership_id <> ALL{MENTEES}, s.awaiting_mentor_since",
    ),
    "others": (f"s.state = 'awaiting_mentor' AND {HELD_BY_OTHERS}", "s.awaiting_mentor_since"),
    "them": (f"s.state = 'awaiting_mentee' AND {MINE}", "s.awaiting_mentee_since"),
    "done": (f"s.state = 'accepted' AND {MINE}", "s.accepted_at DESC"),
}
PROJECT = """(SELECT {} FROM projects_project p JOIN streams_item i ON i.id = p.item_id
  JOIN streams_stream t ON t.id = i.stream_id WHERE p.id = s.project_id)"""
AUTHOR = "(SELECT name FROM people_user WHERE people_user.id = s.author_id)"
# As the rows show it: of a team's work, the team too.
TEAM = "(SELECT name FROM cohorts_group WHERE cohorts_group.id = s.group_id)"
BY = f"concat_ws(', for ', {AUTHOR}, {TEAM})"
ORDERS = {
    "waited": "",
    "project": f"{PROJECT.format('t.number')}, {PROJECT.format('i.position')}, ",
    "round": "s.rounds_count, ",
    "mentee": f"{AUTHOR}, ",
}
FIRST_EVER = """(s.rounds_count = 1 AND NOT EXISTS (
  SELECT FROM projects_submission e WHERE e.author_id = s.author_id AND e.id < s.id))"""
LATE = late_sql("s.awaiting_mentor_since", "s.membership_id")
ONLY = {
    "new": FIRST_EVER,
    "late": f"s.state = 'awaiting_mentor' AND {LATE}",
    "help": """EXISTS (SELECT FROM projects_round asked WHERE asked.submission_id = s.id AND asked.state = 'waiting'
  AND asked.offered_at IS NOT NULL)""",
}
# The fifty are found first, by the index; only they are given their names.
ROWS = """
SELECT s.id, s.title, s.state, s.membership_id, s.rounds_count,
       date_part('epoch', coalesce(s.awaiting_mentor_since, s.awaiting_mentee_since, s.accepted_at)),
       {author}, s.project_id, r.id, r.claimed_by_id,
       (SELECT name FROM people_user WHERE people_user.id = r.claimed_by_id),
       date_part('epoch', r.claimed_until), {promised}, {first}, r.offered_at IS NOT NULL
FROM (
  SELECT s.* FROM {source} s ORDER BY {order}, s.id LIMIT %(limit)s OFFSET %(offset)s
) s LEFT JOIN projects_round r ON r.submission_id = s.id AND r.state = 'waiting'
ORDER BY {order}, s.id
"""
# Who reviews the work of another mentor's mentee, and within how many days; of one's own it is known beforehand.
PROMISED = f"""CASE WHEN s.state = 'awaiting_mentor' AND s.membership_id <> ALL{MENTEES} THEN (
  SELECT json_build_array(m.person_id, m.promise_days)
  FROM cohorts_assignment a JOIN cohorts_membership m ON m.id = a.mentor_id AND m.left_at IS NULL
  WHERE a.mentee_id = s.membership_id AND a.ended_at IS NULL) END"""  # noqa: S608 - only names of ours are put in
# `+ 0`: by the keys of one's own, never by the index of the cohort. PostgreSQL takes every cohort for an average one,
# and would read all 50,000 submissions of a large one to find those few.
MAY = """s.cohort_id + 0 = ANY((SELECT ARRAY(SELECT cohort_id FROM seat))::bigint[])
    AND s.author_id <> %(mentor)s AND {where}"""
SOURCE = f"(SELECT s.* FROM projects_submission s WHERE {MAY})"  # noqa: S608 - only names of ours are put in
# One's mentees' work, then what else one holds: each is found by its own index. They are put in order first, so that
# only of as many as the page shows it is asked whether somebody else holds them.
FOR_ME = f"""(
  SELECT s.* FROM (
    SELECT s.* FROM (
      SELECT s.* FROM projects_submission s WHERE s.membership_id = ANY{MENTEES} AND {MAY}
      UNION ALL
      SELECT s.* FROM projects_round mine JOIN projects_submission s ON s.id = mine.submission_id
      WHERE mine.claimed_by_id = %(mentor)s AND mine.state = 'waiting' AND mine.claimed_until > %(at)s
        AND s.membership_id <> ALL{MENTEES} AND {MAY}
    ) s ORDER BY {{order}}, s.id OFFSET 0
  ) s WHERE NOT {BY_OTHERS}
)"""  # noqa: S608 - only names of ours are put in
# Thousands may be unclaimed: of each cohort's no more are looked at than the page needs, in the order of the index.
UNCLAIMED = f"""(
  SELECT s.* FROM projects_submission s
  WHERE s.cohort_id = ANY((SELECT ARRAY(SELECT cohort_id FROM seat))::bigint[])
    AND s.membership_id = ANY{MENTEES} AND s.author_id <> %(mentor)s AND {{where}}
  UNION ALL
  SELECT s.* FROM seat CROSS JOIN LATERAL (
    SELECT s.* FROM projects_submission s
    WHERE s.cohort_id = seat.cohort_id AND s.membership_id <> ALL{MENTEES} AND s.author_id <> %(mentor)s AND {{where}}
    ORDER BY {{order}}, s.id LIMIT %(limit)s + %(offset)s
  ) s
)"""  # noqa: S608 - only names of ours are put in
COLUMNS = ", ".join(f"c{number}" for number in range(15))
# The seats in which one mentors; the mentees who are assigned to them now; and every project, retired ones too, in the
# order of the curriculum: a few, whose names the rows take from here. `live`: the cohorts work on it today.
QUEUE = f"""
WITH seat AS MATERIALIZED (
  SELECT id, cohort_id, promise_days FROM cohorts_membership
  WHERE person_id = %(mentor)s AND role = 'mentor' AND left_at IS NULL
), mentee AS MATERIALIZED (
  SELECT mentee_id, promise_days FROM seat JOIN cohorts_assignment ON mentor_id = seat.id AND ended_at IS NULL
)
SELECT ARRAY(SELECT cohort_id FROM seat), ARRAY(SELECT mentee_id FROM mentee),
  (SELECT json_agg(json_build_array(p.id, p.key, p.label, p.title, t.number, p.retired_at IS NULL AND t.id IN (
      SELECT stream_id FROM cohorts_cohort WHERE id IN (SELECT cohort_id FROM seat))) ORDER BY t.number, i.position)
   FROM projects_project p JOIN streams_item i ON i.id = p.item_id JOIN streams_stream t ON t.id = i.stream_id),
  ARRAY(SELECT promise_days FROM mentee),
  (SELECT count(*) FROM projects_calibration WHERE person_id = %(mentor)s AND example = ANY(%(examples)s)),
  (SELECT json_agg(json_build_array(w.person_id, u.timezone, w.first_day, w.last_day))
   FROM cohorts_away w JOIN people_user u ON u.id = w.person_id
   WHERE w.last_day > %(at)s - interval '1 year' AND w.person_id IN (
     SELECT person_id FROM cohorts_membership WHERE cohort_id IN (SELECT cohort_id FROM seat) AND role = 'mentor')),
  EXISTS (SELECT FROM cohorts_apprenticeship WHERE ended_at IS NULL AND countersigner_id IN (SELECT id FROM seat)),
  (SELECT json_agg(json_build_array({COLUMNS})) FROM ({{rows}}) found ({COLUMNS}))
"""  # noqa: S608 - only names of ours are put in


class Row(NamedTuple):
    """One submission, as `ROWS` gives it."""

    submission: int
    title: str
    state: str
    membership: int
    number: int
    since: float  # seconds since 1970
    mentee: str
    project: int
    round: int | None
    claimed_by: int | None
    holder: str | None
    until: float | None
    late: bool
    first_ever: bool  # the first work that the mentee hands in at all
    help_wanted: bool


class Rows:
    """The rows that answer what was `asked` by a `mentor` at one moment; a slice of them is one query.

    The same query says what the queue is made of: `seats` (cohorts, mentees, projects), once a slice was taken; and
    whether the mentor is `calibrated`, as `Calibrations.calibrated` says; and which reviews wait `to_countersign`.
    """

    seats: list[Any]
    calibrated: bool
    to_countersign: list[dict[str, Any]]

    def __init__(self, mentor: User, asked: "Asked", at: datetime) -> None:
        self.mentor, self.asked, self.at = mentor, asked, at

    def __getitem__(self, part: slice) -> list[Row]:
        narrowed, values = self._narrowed()
        known = [example.key for example in examples()]
        values |= {
            "mentor": self.mentor.pk,
            "examples": known,
            "at": self.at,
            "limit": part.stop - part.start,
            "offset": part.start,
        }
        with connection.cursor() as cursor:
            cursor.execute(_statement(self.asked.tab, self.asked.sort, narrowed), values)
            *seats, days, calibrated, away, countersigns, found = cursor.fetchone()
        self.seats, self.calibrated = seats, calibrated == len(known)
        self.to_countersign = waiting_for(self.mentor, self.at) if countersigns else []
        promises, me = Promises(away or ()), self.mentor.pk
        own = {seat: (me, promised) for seat, promised in zip(seats[1], days, strict=True)}
        for row in found or ():
            # state, since, and who promised what
            row[12] = promises.broken(row[2], row[5], own.get(row[3]) or row[12] or (None, None), self.at)
        return [Row._make(row) for row in found or ()]

    def _narrowed(self) -> tuple[tuple[str, ...], dict[str, Any]]:
        """What the filters add: conditions, and the values that they are bound to."""
        asked = self.asked
        found: list[str] = []
        values: dict[str, Any] = {}
        if asked.stream:
            found.append(f"{PROJECT.format('t.number')} = %(stream)s")
            values["stream"] = int(asked.stream)
        if asked.project:
            found.append("s.project_id = (SELECT id FROM projects_project WHERE key = %(project)s)")
            values["project"] = asked.project
        if asked.round:
            found.append("s.rounds_count = 1" if asked.round == "first" else "s.rounds_count > 1")
        if asked.only:
            found.append(ONLY[asked.only])
        if asked.mentee:
            found.append(f"upper({AUTHOR}) LIKE upper(%(mentee)s)")
            values["mentee"] = f"%{connection.ops.prep_for_like_query(asked.mentee)}%"
        return tuple(found), values


@lru_cache(maxsize=256)
def _statement(tab: str, sort: str, narrowed: tuple[str, ...]) -> str:
    """The statement of a page; of all that varies only constants of this module are put into it."""
    where, order = TABS[tab]
    source = {"mine": FOR_ME, "unclaimed": UNCLAIMED}.get(tab, SOURCE)
    source = source.format(where=" AND ".join([where, *narrowed]), order=f"{ORDERS[sort]}s.awaiting_mentor_since")
    rows = ROWS.format(author=BY, first=FIRST_EVER, promised=PROMISED, source=source, order=ORDERS[sort] + order)
    return QUEUE.format(rows=rows)


class Choice(NamedTuple):
    """One project of the curriculum; `live` when the mentor's cohorts work on it today."""

    pk: int
    key: str
    label: str
    title: str
    stream: int
    live: bool
