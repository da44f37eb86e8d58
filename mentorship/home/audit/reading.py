"""The audit by keys: a page costs the same whether it is the first or the last of a million."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q, QuerySet

from mentorship.people.models import Event, User

SIZE = 50
LONGEST_FILE = 10_000
NEWEST, OLDEST = ("-at", "-pk"), ("at", "pk")
# The verbs there are, found by leaping through the index from one to the next.
VERBS = """
WITH RECURSIVE known AS (
    (SELECT verb FROM people_event ORDER BY verb LIMIT 1)
    UNION ALL
    SELECT (SELECT verb FROM people_event WHERE verb > known.verb ORDER BY verb LIMIT 1)
      FROM known WHERE known.verb IS NOT NULL
) SELECT verb FROM known WHERE verb IS NOT NULL
"""


@dataclass(frozen=True)
class Wanted:
    """What is looked for. `person` with `part` 'did', 'to' or '' for both."""

    person: User | None = None
    part: str = ""
    verb: str = ""
    subject: str = ""
    number: int | None = None
    cohort: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def rows(self) -> list[QuerySet[Event]]:
        """One queryset, or two without a common row: those that the person did, and those done to them."""
        rows = Event.objects.select_related("actor", "whom")
        exact = {"verb": self.verb, "subject_type": self.subject, "subject_id": self.number, "cohort_id": self.cohort}
        rows = rows.filter(**{name: value for name, value in exact.items() if value not in (None, "")})
        if self.since:
            rows = rows.filter(at__gte=self.since)
        if self.until:
            rows = rows.filter(at__lt=self.until)
        if self.person is None:
            return [rows]
        did = rows.filter(actor=self.person)
        to = rows.filter(whom=self.person)
        return {"did": [did], "to": [to]}.get(self.part, [did, to])


@dataclass
class Found:
    """Some events, newest first, and the keys of the pages around them ('' where there is none)."""

    rows: list[Event] = field(default_factory=list)
    newer: str = ""
    older: str = ""


def key_of(event: Event) -> str:
    return f"{event.at.astimezone(UTC):%Y%m%dT%H%M%S%f}.{event.pk}"


def read_key(text: str) -> tuple[datetime, int] | None:
    moment, _, pk = text.partition(".")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), int(pk)
    except ValueError:
        return None


def find(wanted: Wanted, before: str = "", after: str = "", size: int = SIZE) -> Found:
    """The page before or after a key, or the newest one."""
    older, newer = read_key(before), read_key(after)
    if newer and not older:
        rows = sliced(wanted, Q(at__gt=newer[0]) | Q(at=newer[0], pk__gt=newer[1]), Q(at__gte=newer[0]), OLDEST, size)
        more = len(rows) > size
        rows = rows[:size][::-1]
        return Found(rows, key_of(rows[0]) if more else "", key_of(rows[-1]) if rows else "")
    condition, bound = Q(), Q()
    if older:
        condition, bound = Q(at__lt=older[0]) | Q(at=older[0], pk__lt=older[1]), Q(at__lte=older[0])
    rows = sliced(wanted, condition, bound, NEWEST, size)
    more, rows = len(rows) > size, rows[:size]
    return Found(rows, key_of(rows[0]) if older and rows else "", key_of(rows[-1]) if more else "")


def sliced(wanted: Wanted, condition: Q, bound: Q, order: tuple[str, str], size: int) -> list[Event]:
    """One more than `size`. `bound` says again, for the index, what follows from `condition`."""
    found = [row for rows in wanted.rows() for row in rows.filter(bound, condition).order_by(*order)[: size + 1]]
    found.sort(key=lambda row: (row.at, row.pk), reverse=order == NEWEST)
    return found[: size + 1]


def every(wanted: Wanted, most: int = LONGEST_FILE) -> Iterator[Event]:
    """All of them, newest first, up to `most`, some hundred at a time."""
    before, given = "", 0
    while given < most:
        found = find(wanted, before, size=min(500, most - given))
        yield from found.rows
        given, before = given + len(found.rows), found.older
        if not before:
            return


def verbs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(VERBS)
        return [verb for (verb,) in cursor.fetchall()]


def day_begins(day: Any, zone: ZoneInfo, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time.min, zone)
