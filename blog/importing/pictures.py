"""The images that a text names: found, matched with files by the end of their path, put in their place."""

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from blog.models import Figure, Post
from blog.writing import ChangedMeanwhile, revise, text_of
from mentorship.common.errors import Refused
from mentorship.people.models import User

OURS = "/blog/figures/"
MOST_FILES = 60
IMAGE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\\n]|\\.){0,500})\]\((?P<open>[ \t]*<?)(?P<source>[^\s()<>\"]{1,500})"
    r"(?P<close>>?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\))"
)
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
TRIES = 3


@dataclass(frozen=True)
class Named:
    """One image that a text names: where it lay, and what it shows."""

    source: str
    alt: str

    @property
    def path(self) -> tuple[str, ...]:
        """Its path from the end, as names are compared."""
        return path_of(urlsplit(self.source).path)

    @property
    def name(self) -> str:
        return posixpath.basename(unquote(urlsplit(self.source).path)) or self.source


def path_of(name: str) -> tuple[str, ...]:
    parts = [part.casefold() for part in unquote(name).replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return tuple(reversed(parts))


def named_in(body: str) -> list[Named]:
    """The images of `body` that are none of ours, each source once. What stands in fenced code is code."""
    found: dict[str, Named] = {}
    for line in _outside_fences(body):
        for match in IMAGE.finditer(line):
            source = match["source"]
            if not source.startswith((OURS, "data:", "attachment:")):
                found.setdefault(source, Named(source, re.sub(r"\\(.)", r"\1", match["alt"])))
    return list(found.values())


def _outside_fences(body: str) -> Iterable[str]:
    fence = ""
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" \t>`~"):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield line


def placed(body: str, addresses: dict[str, str]) -> str:
    """`body` with each image whose source is a key of `addresses` shown from there."""

    def put(match: re.Match[str]) -> str:
        address = addresses.get(match["source"])
        return f"![{match['alt']}]({match['open']}{address}{match['close']}" if address else match[0]

    return IMAGE.sub(put, body)


def matched(wanted: Sequence[Named], names: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Which of `names` (by its number) each source of `wanted` is, and what could not be told.

    Paths are compared from their end: `neuron.jpg` and `nnet/neuron.jpg` are both `/images/nnet/neuron.jpg`.
    """
    found: dict[str, int] = {}
    unclear: list[str] = []
    used: set[int] = set()
    for one in wanted:
        alike = [(_alike(one.path, path_of(name)), -number) for number, name in enumerate(names)]
        best, number = max(alike, default=(0, 0))
        if not best:
            continue
        others = [other for other in wanted if other is not one and other.path[:best] == one.path[:best]]
        if best == len(path_of(names[-number])) and others:
            unclear.append(f"{names[-number]} could be {one.source} or {others[0].source}: add it to its own field.")
            used.add(-number)
            continue
        found[one.source] = -number
        used.add(-number)
    unclear += [f"{name} is no image of this text." for number, name in enumerate(names) if number not in used]
    return found, list(dict.fromkeys(unclear))


def _alike(path: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many names of both paths are the same from the end, if the shorter one is all of it; else 0."""
    length = min(len(path), len(other))
    return length if length and path[:length] == other[:length] else 0


@dataclass(frozen=True)
class Added:
    """What became of files that were given: how many are figures now, and a sentence about each that is not."""

    stored: int
    problems: list[str]


def add(post: Post, *, files: Sequence[tuple[str, Any]] = (), given: dict[str, Any] | None = None, by: User) -> Added:
    """Store `files` (name, file) as figures of `post` and show them where its text names them.

    `given`: files whose source is known already. A file that is no image is said and the others are taken.
    Refused when `by` may not change the post.
    """
    post.check_may("revise", by)
    wanted = named_in(post.body)
    found, problems = matched(wanted, [name for name, _file in files])
    chosen = {source: files[number] for source, number in found.items()}
    chosen |= {source: (getattr(file, "name", ""), file) for source, file in (given or {}).items()}
    alts, addresses = {one.source: one.alt for one in wanted}, {}
    for source, (name, file) in chosen.items():
        if source not in alts:
            continue
        try:
            figure = Figure.objects.store(post=post, file=file, alt=alts[source][:500], by=by, name=name)
        except Refused as refusal:
            problems.append(f"{name}: {refusal.message}")
        else:
            addresses[source] = figure.address
    if addresses:
        show(post, addresses, by=by)
    return Added(len(addresses), problems)


def show(post: Post, addresses: dict[str, str], *, by: User) -> None:
    """Save the text of `post` with the images of `addresses` in their places, over whatever is the newest."""
    for left in range(TRIES, 0, -1):
        text = text_of(post)
        try:
            return revise(post, by=by, version=post.version, text=replace(text, body=placed(text.body, addresses)))
        except ChangedMeanwhile:
            if left == 1:
                raise
