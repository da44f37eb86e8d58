"""How practice goes: what is remembered, what comes back when, and what only costs time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.questions.models import Attempt, Card

AHEAD = 14  # days of the forecast
WIDTH, HEIGHT, STEP = 24, 96, 30


@dataclass(frozen=True)
class Retention:
    """Of `asked` answers to what was known before, so many were `right` in the last `days`."""

    days: int
    asked: int
    right: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.right / self.asked) if self.asked else None


@dataclass(frozen=True)
class Bar:
    day: date
    count: int
    x: int
    y: int
    height: int
    label: str


@dataclass(frozen=True)
class Forecast:
    bars: list[Bar]
    width: int
    height: int

    @property
    def total(self) -> int:
        return sum(bar.count for bar in self.bars)

    @property
    def summary(self) -> str:
        """The picture in a sentence."""
        most = max(self.bars, key=lambda bar: bar.count)
        if not most.count:
            return f"Nothing comes back in the next {AHEAD} days."
        return f"{self.total} come back in the next {AHEAD} days, the most on {most.day:%A %-d %B}: {most.count}."


def retention_of(person: User, at: datetime) -> list[Retention]:
    """Of the last 30 and 90 days; one query. What was still being learned does not count."""
    rows = Attempt.objects.standing().filter(person=person, was=Card.State.REVIEW, at__lte=at)
    counts = {
        f"{what}_{span}": Count("pk", filter=Q(at__gt=at - timedelta(days=span)) & Q(**passed))
        for span in (30, 90)
        for what, passed in (("asked", {}), ("right", {"rating__gt": 1}))
    }
    found = rows.filter(at__gt=at - timedelta(days=90)).aggregate(**counts)
    return [Retention(span, found[f"asked_{span}"], found[f"right_{span}"]) for span in (30, 90)]


def forecast_of(person: User, at: datetime) -> Forecast:
    """What comes back on each of the next days of the person's calendar; what is late, today. One query."""
    today = days.today_of(person, at)
    _, ends = days.bounds(today + timedelta(days=AHEAD - 1), person.zone)
    rows = Card.objects.visible_to(person).standing().filter(last_review__isnull=False, due__lt=ends)
    found = rows.annotate(day=TruncDate("due", tzinfo=person.zone)).values_list("day").annotate(Count("pk")).order_by()
    counts: dict[date, int] = {}
    for day, count in found:
        counts[max(day, today)] = counts.get(max(day, today), 0) + count
    return Forecast(list(bars(today, counts)), AHEAD * STEP, HEIGHT + 34)


def bars(today: date, counts: dict[date, int]) -> Iterable[Bar]:
    highest = max(counts.values(), default=0) or 1
    for number in range(AHEAD):
        day = today + timedelta(days=number)
        count = counts.get(day, 0)
        height = max(round(HEIGHT * count / highest), 2) if count else 0
        label = "today" if not number else f"{day:%a}"[:2]
        yield Bar(day, count, number * STEP + (STEP - WIDTH) // 2, 16 + HEIGHT - height, height, label)


def leeches_of(person: User) -> list[Card]:
    """What was forgotten again and again, and waits for the person to decide."""
    rows = Card.objects.visible_to(person).leeches().select_related("question__topic")
    return list(rows.order_by("-leech_at", "-pk")[:50])


def figures_of(person: User, at: datetime) -> dict[str, Any]:
    return {"retention": retention_of(person, at), "forecast": forecast_of(person, at), "leeches": leeches_of(person)}
