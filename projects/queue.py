"""The queue: who waits, since when."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, FilteredRelation, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest, QueryDict

from mentorship.common import clock
from mentorship.common.pages import paginate
from mentorship.people.models import User
from projects.lateness import Late
from projects.models import Review, Submission
from projects.queue_html import rows_html
from projects.queue_rows import Choice, Rows

TABS = (
    ("mine", "Waiting for me"),
    ("them", "Waiting for them"),
    ("unclaimed", "Unclaimed"),
    ("claimed", "Claimed by me"),
    ("others", "Claimed by others"),
    ("done", "Done"),
)
ONLY = (("late", "Late"), ("help", "Help wanted"), ("new", "First hand-in"))
SORTS = {
    "waited": ("Longest wait", ()),
    "project": ("Project", ("project__item__stream__number", "project__item__position")),
    "round": ("Round", ("rounds_count",)),
    "mentee": ("Mentee", ("author__name",)),
}
EMPTY = {
    "mine": ("Nobody waits for you", "What your mentees hand in stands here, and what you have claimed."),
    "unclaimed": ("Nothing is unclaimed", "Every round in your cohorts has somebody who reviews it."),
    "claimed": ("You hold no round", "Claim one, and it is yours for 24 hours; four at once."),
    "others": ("Nobody else holds a round", "What other mentors of your cohorts are reviewing stands here."),
    "them": ("You wait for nobody", "Work that you asked changes of stands here until its next round."),
    "done": ("Nothing is accepted yet", "Work that was accepted stands here."),
}
SORT_LABELS = tuple((name, label) for name, (label, _order) in SORTS.items())
SEATS = """
WITH seat AS MATERIALIZED (
  SELECT id, cohort_id FROM cohorts_membership WHERE person_id = %(mentor)s AND role = 'mentor' AND left_at IS NULL
)
SELECT ARRAY(SELECT cohort_id FROM seat),
  ARRAY(SELECT mentee_id FROM cohorts_assignment WHERE ended_at IS NULL AND mentor_id IN (SELECT id FROM seat))
"""


@dataclass(frozen=True)
class Queue:
    """What one mentor reviews from: their cohorts, their mentees' seats in them, and the projects of the curriculum."""

    mentor: User
    cohorts: tuple[int, ...]
    mentees: tuple[int, ...]
    projects: tuple[Choice, ...] = ()

    @classmethod
    def of(cls, mentor: User) -> "Queue":
        with connection.cursor() as cursor:
            cursor.execute(SEATS, {"mentor": mentor.pk})
            return cls.made(mentor, *cursor.fetchone())

    @classmethod
    def made(
        cls, mentor: User, cohorts: list[int], mentees: list[int], projects: list[list[Any]] | None = None
    ) -> "Queue":
        return cls(mentor, tuple(cohorts), tuple(mentees), tuple(map(Choice._make, projects or ())))

    @cached_property
    def own(self) -> frozenset[int]:
        """The seats of the mentor's mentees, to look one up in."""
        return frozenset(self.mentees)

    def rows(self, tab: str, at: datetime) -> Any:
        """The submissions of one tab, the longest wait first; of the unclaimed, one's own mentees' before all."""
        found = Submission.objects.filter(cohort__in=self.cohorts).exclude(author=self.mentor)
        waiting = found.annotate(waiting=FilteredRelation("rounds", condition=Q(rounds__state="waiting")))
        held = Q(waiting__claimed_until__gt=at)
        by_me = held & Q(waiting__claimed_by=self.mentor)
        whose = {
            "mine": by_me | (Q(membership__in=self.mentees) & (Q(waiting__claimed_until=None) | ~held)),
            "claimed": by_me,
            "others": held & ~Q(waiting__claimed_by=self.mentor),
        }
        if tab in whose:
            return waiting.filter(whose[tab], state="awaiting_mentor").order_by("awaiting_mentor_since")
        if tab == "unclaimed":
            free = Q(waiting__claimed_until=None) | Q(waiting__claimed_until__lte=at)
            free_ones = waiting.filter(free, state="awaiting_mentor")
            if not self.mentees:  # the Case below would come down to ORDER BY 1, which is the first column
                return free_ones.order_by("awaiting_mentor_since")
            own = Case(When(membership__in=self.mentees, then=Value(0)), default=Value(1))
            return free_ones.order_by(own, "awaiting_mentor_since")
        reviewed = Review.objects.filter(round__submission=OuterRef("pk"), mentor=self.mentor, state="published")
        mine = waiting.filter(Q(membership__in=self.mentees) | Exists(reviewed))
        if tab == "them":
            return mine.filter(state="awaiting_mentee").order_by("awaiting_mentee_since")
        return mine.filter(state="accepted").order_by("-accepted_at")

    def asked(self, query: QueryDict, at: datetime) -> tuple["Asked", Any]:
        """What the address asks for, and the submissions that answer it."""
        asked = Asked.read(query)
        return asked, asked.narrow(self.rows(asked.tab, at), at)


