"""A small library, made by hand."""

from mentorship.study.library.addresses import same_address
from mentorship.study.library.models import (
    Annotation,
    LinkCheck,
    ListEntry,
    Resource,
    Roadmap,
    RoadmapStep,
    Source,
    StepResource,
)
from tests.factory import count


def make_source(**fields) -> Source:
    number = next(count)
    return Source.objects.create(**{"key": f"source-{number}", "title": f"Source {number}", "author": "Ana"} | fields)


def make_resource(**fields) -> Resource:
    """A listed resource with one source and an address that is looked at."""
    number = next(count)
    url = fields.get("url", f"https://host-{number}.test/book")
    fields = {
        "key": f"resource-{number}", "title": f"Resource {number}", "url": url, "address": same_address(url),
        "kind": "book", "topic": "classical", "link": LinkCheck.keep([url])[url],
    } | fields  # fmt: skip
    row = Resource.objects.create(**fields)
    row.sources.add(make_source())
    return row


def make_roadmap(*resources: Resource, steps: int = 3, **fields) -> Roadmap:
    """A roadmap of three steps, the last one optional; its first names `resources`."""
    number = next(count)
    fields = {"key": f"roadmap-{number}", "title": f"Roadmap {number}", "position": number % 1000} | fields
    row = Roadmap.objects.create(source=make_source(), **fields)
    for place in range(steps):
        step = RoadmapStep.objects.create(
            roadmap=row, key=f"step-{place}", title=f"Step {place}", position=place, optional=place == steps - 1
        )
        if not place:
            for position, resource in enumerate(resources):
                StepResource.objects.create(step=step, resource=resource, position=position)
    return row


def furnish(w) -> None:
    """What the access table speaks of."""
    w.resource = make_resource()
    w.roadmap = make_roadmap(w.resource)
    w.step = w.roadmap.steps.first()
    ListEntry.put(w.resource, by=w.people["mentee"])
    said = {"kind": "book", "topic": "data", "level": 1, "cost": "free", "about": "It helped."}
    w.suggested = Resource.suggest(by=w.people["mentee"], url="https://new.test/", title="New", **said)
    by = {"by": w.people["mentee"]}
    w.annotation = Annotation.write(w.resource, text="Begin with chapter 3.", **by)
    w.reported_annotation = Annotation.write(w.resource, text="Buy here.", **by)
    w.reported_annotation.report(by=w.people["mentor"])
    w.hidden_annotation = Annotation.write(w.resource, text="Off topic.", **by)
    w.hidden_annotation.hide(by=w.people["admin"], reason="Off topic")
