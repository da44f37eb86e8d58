"""Practice at size: a few cards, and five years of them."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from mentorship.home.bench.seed import put
from mentorship.people.models import User
from mentorship.study.models import Attempt, Card, Question

YEARS = timedelta(days=5 * 365)
EACH = 6  # attempts at each card


class LongPractice:
    """A person with `cards` cards, most of them long known, a few due today."""

    def __init__(self, name: str, cards: int) -> None:
        person = User.objects.filter(handle=f"bench-{name}").first()
        self.person = person or User.objects.create_user(
            f"{name}@bench.example", None, name=name.title(), handle=f"bench-{name}"
        )
        if not Card.objects.filter(person=self.person).exists():
            self.fill(cards)

    def fill(self, cards: int) -> None:
        now = timezone.now()
        # Their own: the loader retires what of the bank does not stand in its files.
        questions = put(
            Question(
                person=self.person, round="breadth", level=1 + n % 3, text=f"What does term {n} change?",
                html=f"<p>What does term {n} change?</p>", covers=["What", "Why"],
                covers_html=["<p>What</p>", "<p>Why</p>"],
            )
            for n in range(cards)
        )  # fmt: skip
        rows = put(
            Card(
                person=self.person, question=question, state=2, step=None, stability=20 + n % 90, difficulty=5,
                due=now + timedelta(days=n % 120 - 2), last_review=now - timedelta(days=1 + n % 60), reps=EACH,
                first_at=now - YEARS + timedelta(hours=n % 30_000), version=EACH,
            )
            for n, question in enumerate(questions)
        )  # fmt: skip
        put(
            Attempt(
                card=card, person=self.person, number=number, rating=1 if (n + number) % 9 == 0 else 3, was=2,
                at=card.last_review - timedelta(days=30 * (EACH - 1 - number)), points=2, before={}, due=card.due,
            )
            for n, card in enumerate(rows)
            for number in range(EACH)
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE study_question, study_card, study_attempt")
