"""The library as its files state it: plain values, checked, before anything touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class SourceSpec:
    """Who recommends: somebody's article, notes or talk, or the program itself."""

    key: str
    title: str
    author: str
    url: str
    year: int | None
    about: str
    file: str
    line: int


@dataclass(frozen=True)
class ResourceSpec:
    """One thing that a source recommends. `url` is empty where no address is known for certain."""

    key: str
    title: str
    author: str
    url: str
    kind: str
    topic: str
    level: int
    cost: str
    sources: tuple[str, ...]
    about: str
    was: tuple[str, ...]
    file: str
    line: int

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its own address first, then the others under which a source gives it."""
        return (self.url, *self.was) if self.url else self.was


@dataclass(frozen=True)
class StepSpec:
    """One step of a roadmap. `time` is what the source says of it in words, `weeks_*` the same in numbers."""

    key: str
    part: str
    title: str
    about: str
    time: str
    weeks_min: Decimal | None
    weeks_max: Decimal | None
    resources: tuple[str, ...]
    items: tuple[str, ...]
    optional: bool
    line: int


@dataclass(frozen=True)
class RoadmapSpec:
    """A path of one source through the resources, in its order."""

    key: str
    title: str
    source: str
    position: int
    about: str
    time: str
    steps: tuple[StepSpec, ...]
    file: str
    line: int


@dataclass(frozen=True)
class LinkSpec:
    """One address that a source gives: the key of its resource, or why it is none."""

    source: str
    url: str
    resource: str
    reason: str
    file: str
    line: int


@dataclass(frozen=True)
class LibrarySpec:
    sources: tuple[SourceSpec, ...]
    resources: tuple[ResourceSpec, ...]
    roadmaps: tuple[RoadmapSpec, ...]
    links: tuple[LinkSpec, ...]
