"""Bring the bank's topics and questions to what its files state."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from mentorship.study.questions.models import Question, QuestionTopic
from mentorship.study.questions.models.question import shown
from mentorship.study.questions.reading import read_bank
from mentorship.study.questions.spec import Bank, QuestionSpec, RoleSpec, RoundSpec
from streams.loading.sync import Change, put, retire
from streams.models import Item


@lru_cache(maxsize=1)
def bank() -> Bank:
    """The bank of the files that this program came with; read once."""
    return read_bank()


def roles() -> dict[str, RoleSpec]:
    return {role.key: role for role in bank().roles}


def rounds() -> dict[str, RoundSpec]:
    return {row.key: row for row in bank().rounds}


@transaction.atomic
def apply_bank(found: Bank, *, at: datetime) -> list[Change]:
    """Make the database state what `found` states; returns what changed. What left the files is retired, and kept."""
    in_bank = Question.objects.filter(person=None)
    changes = [
        *retire("question", in_bank, [row.key for row in found.questions()], at),
        *retire("topic", QuestionTopic.objects.all(), [topic.key for topic in found.topics], at),
    ]
    topics = {row.key: row for row in QuestionTopic.objects.all()}
    questions = {row.key: row for row in in_bank.prefetch_related("items")}
    items = dict(Item.objects.values_list("key", "pk"))
    for place, spec in enumerate(found.topics):
        values = {"title": spec.title, "sources": list(spec.sources), "position": place}
        topic, changed = put("topic", QuestionTopic, topics.get(spec.key), spec.key, values)
        changes += changed
        for position, row in enumerate(spec.questions):
            changes += put_question(row, questions.get(row.key), topic, position, items)
    return changes


def put_question(
    spec: QuestionSpec, row: Question | None, topic: QuestionTopic, position: int, items: dict[str, int]
) -> Iterator[Change]:
    said: dict[str, Any] = {"text": spec.question, "covers": list(spec.covers), "answer": spec.answer}
    values: dict[str, Any] = {
        "topic_id": topic.pk, "round": spec.round, "level": spec.level, "source": spec.source,
        "roles": list(spec.roles), "position": position,
        "criteria": sorted({key.rpartition("/")[2] for key in spec.criteria}),
    }  # fmt: skip
    if row is None or any(getattr(row, name) != value for name, value in said.items()):
        # Only then: HTML of what stands already costs a second for nothing.
        values |= shown(spec.question, spec.covers, spec.answer, longest=5000)
    question, changed = put("question", Question, row, spec.key, values)
    yield from changed
    wanted = {items[key] for key in spec.items if key in items}
    if wanted != ({item.pk for item in row.items.all()} if row else set()):
        question.items.set(wanted)
        if not changed:
            yield Change("changed", "question", spec.key, ("items",))
