"""Somebody's text and the one that was saved meanwhile, put together from the revision that both began from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from blog.merging import Clash, Piece, merge_text, merge_value
from blog.models import Post
from blog.writing import Text, text_in, text_of

LABELS = {
    "title": "Title",
    "summary": "Summary",
    "canonical_url": "First published at",
    "slug": "Address",
    "category": "Category",
    "tags": "Tags",
    "front_matter": "Front matter",
}


@dataclass(frozen=True)
class Question:
    """One place that both changed. `name` is what its answer is called: mine, theirs, and in the text both."""

    name: str
    label: str
    mine: str
    theirs: str
    both: bool = False


@dataclass(frozen=True)
class Merge:
    """Values and pieces of text; `questions` are what only a person can answer."""

    values: Mapping[str, tuple[Any, Any, bool]]  # merged, theirs, whether they clash
    pieces: list[Piece]

    @property
    def questions(self) -> list[Question]:
        asked = [
            Question(f"choose-{name}", LABELS[name], _said(mine), _said(theirs))
            for name, (mine, theirs, clashes) in self.values.items()
            if clashes
        ]
        clashes = [piece for piece in self.pieces if isinstance(piece, Clash)]
        return asked + [
            Question(f"text-{number}", f"Place {number} in the text", clash.mine, clash.theirs, both=True)
            for number, clash in enumerate(clashes, start=1)
        ]

    def text(self, answers: Mapping[str, str] | None = None) -> Text | None:
        """The whole, by the answers to the questions; None while one is missing."""
        answers = answers or {}
        values = {}
        for name, (merged, theirs, clashes) in self.values.items():
            answer = answers.get(f"choose-{name}") if clashes else "mine"
            if answer not in ("mine", "theirs"):
                return None
            values[name] = merged if answer == "mine" else theirs
        body, number = [], 0
        for piece in self.pieces:
            if isinstance(piece, Clash):
                number += 1
                chosen = piece.chosen(answers.get(f"text-{number}", ""))
                if chosen is None:
                    return None
                body.append(chosen)
            else:
                body.append(piece)
        return Text(body="".join(body), **values)


def reconcile(post: Post, *, version: int, mine: Text) -> Merge:
    """`mine`, which began from `version`, and what `post` holds now.

    Of a sitting only the last text is kept, so that the revision may be older than `version`: what both have from
    between is then the same change on both sides.
    """
    began = post.revisions.filter(version__lte=version).order_by("-version").first()
    base = text_in(began, post) if began else Text("")
    mine, theirs = mine.cleaned(), text_of(post)
    if post.published_at is not None:
        mine = replace(mine, slug=theirs.slug)
    values = {}
    for name in LABELS:
        merged, clashes = merge_value(getattr(base, name), getattr(mine, name), getattr(theirs, name))
        values[name] = (merged, getattr(theirs, name), clashes)
    return Merge(values, merge_text(base.body, mine.body, theirs.body))


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items())
    return ", ".join(value) if isinstance(value, tuple) else value
