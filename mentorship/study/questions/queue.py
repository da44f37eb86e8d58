"""What is to be practised today, in its order."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, IntegerField, Q, Value, When

from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.questions.models import CALLED, Card, PracticePlan

NEW = Q(last_review=None, called_at=None)


@dataclass(frozen=True)
class Left:
    """How much is left today; `learning` are those that come back within the day."""

    called: int
    due: int
    learning: int
    new: int
    more_new: int  # new ones that wait for another day
    cards: int

    @property
    def today(self) -> int:
        return self.called + self.due + self.learning + self.new


@dataclass(frozen=True)
class Today:
    card: Card | None
    left: Left
    plan: PracticePlan


def due_by(ends: datetime) -> Q:
    """Rated before, and back today: by a day of the person's calendar, not by the hour."""
    return Q(last_review__isnull=False, called_at=None, due__lt=ends)


def today_of(person: User, at: datetime) -> Today:
    """The next card and what is left; three queries, however many cards there are.

    First what a review or an interview asked for, then what is due, then new ones as many as the person wants a day,
    then what comes back within the day, even before its minutes are over when nothing else is left.
    """
    begins, ends = days.bounds(days.today_of(person, at), person.zone)
    plan = PracticePlan.of(person)
    learning = due_by(ends) & ~Q(state=Card.State.REVIEW) & Q(due__gt=at)
    due = due_by(ends) & ~learning
    cards = Card.objects.visible_to(person)
    found = cards.filter(Q(suspended_at=None) | Q(first_at__gte=begins)).aggregate(
        called_count=Count("pk", filter=CALLED & STANDING),
        due_count=Count("pk", filter=due & STANDING),
        learning_count=Count("pk", filter=learning & STANDING),
        new_count=Count("pk", filter=NEW & STANDING),
        begun_count=Count("pk", filter=Q(first_at__gte=begins)),
        cards_count=Count("pk", filter=STANDING),
    )
    room = max(plan.new_a_day - found["begun_count"], 0)
    new = min(found["new_count"], room)
    counts = {name: found[f"{name}_count"] for name in ("called", "due", "learning", "cards")}
    left = Left(new=new, more_new=found["new_count"] - new, **counts)
    ranks = [When(CALLED, then=Value(0)), When(due, then=Value(1)), When(learning, then=Value(3))]
    asked = CALLED | due_by(ends)
    if new:
        ranks, asked = [*ranks, When(NEW, then=Value(2))], asked | NEW
    rows = cards.standing().filter(asked).annotate(rank=Case(*ranks, output_field=IntegerField()))
    card = rows.select_related("question__topic").order_by("rank", "due", "pk").first() if left.today else None
    return Today(card, left, plan)


STANDING = Q(suspended_at=None, question__retired_at=None)
