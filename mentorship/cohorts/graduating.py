"""How far mentees are on the way to graduating: three parts, each with what it asks, what is there and what is missing.

Cohorts know no projects and no posts: both counts come from the apps above, see `SOURCES` in stalled.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from mentorship.cohorts.models import Cohort, Membership
from mentorship.cohorts.stalled import SOURCES
from mentorship.people.models import User
from streams.models import Item, Progress, Stream
from streams.rings import parts_ring

WORDS = {
    "items": ("required item", "required items"),
    "projects": ("accepted project", "accepted projects"),
    "posts": ("published post", "published posts"),
}
PLACES = {"projects": "/projects/", "posts": "/blog/board/"}  # where one goes on with it; items: the stream
COUNTED = Q(items__counts=True, items__retired_at=None)
# What a stream and its rule say, as expressions over streams.
SAYS: dict[str, Any] = {
    "required": Count("items", filter=COUNTED),
    "briefs": Count("items", filter=COUNTED & Q(items__kind=Item.Kind.PROJECT)),
    "share": F("graduation_rule__share"),
    "projects": F("graduation_rule__projects"),
    "posts": F("graduation_rule__posts"),
}


@dataclass(frozen=True)
class Asked:
    """What graduating asks today; `required`: how many items the stream requires, all of them or not."""

    required: int
    items: int
    projects: int
    posts: int

    @classmethod
    def made(cls, required: int, briefs: int, share: int | None, projects: int | None, posts: int | None) -> "Asked":
        """From the stream's counts and its rule, of which there may be none."""
        items = required if share is None else -(-required * share // 100)
        return cls(required, items, briefs if projects is None else projects, 1 if posts is None else posts)


@dataclass(frozen=True)
class Part:
    """One of the three: how much of it there is, of how much."""

    key: str
    done: int
    asked: int

    @property
    def label(self) -> str:
        return WORDS[self.key][self.asked != 1]

    @property
    def missing(self) -> int:
        return max(self.asked - self.done, 0)

    @property
    def said(self) -> str:
        """'2 required items', of what is missing."""
        return f"{self.missing} {WORDS[self.key][self.missing != 1]}"


@dataclass(frozen=True)
class Way:
    """How far one mentee is. A part that nothing is asked of is left out."""

    parts: list[Part]

    @classmethod
    def made(cls, asked: Asked, done: int, works: int, posts: int) -> "Way":
        parts = [
            Part("items", done, asked.items), Part("projects", works, asked.projects), Part("posts", posts, asked.posts)
        ]  # fmt: skip
        return cls([part for part in parts if part.asked])

    @property
    def met(self) -> bool:
        """A stream in which nothing counts is finished by nobody."""
        return any(part.key == "items" for part in self.parts) and not self.missing

    @property
    def missing(self) -> list[Part]:
        return [part for part in self.parts if part.missing]

    @property
    def said(self) -> str:
        """What is missing, in words; '' for nothing."""
        *rest, last = [part.said for part in self.missing] or [""]
        return f"{', '.join(rest)} and {last}" if rest else last

    def ring(self, label: str) -> SafeString:
        return parts_ring([(min(part.done, part.asked), part.asked) for part in self.parts], f"{label}: {self.alt}")

    @property
    def alt(self) -> str:
        return ", ".join(f"{part.done} of {part.asked} {part.label}" for part in self.parts)


@dataclass(frozen=True)
class OwnWay:
    """The way of one membership, with where each part goes on."""

    membership: Membership
    way: Way

    @property
    def ring(self) -> SafeString:
        return self.way.ring(f"Graduating from {self.membership.cohort.stream.title}")

    @property
    def lines(self) -> list[dict[str, Any]]:
        stream = self.membership.cohort.stream.get_absolute_url()
        return [{"part": part, "url": PLACES.get(part.key, stream)} for part in self.way.parts]


def asked_of(streams: Iterable[Stream] | Iterable[int]) -> dict[int, Asked]:
    """What each of `streams` asks, by its key; one query."""
    rows = Stream.objects.filter(pk__in=[getattr(stream, "pk", stream) for stream in streams]).order_by()
    names = [f"says_{name}" for name in SAYS]
    found = rows.annotate(**{f"says_{name}": value for name, value in SAYS.items()}).values_list("pk", *names)
    return {pk: Asked.made(*said) for pk, *said in found}


def asked_by(cohort: Cohort) -> Asked:
    return asked_of([cohort.stream_id])[cohort.stream_id]


def counted(mentees: Any) -> Any:
    """`mentees` annotated with `done`, `works` and `posted`: items of their cohort's stream, projects, posts."""
    done = Progress.objects.filter(
        person=OuterRef("person"), state=Progress.State.DONE, item__stream=OuterRef("cohort__stream"),
        item__counts=True, item__retired_at=None,
    )  # fmt: skip
    number = done.order_by().values("person").annotate(n=Count("pk")).values("n")
    sources = {name: SOURCES[name]() if name in SOURCES else Value(0) for name in ("works", "posted")}
    return mentees.annotate(
        done=Coalesce(Subquery(number, output_field=IntegerField()), 0),
        **{name: Coalesce(value, 0) for name, value in sources.items()},
    )


def way_of(row: Any, asked: Asked) -> Way:
    """Of a membership of `counted`."""
    return Way.made(asked, row.done, row.works, row.posted)


def ways_of(mentees: Any) -> list[OwnWay]:
    """The way of each of `mentees`, in their order; two queries."""
    rows = list(counted(mentees).select_related("cohort__stream", "person"))
    asked = asked_of({row.cohort.stream_id for row in rows}) if rows else {}
    return [OwnWay(row, way_of(row, asked[row.cohort.stream_id])) for row in rows]


def own_ways(person: User) -> list[OwnWay]:
    """Of the seats that `person` has as a mentee in cohorts that run, or have finished without an outcome of theirs."""
    rows = Membership.objects.mentees().of(person).filter(
        cohort__state__in=[Cohort.State.RUNNING, Cohort.State.FINISHED], outcome=None
    )  # fmt: skip
    return ways_of(rows.order_by("-cohort__starts_on", "-pk"))
