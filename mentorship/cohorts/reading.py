"""A cohort as one person sees it, in two statements by hand: building them as querysets took its page 4 ms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from mentorship.cohorts.models import Application, Cohort, Membership
from mentorship.common import clock
from streams.models import Stream

COHORT = [field.attname for field in Cohort._meta.concrete_fields]
STREAM = [field.attname for field in Stream._meta.concrete_fields]
SEAT = ["id", "cohort_id", "person_id", "role", "capacity", "shown", "reviews_applications"]
ASKED = ["id", "state"]
MEETINGS = 3


def _columns(table: str, names: list[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


# The rule of CohortQuerySet.visible_to; tests/cohorts/test_reading.py holds them together.
SEEN = f"""
    SELECT {_columns("cohort", COHORT)}, {_columns("stream", STREAM)},
           {_columns("mine", SEAT)}, {_columns("asked", ASKED)},
           CASE WHEN %(admin)s OR mine.id IS NOT NULL THEN (
               SELECT json_agg(json_build_array(next.id, next.title, next.starts_at) ORDER BY next.starts_at, next.id)
                 FROM (SELECT id, title, starts_at FROM cohorts_meeting
                        WHERE cohort_id = cohort.id AND cancelled_at IS NULL AND starts_at >= %(now)s
                        ORDER BY starts_at, id LIMIT {MEETINGS}) AS next)
           END,
           mine.id IS NOT NULL AND EXISTS (
               SELECT FROM cohorts_charter AS charter
                WHERE charter.cohort_id = cohort.id
                  AND NOT EXISTS (SELECT FROM cohorts_charter AS newer
                                   WHERE newer.cohort_id = cohort.id AND newer.version > charter.version)
                  AND NOT EXISTS (SELECT FROM cohorts_charteracceptance AS yes
                                   WHERE yes.charter_id = charter.id AND yes.person_id = %(reader)s))
      FROM cohorts_cohort AS cohort
      JOIN streams_stream AS stream ON stream.id = cohort.stream_id
      LEFT JOIN LATERAL (SELECT * FROM cohorts_membership AS seat
                          WHERE seat.cohort_id = cohort.id AND seat.person_id = %(reader)s AND seat.left_at IS NULL
                          ORDER BY seat.id LIMIT 1) AS mine ON true
      LEFT JOIN LATERAL (SELECT * FROM cohorts_application AS application
                          WHERE application.cohort_id = cohort.id AND application.person_id = %(reader)s
                          ORDER BY application.id DESC LIMIT 1) AS asked ON true
     WHERE cohort.slug = %(slug)s
       AND (%(admin)s OR (cohort.state = 'open' AND (cohort.clock_ahead IS NULL OR %(reader)s <> 0))
            OR (cohort.state <> 'draft' AND (mine.id IS NOT NULL OR EXISTS (
               SELECT FROM cohorts_application AS live
                WHERE live.cohort_id = cohort.id AND live.person_id = %(reader)s
                  AND live.state IN ('submitted', 'waitlisted', 'accepted')))))
"""  # noqa: S608 - names of our own
# Who is there, by name; `with_me`: one is the other's mentor.
ROSTER = """
    WITH me AS (SELECT id FROM cohorts_membership
                 WHERE cohort_id = %(cohort)s AND person_id = %(reader)s AND left_at IS NULL)
    SELECT seat.role, person.id, person.name, person.handle, person.visibility,
           seat.id IN (SELECT pair.mentor_id FROM cohorts_assignment AS pair JOIN me ON me.id = pair.mentee_id
                        WHERE pair.ended_at IS NULL
                        UNION ALL
                       SELECT pair.mentee_id FROM cohorts_assignment AS pair JOIN me ON me.id = pair.mentor_id
                        WHERE pair.ended_at IS NULL) AS with_me
      FROM cohorts_membership AS seat
      JOIN people_user AS person ON person.id = seat.person_id
     WHERE seat.cohort_id = %(cohort)s AND seat.left_at IS NULL
     ORDER BY person.name, seat.id
"""


@dataclass
class Seen:
    """A cohort with its stream; the reader's active membership and latest application; for members what is next.

    `charter_due`: a member has not accepted the charter that holds now.
    """

    cohort: Cohort
    mine: Membership | None
    asked: Application | None
    meetings: list[tuple[int, str, datetime]]
    charter_due: bool = False


def seen(slug: str, reader: Any, at: datetime | None = None) -> Seen | None:
    """The cohort at `slug`, or None where there is none that `reader` may see; one query."""
    signed_in = reader.is_authenticated
    params = {
        "slug": slug, "now": at or clock.now(),
        "reader": reader.pk if signed_in else 0, "admin": bool(signed_in and reader.is_admin),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SEEN, params)
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)

    def read(model: type[Any], names: list[str]) -> Any:
        own = [next(values) for _ in names]
        return model.from_db(connection.alias, names, own) if own[0] is not None else None

    cohort, stream = read(Cohort, COHORT), read(Stream, STREAM)
    cohort.stream = stream
    mine, asked = read(Membership, SEAT), read(Application, ASKED)
    meetings = [(pk, title, datetime.fromisoformat(moment)) for pk, title, moment in next(values) or []]
    return Seen(cohort, mine, asked, meetings, charter_due=next(values))


def roster(cohort: Cohort, reader: Any) -> list[tuple[str, int, str, str, str, bool]]:
    """Every active member of a cohort that `reader` belongs to or administers; one query.

    By name: role, the person's id, name, handle and visibility, and whether one of the two mentors the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(ROSTER, {"cohort": cohort.pk, "reader": reader.pk})
        return cursor.fetchall()
