"""The numbers of cohorts, and how far their mentees are: any number of cohorts in one statement."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from mentorship.cohorts.models import Cohort
from projects.lateness import late_sql

ACTIVE_DAYS = 7

# A statement by hand: as querysets it would be a dozen. `tests/home/test_cockpit.py` holds it to what the apps say.
NUMBERS = f"""
WITH asked AS (SELECT unnest(%(cohorts)s::bigint[]) AS id),
seats AS (
  SELECT m.id, m.cohort_id, m.person_id, m.role, m.left_at, m.joined_at, m.load, m.capacity
  FROM cohorts_membership m JOIN asked ON asked.id = m.cohort_id
),
mentees AS (
  SELECT seats.*, done.last AS stepped, study.last AS studied, coalesce(study.minutes, 0) AS minutes
  FROM seats
  LEFT JOIN LATERAL (SELECT max(at) AS last FROM streams_progresschange p
    WHERE p.person_id = seats.person_id AND p.cause <> 'curriculum' AND p.at >= seats.joined_at) done ON true
  LEFT JOIN LATERAL (SELECT max(created_at) AS last, sum(minutes) AS minutes FROM study_studyentry e
    WHERE e.person_id = seats.person_id AND e.created_at >= seats.joined_at
      AND e.created_at < coalesce(seats.left_at, 'infinity')) study ON true
  WHERE seats.role = 'mentee'
),
people AS (
  SELECT cohort_id, count(*) AS accepted,
    count(*) FILTER (WHERE stepped IS NOT NULL OR studied IS NOT NULL) AS started,
    count(*) FILTER (WHERE left_at IS NULL) AS present,
    count(*) FILTER (WHERE left_at IS NULL
      AND greatest(stepped, studied) > %(at)s - interval '{ACTIVE_DAYS} days') AS active,
    sum(minutes) AS minutes,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE left_at IS NULL) AS median_minutes
  FROM mentees GROUP BY cohort_id
),
mentors AS (
  SELECT cohort_id, count(*) AS mentors, sum(load) AS load, sum(capacity) AS capacity
  FROM seats WHERE role = 'mentor' AND left_at IS NULL GROUP BY cohort_id
),
applied AS (
  SELECT a.cohort_id, count(*) AS applied, count(*) FILTER (WHERE a.state = 'submitted') AS undecided
  FROM cohorts_application a JOIN asked ON asked.id = a.cohort_id GROUP BY a.cohort_id
),
seen AS (
  SELECT v.cohort_id, sum(v.count) AS seen FROM cohorts_visits v JOIN asked ON asked.id = v.cohort_id GROUP BY 1
),
rounds AS (
  SELECT s.cohort_id, count(*) AS waiting,
    count(*) FILTER (WHERE {late_sql("s.awaiting_mentor_since", "s.membership_id")}) AS overdue
  FROM projects_submission s JOIN asked ON asked.id = s.cohort_id WHERE s.state = 'awaiting_mentor' GROUP BY s.cohort_id
),
accepted_work AS (
  SELECT s.cohort_id, count(*) AS works FROM projects_submission s JOIN asked ON asked.id = s.cohort_id
  WHERE s.state = 'accepted' GROUP BY s.cohort_id
),
ended AS (
  SELECT seats.cohort_id, count(*) AS graduated FROM seats
  JOIN cohorts_outcome o ON o.membership_id = seats.id AND o.result = 'graduated' GROUP BY seats.cohort_id
),
asks AS (
  SELECT asked.id AS cohort_id, count(i.id) AS required,
    coalesce(r.projects, count(i.id) FILTER (WHERE i.kind = 'project')) AS projects,
    coalesce(r.share, 100) AS share, coalesce(r.posts, 1) AS posts
  FROM asked JOIN cohorts_cohort c ON c.id = asked.id
  LEFT JOIN cohorts_graduationrule r ON r.stream_id = c.stream_id
  LEFT JOIN streams_item i ON i.stream_id = c.stream_id AND i.counts AND i.retired_at IS NULL
  GROUP BY asked.id, r.id
),
finished AS (
  SELECT m.id, count(*) AS done FROM mentees m JOIN cohorts_cohort c ON c.id = m.cohort_id
  JOIN streams_progress p ON p.person_id = m.person_id AND p.state = 'done'
  JOIN streams_item i ON i.id = p.item_id AND i.stream_id = c.stream_id AND i.counts AND i.retired_at IS NULL
  WHERE m.left_at IS NULL AND NOT EXISTS (SELECT FROM cohorts_outcome o WHERE o.membership_id = m.id)
  GROUP BY m.id
),
ready AS (
  SELECT m.cohort_id, count(*) AS ready
  FROM finished JOIN mentees m ON m.id = finished.id JOIN asks ON asks.cohort_id = m.cohort_id
  WHERE finished.done >= (asks.required * asks.share + 99) / 100 AND asks.projects <= (
    SELECT count(*) FROM projects_submission s
    WHERE s.membership_id = m.id AND s.group_id IS NULL AND s.state = 'accepted'
  ) + (
    SELECT count(*) FROM projects_teammember t WHERE t.membership_id = m.id AND t.credited_at IS NOT NULL
  ) AND asks.posts <= (
    SELECT count(*) FROM blog_post b
    WHERE b.author_id = m.person_id AND b.state = 'published' AND b.published_at >= m.joined_at
  ) + (
    SELECT count(*) FROM blog_coauthor w JOIN blog_post b ON b.id = w.post_id
    WHERE w.person_id = m.person_id AND w.state = 'agreed' AND b.state = 'published' AND b.published_at >= m.joined_at
  )
  GROUP BY m.cohort_id
),
meetings AS (
  SELECT g.cohort_id, count(*) FILTER (WHERE g.starts_at < %(at)s) AS held,
    count(*) FILTER (WHERE g.starts_at >= %(at)s) AS to_come
  FROM cohorts_meeting g JOIN asked ON asked.id = g.cohort_id WHERE g.cancelled_at IS NULL GROUP BY g.cohort_id
),
done AS (
  SELECT m.cohort_id, i.unit_id, count(*) AS done
  FROM mentees m JOIN cohorts_cohort c ON c.id = m.cohort_id
  JOIN streams_progress p ON p.person_id = m.person_id AND p.state = 'done'
  JOIN streams_item i ON i.id = p.item_id AND i.stream_id = c.stream_id AND i.counts AND i.retired_at IS NULL
  WHERE m.left_at IS NULL GROUP BY m.cohort_id, i.unit_id
),
parts AS (
  SELECT c.id AS cohort_id, u.title, u.position, count(i.id) AS items, coalesce(max(done.done), 0) AS done
  FROM asked JOIN cohorts_cohort c ON c.id = asked.id
  JOIN streams_unit u ON u.stream_id = c.stream_id AND u.retired_at IS NULL
  JOIN streams_item i ON i.unit_id = u.id AND i.counts AND i.retired_at IS NULL
  LEFT JOIN done ON done.cohort_id = c.id AND done.unit_id = u.id
  GROUP BY c.id, u.id, u.title, u.position
),
units AS (
  SELECT cohort_id, json_agg(json_build_array(title, items, done) ORDER BY position) AS units
  FROM parts GROUP BY cohort_id
),
posts AS (
  SELECT m.cohort_id, count(DISTINCT b.id) AS posts FROM mentees m
  JOIN blog_post b ON b.author_id = m.person_id AND b.state = 'published' AND b.published_at >= m.joined_at
    AND b.published_at < coalesce(m.left_at, 'infinity')
  GROUP BY m.cohort_id
)
SELECT asked.id, units.units, coalesce(seen.seen, 0), coalesce(applied.applied, 0), coalesce(people.accepted, 0),
  coalesce(people.started, 0), coalesce(people.active, 0), coalesce(people.present, 0),
  coalesce(applied.undecided, 0), coalesce(rounds.waiting, 0), coalesce(rounds.overdue, 0),
  coalesce(accepted_work.works, 0), coalesce(ended.graduated, 0), coalesce(meetings.held, 0),
  coalesce(meetings.to_come, 0), coalesce(posts.posts, 0), coalesce(people.minutes, 0), people.median_minutes,
  coalesce(mentors.mentors, 0), coalesce(mentors.load, 0), coalesce(mentors.capacity, 0), coalesce(ready.ready, 0)
