"""Marking an item, and what follows for everything above it.

One person's marks wait for each other (an advisory lock on the person), so that two ticks at the same moment
neither lose each other nor leave a parent that contradicts its parts. Loading a curriculum waits for all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from mentorship.common import clock
from mentorship.common.errors import Refused
from streams.models import Item, Progress, ProgressChange
from streams.outline import Line, Outline
from streams.states import DONE, IN_PROGRESS, NOT_STARTED

if TYPE_CHECKING:
    from mentorship.people.models import User

# Keys of PostgreSQL's advisory locks: the curriculum as a whole (shared by marks), and one person's progress.
CURRICULUM_LOCK = 7_305_001
PROGRESS_LOCK = 7_305

Cause = ProgressChange.Cause
MENTORS = (Cause.ACCEPTED, Cause.TAKEN_BACK)  # what a mentor decides

LOCK = "SELECT pg_advisory_xact_lock_shared(%s), pg_advisory_xact_lock(%s::int, %s::int)"
WRITE = """
    WITH changed AS (
        SELECT * FROM json_to_recordset(%s::json) AS step (
            person_id bigint, item_id bigint, before text, after text, cause text, at timestamptz)
    ), stored AS (
        INSERT INTO streams_progress (person_id, item_id, state, since)
        SELECT person_id, item_id, after, at FROM changed
        ON CONFLICT (person_id, item_id) DO UPDATE SET state = excluded.state, since = excluded.since
    )
    INSERT INTO streams_progresschange (person_id, item_id, before, after, cause, at)
    SELECT person_id, item_id, before, after, cause, at FROM changed
"""
BATCH = 2000


@transaction.atomic
def mark(item: Item, *, by: User, state: str, at: datetime, cause: str) -> Outline:
    """What `Item.mark` says; returns the stream's outline as it stands afterwards."""
    _check_known(state)
    _lock(by)
    outline = Outline.read(item.stream, by)
    line = outline.line(item.pk)
    if line is None:
        _mark_retired(item, by=by, state=state, at=at, cause=cause)
    else:
        _mark_line(line, by=by, state=state, at=at, cause=cause)
    return outline


@transaction.atomic
def mark_at(
    stream: str, key: str, *, by: User, state: str, at: datetime | None = None, whole: bool = True
) -> tuple[Outline, Line] | None:
    """What `Item.mark` does, for the published item with this key in the stream with that key.

    Three statements: lock, outline, what changes. Returns the outline as it stands afterwards (its `whole`, or the
    item's unit only) and the item's line in it; None, with nothing done, for other items.
    """
    _lock(by)
    outline = Outline.find(stream, by, unit_of="" if whole else key)
    line = outline.line_at(key) if outline else None
    if outline is None or line is None:
        return None
    _check_known(state)
    _mark_line(line, by=by, state=state, at=at or clock.now(), cause=Cause.MARKED)
    return outline, line


class Beginning:
    """Work on `item` goes on: it is in progress, unless it is done already or has left the curriculum.

    Part of the caller's transaction, which holds the person's lock from here on. What it reads is asked for at once
    and used in `write`: in a pipeline the two are sent with what stands between them.
    """

    def __init__(self, item: Item, *, by: User) -> None:
        self.item, self.by = item, by
        _lock(by)
        self.asked = Outline.ask(item, by)

    def write(self, *, at: datetime, cause: str) -> None:
        line = Outline.answered(self.item.stream, self.asked).line(self.item.pk)
        if line is not None and line.state != DONE:
            _mark_line(line, by=self.by, state=IN_PROGRESS, at=at, cause=cause)


def take_back(item: Item, *, by: User, since: datetime, at: datetime | None = None) -> None:
    """Undo an acceptance since `since`: the item is what it was before. Part of the caller's transaction."""
    _lock(by)
    steps = ProgressChange.objects.filter(person=by, item=item, cause=Cause.ACCEPTED, at__gte=since)
    step = steps.order_by("-pk").first()
    if step is not None:
        mark(item, by=by, state=step.before, at=at or clock.now(), cause=Cause.TAKEN_BACK)


def write_changes(changes: Sequence[ProgressChange]) -> None:
    """Store dated changes and the states that they lead to; one query for 2000, none when nothing changes."""
    with connection.cursor() as cursor:
        for start in range(0, len(changes), BATCH):
            rows = [
                {
                    "person_id": step.person_id,
                    "item_id": step.item_id,
                    "before": step.before,
                    "after": step.after,
                    "cause": step.cause,
                    "at": step.at.isoformat(),
                }
                for step in changes[start : start + BATCH]
            ]
            cursor.execute(WRITE, [json.dumps(rows)])


def _lock(person: User) -> None:
    """A statement of its own: what is read after it was committed before it was granted."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [CURRICULUM_LOCK, PROGRESS_LOCK, person.pk % 2**31])


def _check_known(state: str) -> None:
    if state not in Progress.State.values:
        raise Refused("Choose one of: not started, in progress, done.", code="unknown_state")


def _mark_line(line: Line, *, by: User, state: str, at: datetime, cause: str) -> None:
    _check(line, state, cause)
    write_changes(
        [
            ProgressChange(person_id=by.pk, item_id=line.pk, before=before, after=line.state, cause=why, at=at)
            for line, before, why in _steps(line, state, cause)
        ]
    )


def _check(line: Line, state: str, cause: str) -> None:
    if line.is_parent:
        raise Refused("This item follows from its parts. Mark those instead.", code="has_parts")
    if line.kind == Item.Kind.PROJECT and cause not in MENTORS and line.state != state:
        if state == DONE:
            raise Refused(
                "A project is done once your mentor has accepted it. Hand it in first.",
                code="needs_acceptance",
            )
        if line.state == DONE:
            raise Refused("Your mentor has accepted this project, and that stands.", code="accepted")


def _steps(line: Line, state: str, cause: str) -> Iterator[tuple[Line, str, str]]:
    """Set the line's state and go up for as long as parents change; yields (line, state before, cause)."""
    if line.state == state:
        return
    before, line.state = line.state, state
    yield line, before, cause
    above = line.parent
    while above is not None and (following := above.derive()) != above.state:
        before, above.state = above.state, following
        yield above, before, Cause.PARTS
        above = above.parent


def _mark_retired(item: Item, *, by: User, state: str, at: datetime, cause: str) -> None:
    """What left the curriculum takes no marks, except that work handed in before can still be accepted."""
    if cause not in MENTORS:
        raise Refused("This item has left the curriculum.", code="retired")
    before = Progress.objects.filter(person=by, item=item).values_list("state", flat=True).first() or NOT_STARTED
    if before != state:
        write_changes([ProgressChange(person=by, item=item, before=before, after=state, cause=cause, at=at)])
