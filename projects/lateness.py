"""Which work waits longer than was promised: the promise is the mentor's, their days away do not count."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, F, Func, Value

from mentorship.cohorts.models.membership import PROMISE_DAYS
from mentorship.cohorts.promise import WAITED, Days, due_at

OWN = """(SELECT m.{column} FROM cohorts_assignment a JOIN cohorts_membership m ON m.id = a.mentor_id
  AND m.left_at IS NULL WHERE a.mentee_id = {membership} AND a.ended_at IS NULL)"""


def late_sql(since: str, membership: str) -> str:
    """Whether what waits `since`, of the mentee's seat `membership`, is late at %(at)s: two columns of a statement."""
    waited = WAITED.format(since=since, person=OWN.format(column="person_id", membership=membership))
    days = OWN.format(column="promise_days", membership=membership)
    return f"coalesce({waited} > coalesce({days}, {PROMISE_DAYS}) * interval '1 day', false)"


class Late(Func):
    """The same as an expression for querysets of submissions."""

    output_field = BooleanField()

    def __init__(self, at: datetime) -> None:
        super().__init__(F("awaiting_mentor_since"), F("membership"), Value(at))

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        since, membership, at = (compiler.compile(part) for part in self.get_source_expressions())
        statement = late_sql(since[0], membership[0])
        count = statement.count("%(at)s")
        return statement.replace("%(at)s", at[0]), list(at[1]) * count


class Promises:
    """The same for rows of a page, in Python: a statement for each row would cost as much as all else of the page."""

    def __init__(self, away: Iterable[list[Any]]) -> None:
        """`away`: mentor, their zone, first and last day as ISO texts."""
        self.away: dict[int, list[Days]] = {}
        self.zones: dict[int, str] = {}
        for mentor, zone, first, last in away:
            self.away.setdefault(mentor, []).append((date.fromisoformat(first), date.fromisoformat(last)))
            self.zones[mentor] = zone

    def broken(self, state: str, since: float, given: tuple[int | None, int | None], at: datetime) -> bool:
        """Whether what waits `since` (seconds since 1970) is late; `given`: its mentor, and the days they promise."""
        mentor, days = given[0], given[1] or PROMISE_DAYS
        if state != "awaiting_mentor" or since + days * 86_400 >= at.timestamp():
            return False  # days away only make it later
        if mentor is None or mentor not in self.away:
            return True
        begun = datetime.fromtimestamp(since, UTC)
        return due_at(begun, days, self.away[mentor], ZoneInfo(self.zones[mentor])) < at
