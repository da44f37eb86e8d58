"""Study as a picture: a square a day, darker for more minutes; and the same as a table."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Sum

from mentorship.common import clock
from mentorship.study import days
from mentorship.study.models import StudyEntry

WEEKS, YEAR = 12, 53
LEVELS = (30, 60, 120)  # minutes from which a day is level 2, 3, 4; any minute is level 1. The aim is two hours.
SQUARE, STEP = 11, 14
LEFT, TOP = 30, 18


@dataclass(frozen=True)
class Square:
    x: int
    y: int
    level: int
    title: str
    today: bool


@dataclass(frozen=True)
class Label:
    x: int
    text: str


@dataclass(frozen=True)
class Week:
    """One line of the table: its Monday, a text for each day ('' before and after the range), and the sum."""

    name: str
    cells: list[str]
    total: int


@dataclass(frozen=True)
class Heatmap:
    width: int
    height: int
    squares: list[Square]
    months: list[Label]
    table: list[Week]
    total: int
    days_studied: int
    weeks: int
    day_names: tuple[str, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

    @property
    def summary(self) -> str:
        """The picture in a sentence, for who does not see it."""
        return f"{as_hours(self.total)} on {self.days_studied} days in the last {self.weeks} weeks."


def as_hours(minutes: int) -> str:
    """'45 min', '2 h', '2 h 5 min'."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        text for text in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if text
    )


def level_of(minutes: int) -> int:
    """0 for nothing, then 1 to 4."""
    return 0 if not minutes else 1 + sum(minutes >= level for level in LEVELS)


def heatmap_of(person: Any, at: datetime | None = None, weeks: int = WEEKS) -> Heatmap:
    """The last `weeks` weeks up to today on the person's calendar; weeks begin on Monday. One query."""
    today = days.today_of(person, at or clock.now())
    start = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    found = StudyEntry.objects.filter(person_id=person.pk, day__range=(start, today))
    minutes: dict[date, int] = dict(found.values_list("day").annotate(sum=Sum("minutes")).order_by())
    squares, months, table = [], [], []
    for column in range(weeks):
        monday = start + timedelta(weeks=column)
        week = [monday + timedelta(days=number) for number in range(7)]
        past = [day for day in week if day <= today]
        squares += [_square(column, day, minutes.get(day, 0), today) for day in past]
        if column == 0 or monday.day <= 7:
            months.append(Label(LEFT + column * STEP, f"{monday:%b}"))
        cells = [str(minutes.get(day, 0)) if day <= today else "" for day in week]
        table.append(Week(f"{monday.day} {monday:%b %Y}", cells, sum(minutes.get(day, 0) for day in past)))
    if len(months) > 1 and months[1].x - months[0].x < 2 * STEP:
        months.pop(0)
    return Heatmap(
        LEFT + weeks * STEP, TOP + 7 * STEP, squares, months, table[::-1], sum(minutes.values()), len(minutes), weeks
    )


def _square(column: int, day: date, minutes: int, today: date) -> Square:
    title = f"{day:%a} {day.day} {day:%b}: {as_hours(minutes)}" if minutes else ""
    return Square(LEFT + column * STEP, TOP + day.weekday() * STEP, level_of(minutes), title, day == today)
