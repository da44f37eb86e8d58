"""Where the hours went: by stream and by kind of item, over the same weeks as the picture beside it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum

from mentorship.study import days
from mentorship.study.heatmap import WEEKS, as_hours
from mentorship.study.models import StudyEntry
from streams.models import Item

GENERAL = "In general"


@dataclass(frozen=True)
class Part:
    name: str
    minutes: int
    most: int  # the end of its meter: the largest of all

    @property
    def text(self) -> str:
        return as_hours(self.minutes)


@dataclass(frozen=True)
class Hours:
    by_stream: list[Part]
    by_kind: list[Part]


def hours_of(person: Any, at: datetime, weeks: int = WEEKS) -> Hours:
    """The minutes of the last `weeks` weeks, the most first; one query."""
    today = days.today_of(person, at)
    start = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    rows = StudyEntry.objects.filter(person_id=person.pk, day__range=(start, today)).order_by()
    by_stream: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    found = rows.values_list("item__stream__number", "item__stream__title", "item__kind")
    for number, title, kind, minutes in found.annotate(sum=Sum("minutes")):
        by_stream[f"Stream {number}: {title}" if number else GENERAL] += minutes
        by_kind[str(Item.Kind(kind).label) if kind else GENERAL] += minutes
    return Hours(parts(by_stream), parts(by_kind))


def parts(found: Counter[str]) -> list[Part]:
    most = max(found.values(), default=1)
    return [Part(name, minutes, most) for name, minutes in found.most_common()]
