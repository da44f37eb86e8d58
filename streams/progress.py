"""How far people are, in a number of queries that does not grow with people or items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import DateTimeField, OuterRef, Subquery

from streams.models import Item, Progress, ProgressChange, Stream
from streams.outline import Tally
from streams.states import DONE

if TYPE_CHECKING:
    from mentorship.people.models import User


@dataclass(frozen=True)
class StreamProgress(Tally):
    """A tally, and the first required item that is not done (None: all are)."""

    next_item: Item | None


def progress_of(person: User, stream: Stream) -> StreamProgress:
    """One person's progress on one stream; two queries."""
    return progress_of_many([person], stream)[person.pk]


def next_item(person: User, stream: Stream) -> Item | None:
    """The first required item, in reading order, that the person has not done; None when all are done."""
    done = Progress.objects.filter(person=person, state=DONE, item__stream=stream).values("item")
    return Item.objects.published().counted().filter(stream=stream).exclude(pk__in=done).order_by("position").first()


def progress_of_many(people: Iterable[User | int], stream: Stream) -> dict[int, StreamProgress]:
    """The progress of people (or their ids) on a stream, by id; two queries for any number of people."""
    ids = [person if isinstance(person, int) else person.pk for person in people]
    items = _counted([stream.pk])[stream.pk]
    done = _done(ids, [stream.pk])
    return {pk: _progress(stream, items, done.get((pk, stream.pk), frozenset())) for pk in ids}


def progress_by_stream(person: User, streams: Iterable[Stream]) -> dict[int, StreamProgress]:
    """One person's progress on each of the streams, by stream id; two queries."""
    streams = list(streams)
    ids = [stream.pk for stream in streams]
    items, done = _counted(ids), _done([person.pk], ids)
    return {
        stream.pk: _progress(stream, items[stream.pk], done.get((person.pk, stream.pk), frozenset()))
        for stream in streams
    }


def last_progress_at(person: str = "pk", stream: str | None = None) -> Subquery:
    """When a person last moved, for annotating a queryset: `memberships.annotate(at=last_progress_at("person"))`.

    `person` and `stream` name the outer columns that hold the ids; without `stream`, progress anywhere counts. What
    a change of the curriculum did to somebody's states is not their doing and does not count.
    """
    changes = ProgressChange.objects.filter(person=OuterRef(person)).exclude(cause=ProgressChange.Cause.CURRICULUM)
    if stream:
        changes = changes.filter(item__stream=OuterRef(stream))
    return Subquery(changes.order_by("-at").values("at")[:1], output_field=DateTimeField(null=True))


def _counted(stream_ids: list[int]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    fields = ("key", "kind", "title", "hours", "stream_id")
    items = Item.objects.published().counted().filter(stream__in=stream_ids)
    for item in items.order_by("position").only(*fields):
        found[item.stream_id].append(item)
    return found


def _done(person_ids: list[int], stream_ids: list[int]) -> dict[tuple[int, int], frozenset[int]]:
    rows: Any = (
        Progress.objects.filter(person__in=person_ids, state=DONE, item__stream__in=stream_ids)
        .values_list("person_id", "item__stream_id")
        .annotate(ids=ArrayAgg("item_id"))
        .order_by()
    )
    return {(person, stream): frozenset(ids) for person, stream, ids in rows}


def _progress(stream: Stream, items: list[Item], done: frozenset[int]) -> StreamProgress:
    left = [item for item in items if item.pk not in done]
    first = left[0] if left else None
    if first is not None:
        first.stream = stream  # so that its address needs no further query
    return StreamProgress(
        done=len(items) - len(left),
        required=len(items),
        hours_left=sum((item.hours for item in left), Decimal(0)),
        hours=sum((item.hours for item in items), Decimal(0)),
        next_item=first,
    )
