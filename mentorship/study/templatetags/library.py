"""`{% load library %}`, then `{% resources_for item %}`: what roadmaps name for an item of the curriculum."""

from typing import Any

from django import template

from mentorship.study.library.models import Resource, StepResource
from mentorship.study.library.rows import host_of
from streams.models import Item

register = template.Library()
SHOWN = 12


@register.inclusion_tag("study/library/_for_item.html")
def resources_for(item: Item) -> dict[str, Any]:
    """The resources of the steps that name `item`, those that members found most useful first; one query."""
    steps = item.roadmap_steps.filter(retired_at=None, roadmap__retired_at=None)
    named = StepResource.objects.filter(step__in=steps).values("resource")
    rows = Resource.objects.listed().filter(pk__in=named).best_first().select_related("link").defer("words")
    shown = [
        {
            "title": row.title,
            "url": row.get_absolute_url(),
            "host": host_of(row.url),
            "kind": row.get_kind_display(),
            "broken": row.link is not None and row.link.is_broken,
        }
        for row in rows[: SHOWN + 1]
    ]
    return {"rows": shown[:SHOWN], "more": len(shown) > SHOWN}
