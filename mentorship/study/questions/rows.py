"""Questions and cards ready to print."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mentorship.study import days
from mentorship.study.questions import scheduling
from mentorship.study.questions.models import Card, Question
from mentorship.study.questions.models.attempt import Rating
from mentorship.study.questions.models.question import Level, Round

TONES = {1: "bad", 2: "warn", 3: "good", 4: "accent"}


@dataclass(frozen=True)
class Choice:
    """One of the four ratings, with what it would mean."""

    value: int
    label: str
    means: str
    tone: str


def in_words(at: datetime, due: datetime, person: Any) -> str:
    """'in 10 min', 'tomorrow', 'in 12 days', by the person's calendar."""
    away = (days.today_of(person, due) - days.today_of(person, at)).days
    minutes = max(round((due - at).total_seconds() / 60), 0)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"in {minutes} min"
    if away < 1:
        return f"in {round(minutes / 60)} h"
    if away == 1:
        return "tomorrow"
    if away < 60:
        return f"in {away} days"
    return f"in {round(away / 30.4)} months" if away < 700 else f"in {round(away / 365)} years"


def choices_of(card: Card, at: datetime, retention: float) -> list[Choice]:
    due = scheduling.would_be(card, at, retention)
    return [Choice(r.value, r.label, in_words(at, due[r.value], card.person), TONES[r.value]) for r in Rating]


def asked(card: Card, at: datetime, retention: float, sent: dict[str, Any] | None = None) -> dict[str, Any]:
    """The card as the practice page asks it; `sent` is what was typed, when it comes back with a refusal."""
    question, sent = card.question, sent or {}
    ticked = set(sent.get("ticked", ()))
    return {
        "card": card, "question": question, "choices": choices_of(card, at, retention),
        "points": [(n, html, n in ticked) for n, html in enumerate(question.covers_html)],
        "text": sent.get("text", ""), "key": sent.get("key") or uuid.uuid4(),
        "shown": sent.get("shown") or int(at.timestamp()), "open": bool(sent), **labels(question),
    }  # fmt: skip


def labels(question: Question) -> dict[str, str]:
    return {
        "round": Round(question.round).label, "level": Level(question.level).label,
        "topic": question.topic.title if question.topic else "My own" if question.person_id else "",
    }  # fmt: skip


def question_rows(questions: list[Question]) -> list[dict[str, Any]]:
    """Lines of a list; each needs `has_card` (see `finding.with_cards`)."""
    return [
        labels(row)
        | {"pk": row.pk, "url": f"/study/questions/{row.pk}/", "html": row.html, "has_card": row.has_card,  # type: ignore[attr-defined]
           "name": row.text[:80]}
        for row in questions
    ]  # fmt: skip
