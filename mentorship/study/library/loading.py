"""Bring sources, resources and roadmaps to what the library's files state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mentorship.study.library.addresses import same_address
from mentorship.study.library.models import (
    LinkCheck,
    Resource,
    Roadmap,
    RoadmapStep,
    Source,
    StepResource,
)
from mentorship.study.library.spec import LibrarySpec, ResourceSpec, RoadmapSpec, StepSpec
from streams.loading.sync import Change, put, retire
from streams.models import Item

LOCK = 7_305_002  # of PostgreSQL's advisory locks: one load at a time
PLAIN = ("title", "author", "url", "kind", "topic", "level", "cost", "about")


@transaction.atomic
def apply_library(spec: LibrarySpec, *, at: datetime) -> list[Change]:
    """Make the database state what `spec` states; returns what changed, nothing when nothing does.

    A key is forever: what the files no longer hold is retired, never deleted, and keeps its ratings and places on
    lists. What members suggested stays as it is, until a file names its address: then it is the file's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    changes = [
        *retire("source", Source.objects.all(), [row.key for row in spec.sources], at),
        *retire("resource", Resource.objects.filter(loaded=True), [row.key for row in spec.resources], at),
        *retire("roadmap", Roadmap.objects.all(), [row.key for row in spec.roadmaps], at),
    ]
    sources, found = _put_sources(spec)
    changes += found
    resources, found = _put_resources(spec, sources, at)
    changes += found
    for roadmap in spec.roadmaps:
        changes += _put_roadmap(roadmap, sources, resources, at)
    keep_links()
    return changes


def keep_links() -> None:
    """A row for each address that the library or the curriculum shows; the rest is not looked at any more."""
    shown = {row.pk: row.url for row in Resource.objects.listed().exclude(url="").only("url")}
    items = Item.objects.published().exclude(url="").values_list("url", flat=True)
    links = LinkCheck.keep([*shown.values(), *items])
    rows = [
        row for row in Resource.objects.filter(pk__in=shown).only("url", "link") if row.link_id != links[row.url].pk
    ]
    for row in rows:
        row.link = links[row.url]
    Resource.objects.bulk_update(rows, ["link"], batch_size=500)
    wanted = [row.pk for row in links.values()]
    LinkCheck.objects.filter(wanted=True).exclude(pk__in=wanted).update(wanted=False)
    LinkCheck.objects.filter(wanted=False, pk__in=wanted).update(wanted=True)


def _put_sources(spec: LibrarySpec) -> tuple[dict[str, Source], list[Change]]:
    rows, changes = {row.key: row for row in Source.objects.all()}, []
    for source in spec.sources:
        values = {name: getattr(source, name) for name in ("title", "author", "url", "year", "about")}
        rows[source.key], found = put("source", Source, rows.get(source.key), source.key, values)
        changes += found
    return rows, changes


def _put_resources(
    spec: LibrarySpec, sources: dict[str, Source], at: datetime
) -> tuple[dict[str, Resource], list[Change]]:
    rows = {row.key: row for row in Resource.objects.prefetch_related("sources")}
    _free_addresses(spec, rows, at)
    waiting = [row for row in rows.values() if not row.loaded and row.state != Resource.State.REFUSED]
    suggested = {row.address: row for row in waiting if row.address}
    changes: list[Change] = []
    for resource in spec.resources:
        values = _values(resource)
        row = rows.get(resource.key)
        if row is None and (row := suggested.get(values["address"])):
            # Somebody suggested what the file names now: the same row, so that its ratings stay.
            values["key"] = resource.key
        row, found = put("resource", Resource, row, resource.key, values)
        rows[resource.key] = row
        wanted = {sources[key].pk for key in resource.sources}
        if {source.pk for source in row.sources.all()} != wanted:
            row.sources.set(wanted)
            found = found or [Change("changed", "resource", row.key, ("sources",))]
        changes += found
    return rows, changes


def _free_addresses(spec: LibrarySpec, rows: dict[str, Resource], at: datetime) -> None:
    """Take addresses from rows that get another one, so that two can swap theirs.

    What was suggested under an address that a loaded resource moves to is that resource now, and leaves the library.
    """
    wanted = {same_address(resource.url): resource.key for resource in spec.resources if resource.url}
    for row in rows.values():
        key = wanted.get(row.address, row.key)
        if key == row.key or not row.address or row.state == Resource.State.REFUSED:
            continue
        if row.loaded or (key in rows and rows[key].loaded):
            row.address = ""
            row.retired_at = row.retired_at if row.loaded else at
            row.save(update_fields=["address", "retired_at"])


def _values(spec: ResourceSpec) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(spec, name) for name in PLAIN}
    values["address"] = same_address(spec.url) if spec.url else ""
    values["was"] = sorted({same_address(url) for url in spec.was} - {values["address"]})
    return values | {"loaded": True, "state": Resource.State.LISTED}


def _put_roadmap(
    spec: RoadmapSpec, sources: dict[str, Source], resources: dict[str, Resource], at: datetime
) -> Iterator[Change]:
    values = {name: getattr(spec, name) for name in ("title", "position", "about", "time")}
    values["source_id"] = sources[spec.source].pk
    roadmap, found = put("roadmap", Roadmap, Roadmap.objects.filter(key=spec.key).first(), spec.key, values)
    yield from found
    rows = {row.key: row for row in roadmap.steps.prefetch_related("named", "items")}
    yield from retire("step", rows.values(), [step.key for step in spec.steps], at)
    fields = ("part", "title", "about", "time", "weeks_min", "weeks_max", "optional")
    for position, step in enumerate(spec.steps):
        values = {name: getattr(step, name) for name in fields} | {"position": position, "roadmap_id": roadmap.pk}
        row, found = put("step", RoadmapStep, rows.get(step.key), step.key, values)
        if _name_in(row, step, resources):
            found = found or [Change("changed", "step", step.key, ("resources",))]
        yield from found


def _name_in(row: RoadmapStep, step: StepSpec, resources: dict[str, Resource]) -> bool:
    """What the step names: resources in its order, and items. Whether that is new."""
    wanted = list(dict.fromkeys(resources[key].pk for key in step.resources))
    changed = [named.resource_id for named in row.named.all()] != wanted
    if changed:
        row.named.all().delete()
        StepResource.objects.bulk_create(
            StepResource(step=row, resource_id=pk, position=place) for place, pk in enumerate(wanted)
        )
    items = set(Item.objects.filter(key__in=step.items).values_list("pk", flat=True)) if step.items else set()
    if {item.pk for item in row.items.all()} != items:
        row.items.set(items)
        changed = True
    return changed
