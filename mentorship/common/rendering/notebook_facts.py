"""What can be read from a notebook that a reader who runs it wants to know. Shown to both sides, never enforced."""

import re
from collections.abc import Iterable
from typing import Any

from mentorship.common.rendering.notebook_file import Cell, Notebook

MOST_TEXT = 400_000  # of all sources, that is looked through

Fact = dict[str, Any]

RANDOM = re.compile(
    r"\b(?:np|numpy)\.random\b|\bimport random\b|\brandom\.\w+\(|\btrain_test_split\(|\bshuffle\s*=\s*True|"
    r"\b(?:Stratified)?(?:Shuffle|KFold)\w*\(|\bRandom\w+\(|\bExtraTrees\w+\(|\bGradientBoosting\w+\(|"
    r"\bDecisionTree\w+\(|\bKMeans\(|\bMLP\w+\(|\bTSNE\(|\btorch\.rand\w*\(|\btorch\.nn\b|\bnn\.Linear\(|"
    r"\bkeras\.\w|\btf\.random\b|\.sample\("
)
SEEDED = re.compile(
    r"\b(?:manual_)?seed(?:_all|_everything)?\s*\(|\bset_(?:random_)?seed\(|\brandom_state\s*=\s*(?!None)|"
    r"\bdefault_rng\(\s*[\w]|\bRandomState\(\s*\w|\bPRNGKey\(|\bseed\s*=\s*(?!None)|\bSEED\b"
)
ABSOLUTE = re.compile(
    r"""["'](?P<path>(?:/(?:home|Users|root|mnt|media|content|kaggle|Volumes|private|data|scratch)/|[A-Za-z]:[\\/]|~/)"""
    r"""[^"'\n]{1,200})["']"""
)
COMMON = {
    "Titanic": re.compile(r"(?<![a-z])titanic(?![a-z])", re.IGNORECASE),
    "MNIST": re.compile(r"(?<![a-z])(?:fashion[_-]?|kuzushiji[_-]?|e)?mnist(?![a-z])", re.IGNORECASE),
    "Iris": re.compile(r"\bload_iris\b|[\"'/]iris(?:\.\w{1,8})?[\"']", re.IGNORECASE),
    "CIFAR-10": re.compile(r"(?<![a-z])cifar[_-]?10(?!0)", re.IGNORECASE),
    "Cats and dogs": re.compile(r"(?<![a-z])(?:dogs?[_-]?(?:vs|and)[_-]?cats?|cats?[_-]?(?:vs|and)[_-]?dogs?)", re.I),
}


def facts_of(notebook: Notebook) -> list[Fact]:
    """The facts, each {code, text, cells}: what it is, a sentence, and the numbers of the cells it is about."""
    code = [(number, cell) for number, cell in enumerate(notebook.cells, 1) if _says_something(cell)]
    found = [_not_run(code), _out_of_order(code), _errors_left(code)]
    sources = _bounded(code)
    if notebook.language.lower().startswith(("python", "ipython")):
        found.append(_no_seed(sources))
    found += [_absolute_paths(sources), *_common_data(sources)]
    return [fact for fact in found if fact]


def fact(code: str, text: str, cells: Iterable[int] = ()) -> Fact:
    return {"code": code, "text": text, "cells": sorted(cells)}


def _says_something(cell: Cell) -> bool:
    """Whether it is code, and more than a comment."""
    lines = (line.strip() for line in cell.source.split("\n"))
    return cell.kind == "code" and any(line and not line.startswith("#") for line in lines)


def _not_run(code: list[tuple[int, Cell]]) -> Fact | None:
    idle = [number for number, cell in code if cell.count is None and not cell.outputs]
    if not idle:
        return None
    if len(idle) == len(code):
        return fact("not_run", "None of its code was run, so there are no results to read.")
    return fact("not_run", f"{_cells(len(idle))} of code {'was' if len(idle) == 1 else 'were'} not run.", idle)


def _out_of_order(code: list[tuple[int, Cell]]) -> Fact | None:
    """Cells that were run before one that stands above them."""
    early, highest = [], 0
    for number, cell in code:
        if cell.count is None:
            continue
        if cell.count < highest:
            early.append(number)
        highest = max(highest, cell.count)
    if not early:
        return None
    words = "Cells were run in another order than they stand in: from top to bottom the results may differ."
    return fact("out_of_order", words, early)


def _errors_left(code: list[tuple[int, Cell]]) -> Fact | None:
    """Errors that are meant carry Jupyter's own mark for it."""
    failed = [
        number
        for number, cell in code
        if "raises-exception" not in cell.tags and any(output["type"] == "error" for output in cell.outputs)
    ]
    if not failed:
        return None
    return fact("errors_left", f"{_cells(len(failed))} {'ends' if len(failed) == 1 else 'end'} with an error.", failed)


def _bounded(code: list[tuple[int, Cell]]) -> list[tuple[int, str]]:
    """Sources without comments, up to a limit in all."""
    kept, length = [], 0
    for number, cell in code:
        lines = [line for line in cell.source.split("\n") if not line.lstrip().startswith("#")]
        source = "\n".join(lines)[: MOST_TEXT - length]
        kept.append((number, source))
        length += len(source)
    return kept


def _no_seed(sources: list[tuple[int, str]]) -> Fact | None:
    drawn = [number for number, source in sources if RANDOM.search(source)]
    if not drawn or any(SEEDED.search(source) for _, source in sources):
        return None
    return fact("no_seed", "It draws by chance and sets no seed: run again, it gives other numbers.", drawn)


def _absolute_paths(sources: list[tuple[int, str]]) -> Fact | None:
    found = {number: match["path"] for number, source in sources if (match := ABSOLUTE.search(source))}
    if not found:
        return None
    first = next(iter(found.values()))
    shown = first if len(first) <= 60 else first[:60] + "…"
    return fact("absolute_paths", f"It reads or writes at a place of one computer: {shown}", found)


def _common_data(sources: list[tuple[int, str]]) -> list[Fact]:
    facts = []
    for name, pattern in COMMON.items():
        if cells := [number for number, source in sources if pattern.search(source)]:
            facts.append(fact("common_data", f"{name} is data that nearly everybody has worked with.", cells))
    return facts


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
