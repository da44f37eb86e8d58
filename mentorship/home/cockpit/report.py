"""What happened in a cohort, or with one mentor of it, in a period: sums and medians, no list of people.

What one or two people studied would tell about them: sums and medians of it are said from three on.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from mentorship.cohorts.models import Cohort, Membership

ENOUGH = 3

REPORT = """
WITH seats AS (
  SELECT m.id, m.person_id, m.joined_at, m.left_at FROM cohorts_membership m
  WHERE m.cohort_id = %(cohort)s AND m.role = 'mentee' AND m.joined_at < %(until)s
    AND (m.left_at IS NULL OR m.left_at >= %(since)s)
    AND (%(mentor)s::bigint IS NULL OR EXISTS (SELECT FROM cohorts_assignment a
      WHERE a.mentee_id = m.id AND a.mentor_id = %(mentor)s AND a.started_at < %(until)s
        AND (a.ended_at IS NULL OR a.ended_at >= %(since)s)))
),
did AS (
  SELECT seats.id,
    (SELECT coalesce(sum(e.minutes), 0) FROM study_studyentry e WHERE e.person_id = seats.person_id
      AND e.created_at >= greatest(%(since)s, seats.joined_at)
      AND e.created_at < least(%(until)s, coalesce(seats.left_at, 'infinity'))) AS minutes,
    (SELECT count(*) FROM streams_progress p JOIN streams_item i ON i.id = p.item_id
      WHERE p.person_id = seats.person_id AND p.state = 'done' AND i.stream_id = %(stream)s AND i.counts
        AND p.since >= greatest(%(since)s, seats.joined_at) AND p.since < %(until)s) AS items
  FROM seats
),
reviews AS (
  SELECT v.published_at - r.handed_in_at AS took FROM projects_review v JOIN projects_round r ON r.id = v.round_id
  JOIN projects_submission s ON s.id = r.submission_id
  WHERE s.cohort_id = %(cohort)s AND v.state = 'published'
    AND v.published_at >= %(since)s AND v.published_at < %(until)s
    AND (%(person)s::bigint IS NULL OR v.mentor_id = %(person)s)
),
works AS (
  SELECT s.rounds_count FROM projects_submission s
  WHERE s.cohort_id = %(cohort)s AND s.state = 'accepted' AND s.accepted_at >= %(since)s AND s.accepted_at < %(until)s
    AND s.membership_id IN (SELECT id FROM seats)
)
SELECT
  (SELECT count(*) FROM seats),
  (SELECT count(*) FROM seats WHERE left_at < %(until)s),
  (SELECT coalesce(sum(minutes), 0)::bigint FROM did),
  (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FROM did),
  (SELECT coalesce(sum(items), 0)::bigint FROM did),
  (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY items) FROM did),
  (SELECT count(*) FROM projects_round r JOIN projects_submission s ON s.id = r.submission_id
    WHERE s.membership_id IN (SELECT id FROM seats) AND s.cohort_id = %(cohort)s
      AND r.handed_in_at >= %(since)s AND r.handed_in_at < %(until)s),
  (SELECT count(*) FROM reviews),
  (SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY took)) FROM reviews),
  (SELECT count(*) FROM works),
  (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY rounds_count) FROM works),
  (SELECT count(*) FROM blog_post b WHERE b.state = 'published' AND b.published_at >= %(since)s
    AND b.published_at < %(until)s AND b.author_id IN (SELECT person_id FROM seats)),
  (SELECT count(*) FROM cohorts_outcome o JOIN seats ON seats.id = o.membership_id
    WHERE o.result = 'graduated' AND o.decided_at >= %(since)s AND o.decided_at < %(until)s),
  (SELECT count(*) FROM cohorts_meeting g WHERE g.cohort_id = %(cohort)s AND g.cancelled_at IS NULL
    AND g.starts_at >= %(since)s AND g.starts_at < least(%(until)s, %(now)s)),
  (SELECT count(*) FROM cohorts_application a WHERE a.cohort_id = %(cohort)s
    AND a.submitted_at >= %(since)s AND a.submitted_at < %(until)s)
"""


@dataclass(frozen=True)
class Line:
    """One row of a report: what, how much ('' where too few people would be told about), and how it is counted."""

    key: str
    label: str
    value: str
    about: str = ""


def midnight(cohort: Cohort, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=cohort.zone)


def report_of(cohort: Cohort, first: date, last: date, now: datetime, mentor: Membership | None = None) -> list[Line]:
    """The report from `first` to `last`, days of the cohort's calendar, both included; one query."""
    values: dict[str, Any] = {
        "cohort": cohort.pk, "stream": cohort.stream_id, "since": midnight(cohort, first), "now": now,
        "until": midnight(cohort, last + timedelta(days=1)),
        "mentor": mentor.pk if mentor else None, "person": mentor.person_id if mentor else None,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(REPORT, values)
        found = cursor.fetchone()
    people, gone, minutes, half_minutes, items, half_items, rounds, reviews, took, *rest = found
    works, half_rounds, posts, graduated, meetings, applications = rest
    lines = [
        Line("mentees", "Mentees", str(people), "Had a seat at some time of the period"),
        Line("left", "Left", str(gone)),
        Line("hours", "Hours logged", enough(people, minutes, lambda m: str(round(m / 60)))),
        Line("median_hours", "Hours of a mentee, median", enough(people, half_minutes, lambda m: f"{m / 60:.1f}")),
        Line("items", "Required items done", enough(people, items, str)),
        Line("median_items", "Items of a mentee, median", enough(people, half_items, lambda n: f"{n:g}")),
        Line("rounds", "Rounds handed in", str(rounds)),
        Line("reviews", "Reviews published", str(reviews)),
        Line("median_review_days", "Days from hand-in to review, median", enough(reviews, took, in_days)),
        Line("works", "Works accepted", str(works)),
        Line("median_rounds", "Rounds until accepted, median", enough(works, half_rounds, lambda n: f"{n:g}")),
        Line("posts", "Posts published", str(posts)),
        Line("graduated", "Graduated", str(graduated)),
    ]
    if mentor is None:
        lines += [
            Line("meetings", "Meetings held", str(meetings)),
            Line("applications", "Applications", str(applications)),
        ]
    return lines


def in_days(seconds: Any) -> str:
    return f"{float(seconds) / 86_400:.1f}"


def enough(count: int, value: Any, text: Any) -> str:
    return text(value) if value is not None and count >= ENOUGH else ""
