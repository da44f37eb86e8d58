"""A stream as one person sees it: its units and nested items, each with this person's state.

Read in one query whatever the size. Pages draw from it, and `Item.mark` decides with it, so that what is shown
and what is stored follow from the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection

from mentorship.common.pipeline import Asked
from streams.models import Stream
from streams.states import DONE, derived

if TYPE_CHECKING:
    from mentorship.people.models import User
    from streams.models import Item

# SQL by hand: every page of a stream and every tick reads it, and Django's compiler would take ten times as long for
# the same rows (1.1 ms against 0.1 ms). The columns of an item are the fields of `Line`, in their order.
OUTLINE = """
    SELECT {first}unit.id, unit.key, unit.title, unit.summary,
           item.id, item.parent_id, item.key, item.kind, item.title, item.summary, item.hours, item.optional,
           item.counts, coalesce(own.state, 'not_started')
      FROM streams_stream AS stream
      LEFT JOIN streams_unit AS unit ON unit.stream_id = stream.id AND unit.retired_at IS NULL
      LEFT JOIN streams_item AS item ON item.unit_id = unit.id AND item.retired_at IS NULL
      LEFT JOIN streams_progress AS own ON own.item_id = item.id AND own.person_id = %s
     WHERE {which} = %s
     ORDER BY unit.position, unit.id, item.position, item.id
"""
FIELDS = [field.attname for field in Stream._meta.concrete_fields]
OF_STREAM = OUTLINE.format(first="", which="stream.id")
# Each row begins with the stream: that is less work than to ask for it by itself.
FIRST = "".join(f"stream.{name}, " for name in FIELDS)
OF_UNIT_OF = OUTLINE.format(first="", which="unit.id = (SELECT unit_id FROM streams_item WHERE id = %s) AND stream.id")
OF_KEY = OUTLINE.format(first=FIRST, which="stream.key")
OF_UNIT = OUTLINE.format(
    first=FIRST, which="unit.id = (SELECT unit_id FROM streams_item WHERE key = %s) AND stream.key"
)


@dataclass(slots=True, eq=False)
class Line:
    """One item of the outline. `counts`: a leaf that is required, by itself and by everything above it."""

    unit_id: int
    pk: int
    parent_id: int | None
    key: str
    kind: str
    title: str
    summary: str
    hours: Decimal
    optional: bool
    counts: bool
    state: str
    depth: int = 0
    parts: list[Line] = field(default_factory=list)
    parent: Line | None = None

    @property
    def is_parent(self) -> bool:
        return bool(self.parts)

    @property
    def total_hours(self) -> Decimal:
        """Own hours of a leaf; the required parts' hours of a parent (all parts' where all are optional)."""
        if not self.parts:
            return self.hours
        required = [part for part in self.parts if not part.optional] or self.parts
        return sum((part.total_hours for part in required), Decimal(0))

    def walk(self) -> Iterator[Line]:
        yield self
        for part in self.parts:
            yield from part.walk()

    def above(self) -> list[Line]:
        """The items that this one is a part of, the nearest first."""
        return [self.parent, *self.parent.above()] if self.parent else []

    def derive(self) -> str:
        """The state that follows from the parts; of a leaf its own."""
        return derived((part.state, part.optional) for part in self.parts) if self.parts else self.state


@dataclass(frozen=True)
class Tally:
    """How far: required leaves done, of how many, and the hours that the rest is estimated at."""

    done: int
    required: int
    hours_left: Decimal
    hours: Decimal

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means finished."""
        return 100 * self.done // self.required if self.required else 0

    @property
    def finished(self) -> bool:
        return self.required > 0 and self.done == self.required


def tally(lines: list[Line]) -> Tally:
    counted = [line for line in lines if line.counts]
    return Tally(
        done=sum(line.state == DONE for line in counted),
        required=len(counted),
        hours_left=sum((line.hours for line in counted if line.state != DONE), Decimal(0)),
        hours=sum((line.hours for line in counted), Decimal(0)),
    )


@dataclass(slots=True)
class UnitLine:
    """One unit of the outline."""

    pk: int
    key: str
    title: str
    summary: str


@dataclass(slots=True)
class Section:
    """One unit with its items in reading order."""

    unit: UnitLine
    lines: list[Line] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        return tally(self.lines)


@dataclass
class Outline:
    stream: Stream
    sections: list[Section]
    lines: list[Line]

    @classmethod
    def read(cls, stream: Stream, person: User | Any = None) -> Outline:
        """The published outline; without a (signed-in) person every state is 'not started'."""
        with connection.cursor() as cursor:
            cursor.execute(OF_STREAM, [_id_of(person), stream.pk])
            return cls._from(stream, cursor.fetchall())

    @classmethod
    def ask(cls, item: Item, person: User | Any) -> Asked:
        """Ask for the published outline of the item's unit; `answered` reads it."""
        return Asked(OF_UNIT_OF, [_id_of(person), item.pk, item.stream_id])

    @classmethod
    def answered(cls, stream: Stream, asked: Asked) -> Outline:
        return cls._from(stream, asked.rows())

    @classmethod
    def find(cls, key: str, person: User | Any = None, *, unit_of: str = "") -> Outline | None:
        """The same, of the stream with this key, retired or not; None where there is none.

        With `unit_of`, the key of an item, its unit only: what is above an item stands in the same one.
        """
        with connection.cursor() as cursor:
            if unit_of:
                cursor.execute(OF_UNIT, [_id_of(person), unit_of, key])
            else:
                cursor.execute(OF_KEY, [_id_of(person), key])
            rows = cursor.fetchall()
        if not rows:
            return None
        stream = Stream.from_db(connection.alias, FIELDS, rows[0][: len(FIELDS)])
        return cls._from(stream, [row[len(FIELDS) :] for row in rows])

    @classmethod
    def _from(cls, stream: Stream, rows: Iterable[tuple[Any, ...]]) -> Outline:
        sections: dict[int, Section] = {}
        lines: dict[int, Line] = {}
        for unit_pk, unit_key, unit_title, unit_summary, *item in rows:
            if unit_pk is None:
                continue
            section = sections.get(unit_pk)
            if section is None:
                section = sections[unit_pk] = Section(UnitLine(unit_pk, unit_key, unit_title, unit_summary))
            if item[0] is None:
                continue
            line = lines[item[0]] = Line(unit_pk, *item)
            section.lines.append(line)
        for line in lines.values():
            line.parent = lines.get(line.parent_id) if line.parent_id else None
            line.depth = line.parent.depth + 1 if line.parent else 0
            if line.parent is not None:
                line.parent.parts.append(line)
        return cls(stream, list(sections.values()), list(lines.values()))

    @property
    def tally(self) -> Tally:
        return tally(self.lines)

    @property
    def next_line(self) -> Line | None:
        """The first required leaf, in reading order, that is not done."""
        return next((line for line in self.lines if line.counts and line.state != DONE), None)

    def line(self, pk: int) -> Line | None:
        return next((line for line in self.lines if line.pk == pk), None)

    def line_at(self, key: str) -> Line | None:
        return next((line for line in self.lines if line.key == key), None)

    def section_of(self, line: Line) -> Section:
        return next(section for section in self.sections if section.unit.pk == line.unit_id)

    def neighbours(self, line: Line) -> tuple[Line | None, Line | None]:
        """The items before and after in reading order."""
        place = self.lines.index(line)
        before = self.lines[place - 1] if place else None
        return before, self.lines[place + 1] if place + 1 < len(self.lines) else None


def _id_of(person: Any) -> int:
    return person.pk if person is not None and person.is_authenticated else 0
