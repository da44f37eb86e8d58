"""The curriculum as the files state it: plain values, checked, before anything touches the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class CriterionSpec:
    """One question that the work on a project must answer."""

    key: str
    question: str
    guidance: str
    source: str  # 'program' or 'ours'
    line: int


@dataclass(frozen=True)
class ProjectSpec:
    """The brief of a project. After reading, `criteria` holds those of `criteria_from` as well, first."""

    key: str
    label: str
    focus: str
    requirements: tuple[str, ...]
    hours_min: int | None
    hours_max: int | None
    hours_note: str
    team_min: int
    team_max: int
    replicates: bool
    builds_on: str
    criteria: tuple[CriterionSpec, ...]
    criteria_from: str
    line: int

    @property
    def hours_each(self) -> Decimal | None:
        """Hours for one person: the middle of the range, shared by the middle of the team size."""
        if self.hours_min is None or self.hours_max is None:
            return None
        middle = Decimal(self.hours_min + self.hours_max) / (self.team_min + self.team_max)
        return middle.quantize(Decimal("1"))


@dataclass(frozen=True)
class ItemSpec:
    """One thing to do, with its parts."""

    key: str
    kind: str
    title: str
    summary: str
    note: str
    url: str
    hours: Decimal | None
    estimate: str
    optional: bool
    items: tuple[ItemSpec, ...]
    project: ProjectSpec | None
    line: int

    def walk(self) -> Iterator[ItemSpec]:
        """This item and everything below it, parents first."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True)
class UnitSpec:
    key: str
    title: str
    summary: str
    items: tuple[ItemSpec, ...]
    line: int


@dataclass(frozen=True)
class StreamSpec:
    key: str
    number: int
    title: str
    tagline: str
    summary: str
    audience: str
    units: tuple[UnitSpec, ...]
    file: str
    line: int

    def items(self) -> Iterator[ItemSpec]:
        """Every item of the stream, in reading order."""
        for unit in self.units:
            for item in unit.items:
                yield from item.walk()

    def projects(self) -> Iterator[ProjectSpec]:
        """The briefs of the stream, in reading order."""
        return (item.project for item in self.items() if item.project)
