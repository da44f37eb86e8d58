"""How long a mentee's pauses have held up the time that something has waited for them, in SQL."""

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, DurationField, F, Func, OuterRef, Q, Value
from django.db.models import Exists as ExistsIn

from mentorship.cohorts.models import Pause

# Days of the mentee's own calendar: from the midnight before the first to that before the return.
STOOD_STILL = """coalesce((
  SELECT sum(least(pause.returns_on::timestamp AT TIME ZONE gone.timezone, {at})
           - greatest(pause.first_day::timestamp AT TIME ZONE gone.timezone, {since}))
  FROM cohorts_pause pause JOIN cohorts_membership seat ON seat.id = pause.membership_id
    JOIN people_user gone ON gone.id = seat.person_id
  WHERE pause.membership_id = {membership}
    AND pause.returns_on::timestamp AT TIME ZONE gone.timezone > {since}
    AND pause.first_day::timestamp AT TIME ZONE gone.timezone < {at}
), interval '0')"""


class StoodStill(Func):
    """How much of the time between the column `since` and `at` the mentee of `membership` was on a pause."""

    output_field = DurationField()

    def __init__(self, membership: str, since: str, at: datetime) -> None:
        super().__init__(F(membership), F(since), Value(at, output_field=DateTimeField()))

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = dict(zip(["membership", "since", "at"], self.get_source_expressions(), strict=True))
        compiled = {name: compiler.compile(part) for name, part in parts.items()}
        order = ["at", "since", "membership", "since", "at"]  # as they stand in the text
        params = [value for name in order for value in compiled[name][1]]
        return STOOD_STILL.format(**{name: sql for name, (sql, _) in compiled.items()}), params


def on_pause(membership: str, at: datetime) -> Q:
    """Whether the mentee whose seat's key stands in the column `membership` is on a pause at `at`."""
    return Q(ExistsIn(Pause.objects.active_at(at).filter(membership=OuterRef(membership))))
