"""How far somebody is on roadmaps: rings, the current step, and the paths side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.safestring import SafeString

from mentorship.study.library.models import Following, Roadmap, RoadmapStep, StepDone
from streams.rings import ring


@dataclass
class Stage:
    """One step as a person sees it."""

    step: RoadmapStep
    number: int
    done: bool
    current: bool = False

    @property
    def time(self) -> str:
        """What its source says in words, else in weeks."""
        step = self.step
        if step.time or step.weeks_max is None or step.weeks_min is None:
            return step.time
        low, high = plain(step.weeks_min), plain(step.weeks_max)
        return f"{high} week{'' if high == '1' else 's'}" if low == high else f"{low} to {high} weeks"


def plain(number: Decimal) -> str:
    return f"{number:f}".removesuffix(".0")


@dataclass
class Path:
    """One roadmap as a person sees it; `since` is None for who does not follow it."""

    roadmap: Roadmap
    stages: list[Stage]
    since: datetime | None = None
    url: str = field(init=False)

    def __post_init__(self) -> None:
        self.url = self.roadmap.get_absolute_url()
        current = self.current
        if current is not None:
            current.current = True

    @property
    def counted(self) -> list[Stage]:
        """What progress is counted in: required steps, or all where none is."""
        return [stage for stage in self.stages if not stage.step.optional] or self.stages

    @property
    def done(self) -> int:
        return sum(stage.done for stage in self.counted)

    @property
    def required(self) -> int:
        return len(self.counted)

    @property
    def current(self) -> Stage | None:
        """The first step that counts and is not done."""
        return next((stage for stage in self.counted if not stage.done), None)

    @property
    def ring(self) -> SafeString:
        return ring(self.done, self.required, self.roadmap.title)


def paths_of(roadmaps: Any, person: Any) -> list[Path]:
    """`roadmaps` with their steps as `person` sees them: four queries for any number, two for a visitor."""
    steps = Prefetch("steps", RoadmapStep.objects.published().order_by("position", "pk"))
    rows: list[Roadmap] = list(roadmaps.select_related("source").prefetch_related(steps))
    done: set[int] = set()
    since: dict[int, datetime] = {}
    if person.is_authenticated and rows:
        marked = StepDone.objects.filter(person=person.pk, step__roadmap__in=rows)
        done = set(marked.values_list("step_id", flat=True))
        since = dict(Following.objects.filter(person=person.pk, roadmap__in=rows).values_list("roadmap_id", "since"))
    paths = []
    for row in rows:
        stages = [Stage(step, number, step.pk in done) for number, step in enumerate(row.steps.all(), 1)]
        paths.append(Path(row, stages, since.get(row.pk)))
    return paths


def followed_by(person: Any) -> list[Path]:
    """The roadmaps that `person` follows, as they stand."""
    if not person.is_authenticated:
        return []
    return paths_of(Roadmap.objects.published().filter(followers__person=person.pk), person)
