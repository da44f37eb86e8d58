"""Plain makers of questions and cards."""

import itertools
from typing import Any

from mentorship.people.models import User
from mentorship.study.models import Card, Question, QuestionTopic

count = itertools.count(1)


def make_question(**fields: Any) -> Question:
    """A question of the bank, of a topic of its own."""
    number = next(count)
    topic = fields.pop("topic", None) or QuestionTopic.objects.create(
        key=f"topic-{number}", title=f"Topic {number}", position=number
    )
    fields = {
        "key": f"question-{number}", "topic": topic, "round": "breadth", "level": 1, "text": f"Why {number}?",
        "html": f"<p>Why {number}?</p>", "covers": ["One", "Two"], "covers_html": ["<p>One</p>", "<p>Two</p>"],
    } | fields  # fmt: skip
    return Question.objects.create(**fields)


def make_card(person: User, question: Question | None = None, *, at: Any = None) -> Card:
    """A new card of `person`."""
    question = question or make_question()
    Card.add([question], by=person, at=at)
    return Card.objects.get(person=person, question=question)
