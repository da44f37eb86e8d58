"""What is left of a stream for one person, in minutes."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery, Sum

from mentorship.study.models import StudyEntry
from streams.models import Item, Progress

LAST_BIT = 10  # one part of so many is left of what took longer than it should and is not done


@dataclass(frozen=True)
class Left:
    """What one required item still takes."""

    item: int
    position: int
    minutes: int


def left_by_stream(person: Any, streams: Collection[int]) -> dict[int, list[Left]]:
    """The required items of each stream that `person` has not done, in reading order; one query.

    What is in progress counts by the minutes that were logged on it, half where none were.
    """
    own = FilteredRelation("progress", condition=Q(progress__person=person.pk))
    logged = StudyEntry.objects.filter(person=person.pk, item=OuterRef("pk")).order_by().values("item")
    rows = (
        Item.objects.published()
        .counted()
        .filter(stream__in=streams)
        .annotate(own=own, state=F("own__state"), logged=Subquery(logged.annotate(sum=Sum("minutes")).values("sum")))
        .filter(Q(state=None) | ~Q(state=Progress.State.DONE))
        .order_by("position")
    )
    found: dict[int, list[Left]] = {pk: [] for pk in streams}
    for stream, pk, position, hours, state, spent in rows.values_list(
        "stream", "pk", "position", "hours", "state", "logged"
    ):
        found[stream].append(Left(pk, position, minutes_left(round(60 * hours), state, spent or 0)))
    return found


def minutes_left(whole: int, state: str | None, logged: int) -> int:
    if state != Progress.State.IN_PROGRESS:
        return whole
    return max(whole - logged, whole // LAST_BIT) if logged else whole // 2
