"""Bring streams, units and items to what the files state, and people's progress along with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import F

from streams.loading.carry import carry_progress, published_leaves
from streams.loading.spec import ItemSpec, StreamSpec
from streams.loading.sync import Change, put, retire
from streams.marking import CURRICULUM_LOCK
from streams.models import Item, Stream, Unit


@transaction.atomic
def apply_streams(specs: list[StreamSpec], *, at: datetime) -> list[Change]:
    """Make the database state what `specs` state; returns what changed, nothing when nothing does.

    What the specs no longer hold is retired, never deleted. One load at a time; marks wait until it is through.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CURRICULUM_LOCK])
    leaves_before = published_leaves()
    changes = [
        *retire("item", Item.objects.all(), [item.key for spec in specs for item in spec.items()], at),
        *retire("unit", Unit.objects.all(), [unit.key for spec in specs for unit in spec.units], at),
        *retire("stream", Stream.objects.all(), [spec.key for spec in specs], at),
    ]
    _free_numbers(specs)
    rows = {model: {row.key: row for row in model.objects.all()} for model in (Stream, Unit, Item)}
    for spec in specs:
        changes += _put_stream(spec, rows)
    if changes:
        carry_progress(leaves_before, at=at)
    return changes


def _free_numbers(specs: list[StreamSpec]) -> None:
    """Move streams that get another number out of the way, so that two can swap theirs."""
    for spec in specs:
        Stream.objects.filter(key=spec.key).exclude(number=spec.number).update(number=F("number") + 1000)


def _put_stream(spec: StreamSpec, rows: dict[Any, dict[str, Any]]) -> Iterator[Change]:
    fields = ("number", "title", "tagline", "summary", "audience")
    values = {name: getattr(spec, name) for name in fields}
    stream, changes = put("stream", Stream, rows[Stream].get(spec.key), spec.key, values)
    yield from changes
    units: dict[str, Unit] = {}
    for position, unit in enumerate(spec.units):
        values = {"stream_id": stream.pk, "title": unit.title, "summary": unit.summary, "position": position}
        units[unit.key], changes = put("unit", Unit, rows[Unit].get(unit.key), unit.key, values)
        yield from changes
    placed: dict[str, Item] = {}
    for position, place in enumerate(_places(spec)):
        values = _item_values(place) | {
            "stream_id": stream.pk,
            "unit_id": units[place.unit].pk,
            "parent_id": placed[place.parent].pk if place.parent else None,
            "position": position,
        }
        key = place.item.key
        placed[key], changes = put("item", Item, rows[Item].get(key), key, values)
        yield from changes


class _Place(NamedTuple):
    item: ItemSpec
    unit: str
    parent: str
    depth: int
    required: bool  # by itself and by everything above it


def _places(spec: StreamSpec) -> Iterator[_Place]:
    """Every item of the stream in reading order, parents before their parts."""

    def below(items: tuple[ItemSpec, ...], unit: str, parent: str, depth: int, required: bool) -> Iterator[_Place]:
        for item in items:
            yield _Place(item, unit, parent, depth, required and not item.optional)
            yield from below(item.items, unit, item.key, depth + 1, required and not item.optional)

    for unit in spec.units:
        yield from below(unit.items, unit.key, "", 0, True)


def _item_values(place: _Place) -> dict[str, Any]:
    item = place.item
    hours, estimate = item.hours, item.estimate
    if item.project:
        hours, estimate = item.project.hours_each, "program" if item.project.hours_each else ""
    return {
        "kind": item.kind,
        "title": item.title,
        "summary": item.summary,
        "note": item.note,
        "url": item.url,
        "hours": hours or Decimal(0),
        "estimate": estimate,
        "optional": item.optional,
        "counts": place.required and not item.items,
        "depth": place.depth,
    }
