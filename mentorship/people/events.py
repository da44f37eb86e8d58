"""The one way in which history is written."""

import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from mentorship.common.pipeline import Asked
from mentorship.people.models import Event, User

# By hand, since every verb does it, some of them in the middle of a pipeline.
APPEND = """
INSERT INTO people_event (at, actor_id, verb, subject_type, subject_id, detail) VALUES (%s, %s, %s, %s, %s, %s::jsonb)
RETURNING id
"""


def record(
    *,
    actor: User | None,
    verb: str,
    subject: models.Model,
    detail: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Event:
    """Append that `actor` (None: the program itself) did `verb` to `subject`, in the caller's transaction."""
    event, asked = _append(actor, verb, subject, detail or {}, at or timezone.now())
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
    text = json.dumps(detail, cls=DjangoJSONEncoder)
    return event, Asked(APPEND, [at, event.actor_id, verb, label, subject.pk, text])
