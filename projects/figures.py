"""A mentor's own figures: how long their reviews took, how much they have, what mentees found helpful."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from mentorship.cohorts.models.membership import PROMISE_DAYS
from mentorship.cohorts.promise import WAITED
from mentorship.common import clock
from mentorship.people.models import User
from projects.expectation import LATELY, span
from projects.lateness import OWN
from projects.models import Feedback

WEEKS = 12
ENOUGH_RATINGS = 3  # below which the sum would say who rated

# What the mentor published since %(since)s: how long each took, whether that was within their promise of today, days
# away left out, and in which week before %(at)s it was.
TOOK = f"""
WITH took AS (
  SELECT v.published_at - r.handed_in_at AS time, v.published_at > %(lately)s AS lately,
    floor(extract(epoch FROM %(at)s - v.published_at) / 604800)::int AS week,
    {WAITED.replace("%(at)s", "v.published_at").format(since="r.handed_in_at", person="v.mentor_id")}
      <= coalesce({OWN.format(column="promise_days", membership="s.membership_id")}, {PROMISE_DAYS}) * interval '1 day'
      AS kept
  FROM projects_review v JOIN projects_round r ON r.id = v.round_id JOIN projects_submission s ON s.id = r.submission_id
  WHERE v.mentor_id = %(mentor)s AND v.state = 'published' AND v.published_at > %(since)s AND v.published_at <= %(at)s
)
SELECT count(*) FILTER (WHERE lately), count(*),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY time) FILTER (WHERE lately),
  percentile_cont(0.8) WITHIN GROUP (ORDER BY time) FILTER (WHERE lately),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY time), percentile_cont(0.8) WITHIN GROUP (ORDER BY time),
  count(*) FILTER (WHERE kept), coalesce((SELECT json_object_agg(week, n) FROM (
    SELECT week, count(*) AS n FROM took GROUP BY week) weeks), '{{}}'::json)
FROM took
"""  # noqa: S608 - only constants of ours are put in
LOAD = """
SELECT
  (SELECT coalesce(sum(load), 0) FROM cohorts_membership
   WHERE person_id = %(mentor)s AND role = 'mentor' AND left_at IS NULL),
  (SELECT coalesce(sum(capacity), 0) FROM cohorts_membership
   WHERE person_id = %(mentor)s AND role = 'mentor' AND left_at IS NULL),
  (SELECT count(*) FROM projects_submission s JOIN cohorts_assignment a ON a.mentee_id = s.membership_id
     AND a.ended_at IS NULL JOIN cohorts_membership m ON m.id = a.mentor_id
   WHERE m.person_id = %(mentor)s AND m.left_at IS NULL AND s.state = 'awaiting_mentor'),
  (SELECT count(*) FROM projects_round
   WHERE claimed_by_id = %(mentor)s AND state = 'waiting' AND claimed_until > %(at)s)
"""


@dataclass(frozen=True)
class Took:
    """How long reviews of some weeks took; the times are None when there were none."""

    reviews: int
    median: timedelta | None
    most: timedelta | None

    @property
    def median_text(self) -> str:
        return span(self.median) if self.median is not None else ""

    @property
    def most_text(self) -> str:
        return span(self.most) if self.most is not None else ""


@dataclass(frozen=True)
class Figures:
    """`weeks`: reviews of each of the last twelve, the oldest first. `ratings` is None while too few have said."""

    lately: Took
    quarter: Took
    kept: int
    weeks: list[int]
    mentees: int
    capacity: int
    waiting: int
    held: int
    said: int
    ratings: dict[str, int] | None
    helped: dict[str, int] | None

    @property
    def bars(self) -> list[dict[str, Any]]:
        """Each week as a bar of a picture 300 wide and 60 high."""
        most = max(self.weeks) or 1
        heights = [round(56 * count / most) for count in self.weeks]
        return [{"x": 25 * week + 2, "y": 60 - height, "height": height} for week, height in enumerate(heights)]


def figures_of(mentor: User, at: datetime | None = None) -> Figures:
    """The figures of `mentor` at `at`, in three queries."""
    now = at or clock.now()
    since = now - timedelta(weeks=WEEKS)
    about: dict[str, Any] = {"mentor": mentor.pk, "at": now, "lately": now - LATELY, "since": since}
    with connection.cursor() as cursor:
        cursor.execute(TOOK, about)
        few, all_of_them, median, most, long_median, long_most, kept, weeks = cursor.fetchone()
        cursor.execute(LOAD, about)
        mentees, capacity, waiting, held = cursor.fetchone()
    said, ratings, helped = helpfulness(mentor)
    return Figures(
        lately=Took(few, median, most),
        quarter=Took(all_of_them, long_median, long_most),
        kept=kept,
        weeks=[weeks.get(str(week), 0) for week in reversed(range(WEEKS))],
        mentees=mentees,
        capacity=capacity,
        waiting=waiting,
        held=held,
        said=said,
        ratings=ratings,
        helped=helped,
    )


def helpfulness(mentor: User) -> tuple[int, dict[str, int] | None, dict[str, int] | None]:
    """How many have said, and, once they are enough, how many said what: sums, never one person's rating."""
    rows = list(Feedback.objects.filter(mentor=mentor).order_by("-pk").values_list("rating", "helped")[:500])
    if len(rows) < ENOUGH_RATINGS:
        return len(rows), None, None
    ratings = {str(label): sum(rating == value for rating, _helped in rows) for value, label in Feedback.Rating.choices}
    helped = {str(label): sum(value in tags for _rating, tags in rows) for value, label in Feedback.Helped.choices}
    return len(rows), ratings, helped
