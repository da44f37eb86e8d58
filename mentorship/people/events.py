"""The one way in which history is written."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from mentorship.common import clock
from mentorship.common.pipeline import Asked
from mentorship.people.models import Event, User

# By hand, since every verb does it, some of them in the middle of a pipeline.
APPEND = """
INSERT INTO people_event (at, actor_id, verb, subject_type, subject_id, detail, whom_id, cohort_id)
VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s, %s) RETURNING id
"""
# Whom a row is about: the fields that say it, and the rows that may know where the subject does not.
WHOM = ("person_id", "author_id")
WAYS = ("mentee", "membership", "submission", "round", "review", "assignment", "application", "of", "group", "cohort")
DEEPEST = 3


def record(
    *,
    actor: User | None,
    verb: str,
    subject: models.Model,
    detail: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Event:
    """Append that `actor` (None: the program itself) did `verb` to `subject`, in the caller's transaction."""
    event, asked = _append(actor, verb, subject, detail or {}, at or clock.now())
    event.pk = asked.rows()[0][0]
    event._state.adding, event._state.db = False, connection.alias
    return event


def record_unread(
    *, actor: User | None, verb: str, subject: models.Model, detail: dict[str, Any] | None = None, at: datetime
) -> None:
    """As `record`, for who needs no `Event`: in a pipeline it is not waited for."""
    _event, asked = _append(actor, verb, subject, detail or {}, at)
    asked.leave()


def _append(
    actor: User | None, verb: str, subject: models.Model, detail: dict[str, Any], at: datetime
) -> tuple[Event, Asked]:
    label = subject._meta.label_lower
    event = Event(at=at, actor=actor, verb=verb, subject_type=label, subject_id=subject.pk, detail=detail)
    event.whom_id, event.cohort_id = whom_of(subject, event.actor_id), cohort_of(subject)
    text = json.dumps(detail, cls=DjangoJSONEncoder)
    return event, Asked(APPEND, [at, event.actor_id, verb, label, subject.pk, text, event.whom_id, event.cohort_id])


def whom_of(subject: models.Model, actor: int | None) -> int | None:
    """The person `subject` is about, if that is not who acts: its own, or that of the nearest row it came with."""
    for row in near(subject):
        said = (getattr(row, name, None) for name in WHOM)
        found = row.pk if isinstance(row, User) else next((pk for pk in said if pk), None)
        if found is not None:
            return found if found != actor else None
    return None


def cohort_of(subject: models.Model) -> int | None:
    """The cohort that `subject` belongs to or is."""
    for row in near(subject):
        found = row.pk if row._meta.label_lower == "cohorts.cohort" else getattr(row, "cohort_id", None)
        if found is not None:
            return found
    return None


def near(subject: models.Model) -> Iterator[models.Model]:
    """`subject`, then the rows it leads to, the nearest first. Only those in memory: history asks nothing."""
    level = [subject]
    for _ in range(DEEPEST + 1):
        yield from level
        kept = [row._state.fields_cache for row in level]
        level = [cache[way] for cache in kept for way in WAYS if isinstance(cache.get(way), models.Model)]
