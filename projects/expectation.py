"""What somebody who waits for a review may expect: the promise, what really happened lately, the place in the queue."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from mentorship.cohorts.models.membership import PROMISE_DAYS
from mentorship.cohorts.promise import Days, Promise
from mentorship.common import clock
from mentorship.people.models import User
from projects.models import Submission

LATELY = timedelta(weeks=4)
ENOUGH = 5  # reviews, below which nothing can be said of how long they take
HALF_A_DAY = timedelta(hours=12)

# The mentor with their promise and days away; how long the reviews of the cohort took lately; who waits longer for the
# same mentor, or, without one, for any mentor of the cohort.
FACTS = """
WITH own AS (
  SELECT u.id, u.name, u.handle, u.timezone, m.promise_days FROM cohorts_assignment a
  JOIN cohorts_membership m ON m.id = a.mentor_id AND m.left_at IS NULL
  JOIN people_user u ON u.id = m.person_id AND u.is_active
  WHERE a.mentee_id = %(mentee)s AND a.ended_at IS NULL
), took AS (
  SELECT v.published_at - r.handed_in_at AS time FROM projects_review v
  JOIN projects_round r ON r.id = v.round_id JOIN projects_submission s ON s.id = r.submission_id
  WHERE v.state = 'published' AND v.published_at > %(lately)s AND v.published_at <= %(at)s
    AND s.cohort_id = %(cohort)s
), before AS (
  SELECT s.membership_id, s.cohort_id FROM projects_submission s
  WHERE s.state = 'awaiting_mentor' AND s.awaiting_mentor_since < %(since)s AND s.id <> %(submission)s
)
SELECT (SELECT row_to_json(own) FROM own),
  (SELECT json_agg(json_build_array(first_day, last_day) ORDER BY first_day) FROM cohorts_away
   WHERE person_id = (SELECT id FROM own)),
  (SELECT count(*) FROM took),
  (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY time) FROM took),
  (SELECT percentile_cont(0.8) WITHIN GROUP (ORDER BY time) FROM took),
  CASE WHEN EXISTS (SELECT FROM own) THEN (
    SELECT count(*) FROM before WHERE membership_id IN (
      SELECT a.mentee_id FROM cohorts_assignment a JOIN cohorts_membership m ON m.id = a.mentor_id
      WHERE m.person_id = (SELECT id FROM own) AND m.left_at IS NULL AND a.ended_at IS NULL))
  ELSE (
    SELECT count(*) FROM before WHERE cohort_id = %(cohort)s AND NOT EXISTS (
      SELECT FROM cohorts_assignment a WHERE a.mentee_id = before.membership_id AND a.ended_at IS NULL)) END
"""


@dataclass(frozen=True)
class Expectation:
    """`promise` is None while the author has no mentor; `median` and `most` (eight of ten) are None when too few."""

    since: datetime
    due: datetime
    at: datetime
    promise: Promise | None
    away: tuple[Days, ...]
    reviews: int
    median: timedelta | None
    most: timedelta | None
    ahead: int

    @property
    def days(self) -> int:
        return self.promise.days if self.promise else PROMISE_DAYS

    @property
    def overdue(self) -> bool:
        return self.due < self.at

    @property
    def away_now(self) -> Days | None:
        return self.promise.away_now(self.at) if self.promise else None

    @property
    def place(self) -> int:
        """In the queue, from 1."""
        return self.ahead + 1

    @property
    def median_text(self) -> str:
        return span(self.median) if self.median is not None else ""

    @property
    def most_text(self) -> str:
        return span(self.most) if self.most is not None else ""


def expectation_of(submission: Submission, at: datetime | None = None) -> Expectation | None:
    """What may be expected of the round of `submission` that waits, in one query; None when none does."""
    since, now = submission.awaiting_mentor_since, at or clock.now()
    if since is None:
        return None
    about: dict[str, Any] = {
        "mentee": submission.membership_id,
        "cohort": submission.cohort_id,
        "submission": submission.pk,
        "since": since,
        "at": now,
        "lately": now - LATELY,
    }
    with connection.cursor() as cursor:
        cursor.execute(FACTS, about)
        own, away, reviews, median, most, ahead = cursor.fetchone()
    promise = promise_from(own, away)
    due = promise.due(since) if promise else since + timedelta(days=PROMISE_DAYS)
    enough = reviews >= ENOUGH
    return Expectation(
        since=since,
        due=due,
        at=now,
        promise=promise,
        away=tuple(promise.away_between(max(since, now), max(due, now))) if promise else (),
        reviews=reviews,
        median=median if enough else None,
        most=most if enough else None,
        ahead=ahead,
    )


def promise_from(own: dict[str, Any] | None, away: list[list[str]] | None) -> Promise | None:
    if own is None:
        return None
    mentor = User(id=own["id"], name=own["name"], handle=own["handle"], timezone=own["timezone"])
    days = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in away or ())
    return Promise(mentor, own["promise_days"], days)


def span(time: timedelta) -> str:
    """'40 minutes', '30 hours', '3.5 days': as exactly as one wants to know it."""
    if time < timedelta(minutes=90):
        return counted(max(round(time.total_seconds() / 60), 1), "minute")
    if time < timedelta(hours=48):
        return counted(round(time.total_seconds() / 3600), "hour")
    halves = round(time / HALF_A_DAY)
    return counted(halves // 2, "day") if halves % 2 == 0 else f"{halves / 2:.1f} days"


def counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
