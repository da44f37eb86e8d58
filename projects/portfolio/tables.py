"""The tables of the score, as `tables.yaml` and `effort.yaml` have them. Read once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DEFAULT = "engineering"


@dataclass(frozen=True)
class Kind:
    key: str
    title: str
    points: int


@dataclass(frozen=True)
class Factor:
    key: str
    title: str
    factor: int


@dataclass(frozen=True)
class Table:
    """One kind of roles: what a work is worth there, and how much it takes."""

    key: str
    title: str
    says: str
    kinds: tuple[Kind, ...]
    factors: tuple[Factor, ...]
    hireable: int
    competitive: int

    def kind(self, key: str) -> Kind | None:
        return next((kind for kind in self.kinds if kind.key == key), None)

    def factor(self, key: str) -> Factor | None:
        return next((factor for factor in self.factors if factor.key == key), None)


@dataclass(frozen=True)
class Source:
    author: str
    title: str
    section: str
    url: str


@dataclass(frozen=True)
class Effort:
    """Hours of next steps, in steps of five; see `effort.yaml`."""

    new: dict[str, int]
    becomes: dict[tuple[str, str], int]
    facts: dict[str, int]
    only_new: frozenset[str]
    how: dict[str, str]


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@cache
def tables() -> dict[str, Table]:
    """Every table by its key, in the order of the source."""
    return {
        row["key"]: Table(
            **row
            | {
                "kinds": tuple(Kind(**kind) for kind in row["kinds"]),
                "factors": tuple(Factor(**factor) for factor in row["factors"]),
            }
        )
        for row in _read("tables.yaml")["tables"]
    }


@cache
def source() -> Source:
    return Source(**_read("tables.yaml")["source"])


@cache
def effort() -> Effort:
    found = _read("effort.yaml")
    becomes = {(row["from"], row["to"]): row["hours"] for row in found["becomes"]}
    return Effort(found["new"], becomes, found["facts"], frozenset(found["only_new"]), found["how"])
