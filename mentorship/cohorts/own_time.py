"""Until when one mentee has time: what is due for everyone, later by their pauses, or longer by an extension.

What is due on a day of a pause or after it is later by the pause's days: days of the mentee's own calendar, at the same
time of the day. Where that leads into another pause, it moves on. More time given before a pause was taken moves with
it; of what is given later the day that was said holds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Func

DAY = timedelta(days=1)

# Earlier pauses have moved it already: each one is compared with the day that the moment has without them. All that
# concern a moment are the first ones in the order of their days, for none begins before the one ahead of it ends.
MOVED = """coalesce((
  SELECT ({moment} AT TIME ZONE max(gone.timezone) + sum(gone.days) * interval '1 day') AT TIME ZONE max(gone.timezone)
  FROM (
    SELECT whose.timezone, pause.returns_on - pause.first_day AS days,
      pause.first_day - coalesce(sum(pause.returns_on - pause.first_day) OVER earlier, 0)::int AS since
    FROM cohorts_pause pause JOIN cohorts_membership seat ON seat.id = pause.membership_id
      JOIN people_user whose ON whose.id = seat.person_id
    WHERE pause.membership_id = {seat} AND pause.returns_on > pause.first_day AND pause.created_at >= {said_at}
    WINDOW earlier AS (ORDER BY pause.first_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  ) gone
  WHERE gone.since <= ({moment} AT TIME ZONE gone.timezone)::date
), {moment})"""
ALWAYS = "'-infinity'"


def moved(moment: str, seat: str, said_at: str = ALWAYS) -> str:
    """SQL for the SQL `moment`, moved by the pauses of `seat` that were taken since `said_at`."""
    return MOVED.format(moment=moment, seat=seat, said_at=said_at)


class Moved(Func):
    """The moment `moment`, moved by the pauses of the membership `seat` that were taken since `said_at`, or by all."""

    output_field = DateTimeField()

    def __init__(self, moment: Any, seat: Any, said_at: str = "") -> None:
        super().__init__(*(F(part) if isinstance(part, str) else part for part in (moment, seat, said_at) if part))

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        moment, seat, *rest = [compiler.compile(part) for part in self.get_source_expressions()]
        said_at = rest[0] if rest else (ALWAYS, [])
        order = [moment, seat, said_at, moment, moment]  # as they stand in the text
        return moved(moment[0], seat[0], said_at[0]), [value for _, params in order for value in params]


@dataclass(frozen=True)
class Why:
    """Why somebody has another time than all the others; false where they have not."""

    extended: bool = False
    pause_days: int = 0  # by how many days their pauses have moved it

    @classmethod
    def of(cls, due_at: datetime, own_at: datetime, until: datetime | None, until_at: datetime | None) -> "Why":
        """`until` is that of the extension that holds, `until_at` the same, moved."""
        extended = until is not None and until_at == own_at and own_at > due_at
        return cls(extended, round((own_at - (until if extended and until else due_at)) / DAY))

    def __bool__(self) -> bool:
        return self.extended or self.pause_days > 0

    def __str__(self) -> str:
        days = f"{self.pause_days} day{'' if self.pause_days == 1 else 's'} later for your pause"
        return ", ".join(text for text in (self.extended * "extended for you", (self.pause_days > 0) * days) if text)