FROM asked LEFT JOIN units ON units.cohort_id = asked.id
LEFT JOIN seen ON seen.cohort_id = asked.id LEFT JOIN applied ON applied.cohort_id = asked.id
LEFT JOIN people ON people.cohort_id = asked.id LEFT JOIN mentors ON mentors.cohort_id = asked.id
LEFT JOIN rounds ON rounds.cohort_id = asked.id LEFT JOIN accepted_work ON accepted_work.cohort_id = asked.id
LEFT JOIN ended ON ended.cohort_id = asked.id LEFT JOIN meetings ON meetings.cohort_id = asked.id
LEFT JOIN posts ON posts.cohort_id = asked.id LEFT JOIN ready ON ready.cohort_id = asked.id
"""  # noqa: S608 - only constants of ours are put in


@dataclass
class UnitShare:
    """How much of one unit the mentees of a cohort have done together, in hundredths."""

    number: int
    title: str
    share: int

    @property
    def bar(self) -> dict[str, int]:
        """Its place in a picture that is 60 high."""
        height = round(56 * self.share / 100)
        return {"x": 14 * (self.number - 1), "y": 60 - height, "height": height}


@dataclass
class Numbers:
    """One cohort. Minutes are those that its mentees logged since they joined."""

    cohort: int
    seen: int
    applied: int
    accepted: int
    started: int
    active: int
    present: int
    undecided: int
    waiting: int
    overdue: int
    works: int
    graduated: int
    meetings_held: int
    meetings_to_come: int
    posts: int
    minutes: int
    median_minutes: float | None
    mentors: int
    load: int
    capacity: int
    ready: int  # have all that graduating asks, and no outcome yet
    units: list[UnitShare] = field(default_factory=list)

    @property
    def hours(self) -> int:
        return round(self.minutes / 60)

    @property
    def median_hours(self) -> int | None:
        return None if self.median_minutes is None else round(self.median_minutes / 60)

    @property
    def funnel(self) -> list[tuple[str, int, str]]:
        """From the first look to the end, with what each step counts."""
        return [
            ("Seen", self.seen, "Times the public page was opened"),
            ("Applied", self.applied, "Applications, whatever became of them"),
            ("Accepted", self.accepted, "Had a seat at some time"),
            ("Started", self.started, "Did a step or logged study"),
            ("Active", self.active, f"Did so in the last {ACTIVE_DAYS} days"),
            ("Graduated", self.graduated, "As an admin confirmed it"),
        ]

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The funnel as bars of a picture; 'seen' counts visits, not people, and has no bar."""
        most = max((count for _, count, _ in self.funnel[1:]), default=0) or 1
        rows = []
        for row, (label, count, about) in enumerate(self.funnel):
            width = round(200 * count / most) if row else 0
            rows.append(
                {
                    "label": label, "count": count, "about": about, "width": width, "y": 26 * row,
                    "text_y": 26 * row + 14, "end": 84 + width, "tone": "good" if label == "Active" else "",
                }
            )  # fmt: skip
        return rows

    @property
    def chart_width(self) -> int:
        return max(14 * len(self.units) - 3, 1)

    @property
    def units_text(self) -> str:
        return ", ".join(f"{unit.title} {unit.share} %" for unit in self.units)


def whole(value: Any) -> Any:
    return None if value is None else int(value)


def numbers_of(cohorts: list[Cohort], at: datetime) -> dict[int, Numbers]:
    """The numbers of each of `cohorts`, by its key; one query, none for none."""
    if not cohorts:
        return {}
    values: dict[str, Any] = {"cohorts": [cohort.pk for cohort in cohorts], "at": at}
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, values)
        rows = cursor.fetchall()
    return {pk: with_units(Numbers(pk, *map(whole, counts)), units or []) for pk, units, *counts in rows}


def with_units(row: Numbers, units: list[tuple[str, int, int]]) -> Numbers:
    """`units`: the title of each, how many items it has, and how many of them all mentees have done together."""
    for number, (title, items, done) in enumerate(units, 1):
        share = round(100 * done / (items * row.present)) if row.present else 0
        row.units.append(UnitShare(number, title, min(share, 100)))
    return row
