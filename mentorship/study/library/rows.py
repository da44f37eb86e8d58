"""Resources as lists show them: values prepared here, so that the templates' loops stay lean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from mentorship.common.times import time_html
from mentorship.study.library.choices import LEVELS
from mentorship.study.library.models import Annotation, LinkCheck, ListEntry, Resource


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def rating_text(resource: Resource) -> str:
    """'4.3 of 5, 12 ratings', or ''."""
    count, mean = resource.rating_count, resource.mean
    return f"{mean:.1f} of 5, {count} rating{'' if count == 1 else 's'}" if mean is not None else ""


def resource_rows(resources: Iterable[Resource], person: Any) -> list[dict[str, Any]]:
    """Rows of resources whose `sources` and `link` are at hand; with where each stands on the list of `person`."""
    found = list(resources)
    states = states_of(found, person)
    return [
        {
            "title": row.title,
            "url": row.get_absolute_url(),
            "author": row.author,
            "host": host_of(row.url),
            "about": row.about,
            "facts": " · ".join([row.get_kind_display(), row.get_topic_display(), LEVELS[row.level]]),
            "cost": row.get_cost_display(),
            "free": row.cost == "free",
            "rating": rating_text(row),
            "sources": ", ".join(source.title for source in row.sources.all() if source.retired_at is None),
            "broken": row.link is not None and row.link.is_broken,
            "listed": states.get(row.pk, ""),
        }
        for row in found
    ]


def states_of(resources: list[Resource], person: Any) -> dict[int, str]:
    """'To read' and so on, by the id of the resource."""
    if not person.is_authenticated or not resources:
        return {}
    names = dict(ListEntry.State.choices)
    rows = ListEntry.objects.visible_to(person).filter(resource__in=resources)
    return {pk: names[state] for pk, state in rows.values_list("resource_id", "state")}


def with_parts(rows: Any) -> Any:
    """What `resource_rows` reads of each, in two queries for all."""
    return rows.select_related("link").defer("words").prefetch_related("sources")


def link_row(link: LinkCheck | None, now: Any) -> dict[str, Any]:
    """What is to be said of an address."""
    if link is None or not link.looked_at:
        return {}
    said = {"broken": link.is_broken, "looked": time_html(link.looked_at, now), "why": ""}
    if link.is_broken:
        said |= {"why": link.said, "alive": time_html(link.alive_at, now)}
    elif link.state != LinkCheck.State.ALIVE:
        said["why"] = link.said
    return said


def annotation_rows(annotations: Iterable[Annotation], person: Any, now: Any) -> list[dict[str, Any]]:
    """Notes with what `person` may do with each; their `author` and `resource` at hand."""
    return [
        {
            "pk": row.pk,
            "name": row.author.name,
            "time": time_html(row.created_at, now),
            "edited": row.version > 1,
            "html": row.html,
            "hidden": row.hidden_because,
            "resource": row.resource.title,
            "url": row.get_absolute_url(),
            "verbs": row.verbs_of(person),
        }
        for row in annotations
    ]
