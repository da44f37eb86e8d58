"""The score of a portfolio: for each work its base points times every factor that holds, added up."""

from collections.abc import Iterable
from dataclasses import dataclass

from projects.portfolio.tables import Factor, Kind, Table


@dataclass(frozen=True)
class Work:
    """One work as its owner sees it: its kind in one table ('' counts nothing), and the facts that hold."""

    key: str
    title: str
    kind: str
    facts: frozenset[str]


@dataclass(frozen=True)
class Line:
    """What one work brings, as one can check it."""

    work: Work
    kind: Kind
    factors: tuple[Factor, ...]
    points: int


@dataclass(frozen=True)
class Score:
    table: Table
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def level(self) -> str:
        """'competitive', 'hireable' or ''."""
        if self.total >= self.table.competitive:
            return "competitive"
        return "hireable" if self.total >= self.table.hireable else ""

    @property
    def next_level(self) -> str:
        """The threshold that comes next, or '' beyond the last."""
        return {"": "hireable", "hireable": "competitive"}.get(self.level, "")

    @property
    def next_threshold(self) -> int:
        return {"": 0, "hireable": self.table.hireable, "competitive": self.table.competitive}[self.next_level]


def points_of(table: Table, kind: str, facts: Iterable[str]) -> int:
    """Base points times every factor of this table that holds; facts of other tables do nothing here."""
    found = table.kind(kind)
    if found is None:
        return 0
    points, holding = found.points, set(facts)
    for factor in table.factors:
        if factor.key in holding:
            points *= factor.factor
    return points


def score_of(table: Table, works: Iterable[Work]) -> Score:
    """The sum, with a line for each work that has a kind in `table`."""
    lines = []
    for work in works:
        kind = table.kind(work.kind)
        if kind is not None:
            factors = tuple(factor for factor in table.factors if factor.key in work.facts)
            lines.append(Line(work, kind, factors, points_of(table, work.kind, work.facts)))
    return Score(table, tuple(lines))
