"""Carry people's progress over to a changed curriculum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from streams.marking import write_changes
from streams.models import Item, Progress, ProgressChange, Stream
from streams.outline import Line, Outline
from streams.states import NOT_STARTED


def published_leaves() -> set[int]:
    """Ids of the published items that have no published parts."""
    items = Item.objects.published()
    parents = items.filter(parent__isnull=False).values("parent")
    return set(items.exclude(pk__in=parents).values_list("pk", flat=True))


def carry_progress(leaves_before: set[int], *, at: datetime) -> None:
    """Make everyone's states fit the curriculum as it stands now, each difference with a dated row.

    The parts of an item that was a leaf before take over what people had on it: who had done the whole has done its
    parts. (Not the projects among them: those take an acceptance.) Then each parent is derived anew from its parts.
    The caller holds the curriculum's lock, so that no mark runs meanwhile.
    """
    for stream in Stream.objects.published():
        outline = Outline.read(stream)
        people: dict[int, dict[int, str]] = defaultdict(dict)
        rows = Progress.objects.filter(item__stream=stream).values_list("person_id", "item_id", "state")
        for person_id, item_id, state in rows.iterator():
            people[person_id][item_id] = state
        changes: list[ProgressChange] = []
        for person_id, states in people.items():
            for line in outline.lines:
                line.state = states.get(line.pk, NOT_STARTED)
            for line, before in _carried(outline, states, leaves_before):
                changes.append(
                    ProgressChange(
                        person_id=person_id,
                        item_id=line.pk,
                        before=before,
                        after=line.state,
                        cause=ProgressChange.Cause.CURRICULUM,
                        at=at,
                    )
                )
        write_changes(changes)


def _carried(outline: Outline, states: dict[int, str], leaves_before: set[int]) -> Iterator[tuple[Line, str]]:
    """Set the states that follow, on the outline of one person; yields each line that changed and its state before."""
    for line in outline.lines:
        if line.is_parent and line.pk in leaves_before and line.state != NOT_STARTED:
            for part in line.walk():
                if not part.is_parent and part.pk not in states and part.kind != Item.Kind.PROJECT:
                    part.state = line.state
                    yield part, NOT_STARTED
    for line in reversed(outline.lines):
        before, line.state = line.state, line.derive()
        if before != line.state:
            yield line, before