def context(request: HttpRequest, mentor: User) -> dict[str, Any] | None:
    """The page that the address asks for; None for who mentors nowhere."""
    now = clock.now()
    asked = Asked.read(request.GET)
    rows = Rows(mentor, asked, now)
    page = paginate(request, rows)
    queue = Queue.made(mentor, *rows.seats)
    if not queue.cohorts:
        return None
    live = tuple([project for project in queue.projects if project.live])
    return {
        "page": page,
        "rows": rows_html(page.rows, queue, asked.tab, now),
        "tab": asked.tab,
        "tabs": TABS,
        "asked": asked,
        "projects": live,
        "streams": tuple(sorted({project.stream for project in live})),
        "sorts": SORT_LABELS,
        "only": ONLY,
        "uncalibrated": not rows.calibrated,
        "to_countersign": rows.to_countersign,
        "empty": EMPTY[asked.tab],
    }


COLUMNS = (
    "pk",
    "title",
    "state",
    "membership",
    "rounds_count",
    "awaiting_mentor_since",
    "awaiting_mentee_since",
    "accepted_at",
    "author__name",
    "group__name",
    "project__label",
    "project__item__stream__number",
    "waiting__pk",
    "waiting__claimed_by",
    "waiting__claimed_by__name",
    "waiting__claimed_until",
    "late",
    "first_ever",
    "help_wanted",
)


@dataclass(frozen=True)
class Asked:
    """What the address asks for. Anything that is not on offer is left aside."""

    tab: str
    stream: str
    project: str
    round: str
    mentee: str
    only: str
    sort: str

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        said = {name: query.get(name, "").replace("\x00", "")[:120].strip() for name in cls.__annotations__}
        return cls(
            tab=said["tab"] if said["tab"] in dict(TABS) else "mine",
            stream=said["stream"]
            if said["stream"].isascii() and said["stream"].isdigit() and len(said["stream"]) < 5
            else "",
            project=said["project"],
            round=said["round"] if said["round"] in ("first", "later") else "",
            mentee=said["mentee"],
            only=said["only"] if said["only"] in dict(ONLY) else "",
            sort=said["sort"] if said["sort"] in SORTS else "waited",
        )

    @property
    def narrowed(self) -> bool:
        return any((self.stream, self.project, self.round, self.mentee, self.only)) or self.sort != "waited"

    def narrow(self, rows: Any, at: datetime) -> Any:
        rows = rows.annotate(late=Late(at), first_ever=first_ever(), help_wanted=Q(waiting__offered_at__isnull=False))
        if self.only:
            rows = rows.filter(**{{"late": "late", "help": "help_wanted", "new": "first_ever"}[self.only]: True})
        if self.stream:
            rows = rows.filter(project__item__stream__number=int(self.stream))
        if self.project:
            rows = rows.filter(project__key=self.project)
        if self.round:
            rows = rows.filter(rounds_count=1) if self.round == "first" else rows.filter(rounds_count__gt=1)
        if self.mentee:
            rows = rows.filter(author__name__icontains=self.mentee)
        return rows.order_by(*SORTS[self.sort][1], *rows.query.order_by, "pk")


def first_ever() -> Combinable:
    """Whether work is the first that its author hands in at all, in its first round."""
    earlier = Submission.objects.filter(author=OuterRef("author"), pk__lt=OuterRef("pk"))
    return Q(rounds_count=1) & ~Exists(earlier)
