"""When a mentor has promised to have reviewed: so many days after the hand-in, days away not counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from mentorship.cohorts.models import Away, Membership
from mentorship.cohorts.models.away import today_of
from mentorship.cohorts.models.membership import PROMISE_DAYS
from mentorship.people.models import User

Days = tuple[date, date]  # the first and the last of an absence

# The same in SQL: how long `since` has been at %(at)s without the days on which `person` was away. A round is overdue
# once that is longer than the promise. To be formatted with the columns of the statement around it.
WAITED = """(%(at)s - {since} - coalesce((
  SELECT sum(least((away.last_day + 1)::timestamp AT TIME ZONE gone.timezone, %(at)s)
           - greatest(away.first_day::timestamp AT TIME ZONE gone.timezone, {since}))
  FROM cohorts_away away JOIN people_user gone ON gone.id = away.person_id
  WHERE away.person_id = {person} AND (away.last_day + 1)::timestamp AT TIME ZONE gone.timezone > {since}
    AND away.first_day::timestamp AT TIME ZONE gone.timezone < %(at)s
), interval '0'))"""


def due_at(since: datetime, days: int, away: Iterable[Days], zone: ZoneInfo) -> datetime:
    """The moment until which a promise of `days`, given at `since`, is kept: it stands still while `away`."""
    due = since + timedelta(days=days)
    for first, last in sorted(away):
        begins, ends = midnight(first, zone), midnight(last + timedelta(days=1), zone)
        if begins >= due:
            break
        if ends > since:
            due += ends - max(begins, since)
    return due


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True)
class Promise:
    """What a mentor promises their mentees in one cohort, and when they are not there."""

    mentor: User
    days: int = PROMISE_DAYS
    away: tuple[Days, ...] = ()

    @classmethod
    def of(cls, seat: Membership) -> "Promise":
        """The promise of a mentor's seat, which brings its person along; one query, for the days away."""
        rows = Away.objects.of(seat.person_id).order_by("first_day").values_list("first_day", "last_day")
        return cls(seat.person, seat.promise_days, tuple(rows))

    def due(self, since: datetime) -> datetime:
        return due_at(since, self.days, self.away, self.mentor.zone)

    def away_now(self, at: datetime | None = None) -> Days | None:
        """The absence that is on at `at`."""
        today = today_of(self.mentor, at)
        return next((days for days in self.away if days[0] <= today <= days[1]), None)

    def away_between(self, since: datetime, until: datetime) -> list[Days]:
        """The absences that move what is promised between the two, those that were over before left out."""
        first, last = timezone.localdate(since, self.mentor.zone), timezone.localdate(until, self.mentor.zone)
        return [days for days in self.away if days[1] >= first and days[0] <= last]
