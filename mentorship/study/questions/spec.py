"""The bank of interview questions as its files state it: plain values, checked, before the database sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ROUNDS = ("breadth", "depth", "system_design", "coding", "behavioural", "project")
LEVELS = {1: "First steps", 2: "First job", 3: "Senior"}


@dataclass(frozen=True)
class QuestionSpec:
    """One question with what a good answer covers. Texts are Markdown with TeX between dollars.

    `roles` empty means every role; `items` are keys of the curriculum's items, `criteria` are written
    "project-key/criterion-key".
    """

    key: str
    topic: str
    round: str
    level: int
    question: str
    covers: tuple[str, ...]
    answer: str
    source: str
    roles: tuple[str, ...]
    items: tuple[str, ...]
    criteria: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True)
class TopicSpec:
    """A group of questions, in the order of its file."""

    key: str
    title: str
    sources: tuple[str, ...]
    questions: tuple[QuestionSpec, ...]
    file: str
    line: int


@dataclass(frozen=True)
class RoundSpec:
    """A kind of interview: what happens in it and what the other side wants to find out."""

    key: str
    title: str
    summary: str
    looks_for: str
    line: int


@dataclass(frozen=True)
class WeightSpec:
    """How much of the preparation for a role goes into a round, in per cent, and on what."""

    round: str
    weight: int
    focus: str
    line: int


@dataclass(frozen=True)
class RoleSpec:
    """A kind of position and the interviews that lead to it; the weights of its rounds add up to 100."""

    key: str
    title: str
    summary: str
    source: str
    rounds: tuple[WeightSpec, ...]
    line: int


@dataclass(frozen=True)
class Bank:
    topics: tuple[TopicSpec, ...]
    rounds: tuple[RoundSpec, ...]
    roles: tuple[RoleSpec, ...]

    def questions(self) -> Iterator[QuestionSpec]:
        """Every question, by file and in the order of its file."""
        for topic in self.topics:
            yield from topic.questions
