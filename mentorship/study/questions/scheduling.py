"""FSRS: when a question comes back. The library counts, without chance, by the moment that it is given."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import fsrs

if TYPE_CHECKING:
    from mentorship.study.questions.models import Card

LONGEST_DAYS = 3650


@lru_cache(maxsize=32)
def scheduler(retention: float) -> fsrs.Scheduler:
    return fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False, maximum_interval=LONGEST_DAYS)


def as_fsrs(card: "Card") -> fsrs.Card:
    return fsrs.Card(
        card_id=card.pk or 0, state=fsrs.State(card.state), step=card.step, stability=card.stability,
        difficulty=card.difficulty, due=card.due,
        last_review=card.last_review.astimezone(UTC) if card.last_review else None,
    )  # fmt: skip


def rated(card: "Card", rating: int, at: datetime, retention: float) -> fsrs.Card:
    """The card as it stands after `rating` at `at`; `card` itself is left as it is."""
    return scheduler(retention).review_card(as_fsrs(card), fsrs.Rating(rating), at.astimezone(UTC))[0]


def take(card: "Card", after: fsrs.Card) -> None:
    """Make `card` stand as `after`."""
    card.state, card.step, card.due = after.state.value, after.step, after.due
    card.stability, card.difficulty, card.last_review = after.stability, after.difficulty, after.last_review


def would_be(card: "Card", at: datetime, retention: float) -> dict[int, datetime]:
    """By rating, when the card would come back."""
    return {rating.value: rated(card, rating.value, at, retention).due for rating in fsrs.Rating}


def recalled(card: "Card", at: datetime) -> float:
    """How likely its answer is remembered now, from 0 to 1; 0 for what was never rated."""
    return scheduler(0.9).get_card_retrievability(as_fsrs(card), at.astimezone(UTC))
