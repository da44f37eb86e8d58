"""Questions, and what a person practises of them."""

from mentorship.study.questions.models.attempt import Attempt
from mentorship.study.questions.models.card import CALLED, Call, Card, CardQuerySet
from mentorship.study.questions.models.plan import PracticePlan
from mentorship.study.questions.models.question import Question, QuestionQuerySet, QuestionTopic

__all__ = [
    "CALLED", "Attempt", "Call", "Card", "CardQuerySet", "PracticePlan", "Question", "QuestionQuerySet",
    "QuestionTopic",
]  # fmt: skip
