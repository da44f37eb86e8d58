"""How far the mentees of a cohort are, unit by unit, in a number of queries that does not grow with them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.safestring import SafeString

from mentorship.cohorts.graduating import Way, asked_of, counted
from mentorship.cohorts.models import Pause
from mentorship.cohorts.models.membership import MembershipQuerySet
from mentorship.common import clock
from mentorship.common.times import time_html
from streams.models import Item, Progress, Stream, Unit

CELL = 14  # the width of a unit's square in the picture, its gap included


@dataclass(frozen=True)
class UnitTotal:
    pk: int
    number: int
    title: str
    required: int


def units_of(stream: Stream) -> list[UnitTotal]:
    """The units of `stream` that have something to do, in order, with how many items count; one query."""
    counted = Q(items__counts=True, items__retired_at=None)
    units = Unit.objects.published().filter(stream=stream).annotate(required=Count("items", filter=counted))
    found = [unit for unit in units.order_by("position") if unit.required]
    return [UnitTotal(unit.pk, number, unit.title, unit.required) for number, unit in enumerate(found, 1)]


@dataclass(frozen=True)
class MenteeProgress:
    """How far one mentee is. `who`: their id, name, handle and visibility; `following`: the title of what is next."""

    who: tuple[Any, ...]
    active: datetime
    back: date | None
    by_unit: Counter[int]
    following: str
    items: int
    way: Way

    @property
    def name(self) -> str:
        return str(self.who[1])


def progress_of(mentees: MembershipQuerySet, stream: Stream) -> Iterator[MenteeProgress]:
    """Of each of `mentees`, in their order. Three queries."""
    items = Item.objects.published().counted().filter(stream=stream).order_by("position")
    parts = list(items.values_list("pk", "unit_id", "title"))
    done = Progress.objects.filter(person=OuterRef("person"), state=Progress.State.DONE).order_by()
    names = ("person_id", "person__name", "person__handle", "person__visibility", "last_activity", "works", "posted")
    pause = Pause.objects.active_at(clock.now()).filter(membership=OuterRef("pk")).values("returns_on")[:1]
    asked = asked_of([stream])[stream.pk]
    rows = counted(mentees.with_last_activity()).values_list(
        *names, ArraySubquery(done.values("item_id")), Subquery(pause)
    )
    for *who, active, works, posted, ids, back in rows:
        finished = set(ids)
        following = next((title for pk, _, title in parts if pk not in finished), "")
        by_unit = Counter(unit for pk, unit, _ in parts if pk in finished)
        way = Way.made(asked, by_unit.total(), works, posted)
        yield MenteeProgress(tuple(who), active, back, by_unit, following, len(parts), way)


def progress_rows(
    mentees: MembershipQuerySet, stream: Stream, units: list[UnitTotal], person: Callable[..., str]
) -> SafeString:
    """A `<tr>` for each mentee: name, a square a unit, tally, next item, what is missing, last seen. Three queries.

    `person` gives the HTML of a name from a person's id, name, handle and visibility. By hand, for in a template two
    hundred rows took as long as all the rest of the page.
    """
    now = clock.now()
    squares = {unit.pk: [square(unit, count) for count in range(unit.required + 1)] for unit in units}
    box = f'viewBox="0 0 {CELL * len(units)} 11" preserveAspectRatio="xMinYMid"'
    rows = []
    for row in progress_of(mentees, stream):
        by_unit = row.by_unit
        alt = ", ".join(f"unit {unit.number} {by_unit[unit.pk]} of {unit.required}" for unit in units)
        rows.append(
            f'<tr><th scope="row">{person(*row.who)}</th><td data-label="Units">'
            f'<svg class="heatmap units" {box} role="img" aria-label="{alt}">'
            f"{''.join(squares[unit.pk][min(by_unit[unit.pk], unit.required)] for unit in units)}</svg></td>"
            f'<td class="number" data-label="Done">{by_unit.total()} of {row.items}</td>'
            f'<td data-label="Next">{escape(row.following)}</td>'
            f'<td data-label="To graduate">{missing(row.way)}</td>'
            f'<td data-label="Last seen at it">{time_html(row.active, now)}{until(row.back)}</td></tr>\n'
        )
    return SafeString("".join(rows))


def missing(way: Way) -> str:
    """What somebody still lacks to graduate."""
    return '<span class="badge good">All of it</span>' if way.met else escape(way.said)


def until(back: date | None) -> str:
    """That somebody is on a pause, until which day."""
    return f' <span class="badge">Pause until {back.day} {back:%B}</span>' if back else ""


def level(required: int, done: int) -> int:
    """How full a square is, from 0 (nothing) to 4 (all)."""
    return 4 if done >= required else min(3, -(-3 * done // required))


def square(unit: UnitTotal, done: int) -> str:
    """One unit of one mentee in the picture. Made of numbers only; a loop in a template would double the page."""
    return f'<rect class="l{level(unit.required, done)}" x="{(unit.number - 1) * CELL}" width="11" height="11"/>'
