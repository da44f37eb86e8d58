"""Two texts that were written at the same time, put together line by line."""

from typing import Any

from rapidfuzz.distance import Indel


def merged(mine: str, theirs: str) -> str:
    """Every line of both once, in order: what both have stays, what only one has is kept beside it, theirs first."""
    own, other = mine.replace("\r\n", "\n").split("\n"), theirs.split("\n")
    lines: list[str] = []
    kept: list[str] = []  # own lines that wait until theirs of the same place have been put
    steps: Any = Indel.opcodes(own, other)
    for step in steps:
        start, end, start_other, end_other = step.src_start, step.src_end, step.dest_start, step.dest_end
        if step.tag == "equal":
            lines, kept = lines + kept + own[start:end], []
        elif step.tag == "delete":
            kept = kept + own[start:end]
        else:
            lines = lines + other[start_other:end_other]
    return "\n".join(lines + kept)
