"""The examples that a new reviewer reviews first, with the reference reviews: data of ours in `calibration/`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "calibration"


@dataclass(frozen=True)
class Cell:
    source: str
    output: str = ""


@dataclass(frozen=True)
class ExampleQuestion:
    """One question with the answer, and what the reference review says of it and why."""

    key: str
    question: str
    answer: str
    confidence: int
    level: str
    reason: str


@dataclass(frozen=True)
class Example:
    """One hand-in with its reference review. `changes`: what that asks for, by question."""

    key: str
    title: str
    who: str
    write_up: str
    cells: tuple[Cell, ...]
    questions: tuple[ExampleQuestion, ...]
    verdict: str
    summary: str
    changes: dict[str, str]


@cache
def examples() -> tuple[Example, ...]:
    """All of them, in the order in which they are reviewed."""
    return tuple(_read(FOLDER / f"{key}.yaml") for key in ("late-trains", "gym-members"))


def example(key: str) -> Example | None:
    return next((one for one in examples() if one.key == key), None)


def _read(path: Path) -> Example:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    review = data["review"]
    return Example(
        key=path.stem,
        title=data["title"],
        who=data["who"],
        write_up=data["write_up"],
        cells=tuple(Cell(**cell) for cell in data["cells"]),
        questions=tuple(ExampleQuestion(**question) for question in data["questions"]),
        verdict=review["verdict"],
        summary=review["summary"],
        changes={change["key"]: change["text"] for change in review["changes"]},
    )
