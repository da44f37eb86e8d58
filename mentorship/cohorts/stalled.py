"""Who has stalled, and why: signals with a weight and a date, for a whole cohort in one query.

What a mentee did comes from the database (`gathered`), what it means from the cohort's thresholds (`judged`), which is
plain arithmetic: so that other thresholds can be tried on the same facts before anybody saves them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from mentorship.cohorts.models import Attendance, Cohort, Pause, Thresholds
from mentorship.cohorts.models.membership import MembershipQuerySet, last_return
from mentorship.study.models import StudyEntry
from streams.progress import last_progress_at

MOODS = 3  # entries that 'down twice' looks at

# What higher apps know of a mentee, as an expression over memberships: `round`, since when a review waits for their
# answer. An app puts its own in when it is ready.
SOURCES: dict[str, Callable[[], Any]] = {}


@dataclass(slots=True)  # not frozen: thousands of them are made for one page
class Facts:
    """What one mentee did last; `begun` is when they joined, the cohort began, or a pause ended, whatever came last."""

    pk: int
    cohort: int
    slug: str
    cohort_name: str
    running: bool
    person: int
    name: str
    handle: str
    visibility: str
    begun: datetime
    last_step: datetime | None
    last_entry: datetime | None
    round_since: datetime | None
    moods: list[tuple[datetime, int]]  # newest first
    missed: list[datetime]  # meetings in a row up to the last one held, newest first
    paused_until: date | None = None


@dataclass(frozen=True)
class Signal:
    """One reason: since when it holds, and what it weighs."""

    kind: str
    text: str
    since: datetime
    weight: int


@dataclass(slots=True)
class Standing:
    """How one mentee stands by the thresholds of their cohort."""

    facts: Facts
    signals: list[Signal]
    last_activity: datetime
    listed: bool
    silent: bool

    @property
    def weight(self) -> int:
        return sum(signal.weight for signal in self.signals)

    @property
    def since(self) -> datetime:
        """When the first of the signals began."""
        return min((signal.since for signal in self.signals), default=self.last_activity)


def gathered(mentees: MembershipQuerySet, at: datetime) -> list[Facts]:
    """The facts about `mentees`, in their order; one query."""
    entries = StudyEntry.objects.filter(person=OuterRef("person")).order_by()
    felt = StudyEntry.objects.filter(
        person=OuterRef("person"), mood__isnull=False, created_at__gte=OuterRef("joined_at")
    )
    never = Value(None, output_field=DateTimeField(null=True))
    pauses = Pause.objects.active_at(at).filter(membership=OuterRef("pk")).order_by("returns_on")
    rows = mentees.annotate(
        returned=last_return(at),
        paused_until=Subquery(pauses.values("returns_on")[:1]),
        last_step=last_progress_at("person"),
        last_entry=Subquery(entries.order_by("-created_at").values("created_at")[:1]),
        round_since=SOURCES["round"]() if "round" in SOURCES else never,
        moods=ArraySubquery(
            felt.order_by("-day", "-pk").values(entry=JSONObject(at="created_at", mood="mood"))[:MOODS]
        ),
        came=ArraySubquery(Attendance.objects.latest_of(OuterRef("pk"), at)),
    ).values_list(
        *("pk", "cohort_id", "cohort__slug", "cohort__name", "cohort__state"),
        *("person_id", "person__name", "person__handle", "person__visibility"),
        *("paused_until", "joined_at", "cohort__started_at", "cohort__starts_on", "returned"),
        *("last_step", "last_entry", "round_since", "moods", "came"),
    )
    return [facts_of(*row) for row in rows]


def facts_of(pk: int, cohort: int, slug: str, called: str, state: str, *rest: Any) -> Facts:
    """One row of `gathered`."""
    *who, paused, joined, started, first_day, returned, step, entry, waits, moods, came = rest
    person, name, handle, visibility = who
    begun = max(joined, started or joined, returned or joined, datetime.combine(first_day, time(), UTC))
    felt = [(datetime.fromisoformat(row["at"]), row["mood"]) for row in moods]
    running = state == Cohort.State.RUNNING
    return Facts(
        *(pk, cohort, slug, called, running, person, name, handle, visibility, begun, step, entry, waits, felt),
        missed=in_a_row(came), paused_until=paused,
    )  # fmt: skip


def in_a_row(came: list[dict[str, str]]) -> list[datetime]:
    """The meetings missed without a word, up to the last one held; who was excused breaks no row and adds nothing."""
    noted = [row for row in came if row["state"] != Attendance.State.EXCUSED]
    missed = takewhile(lambda row: row["state"] == Attendance.State.ABSENT, noted)
    return [datetime.fromisoformat(row["at"]) for row in missed]


def judged(facts: Iterable[Facts], by: Thresholds, at: datetime) -> list[Standing]:
    return [standing(row, by, at) for row in facts]


def standing(facts: Facts, by: Thresholds, at: datetime) -> Standing:
    """How one mentee stands at `at`; where the cohort does not run, and while they pause, nobody stalls."""
    stepped = max(facts.begun, facts.last_step) if facts.last_step else facts.begun
    studied = max(facts.begun, facts.last_entry) if facts.last_entry else facts.begun
    active = max(stepped, studied)
    waits = max(facts.begun, facts.round_since) if facts.round_since else None
    if facts.paused_until or not facts.running:
        return Standing(facts, [], active, listed=False, silent=False)
    found = [
        signal
        for signal in (
            lasting("progress", "No step", stepped, by.progress_days, by.progress_weight, at),
            lasting("study", "No study entry", studied, by.study_days, by.study_weight, at),
            lasting("round", "A review without an answer", waits, by.round_days, by.round_weight, at),
            missing(facts.missed, by),
            falling(facts.moods, by, at),
        )
        if signal is not None and signal.weight
    ]
    silent = at - active >= timedelta(by.silent_days)
    return Standing(facts, found, active, sum(signal.weight for signal in found) >= by.listed_from, silent)


def lasting(kind: str, what: str, since: datetime | None, days: int, weight: int, at: datetime) -> Signal | None:
    if since is None or at - since < timedelta(days):
        return None
    return Signal(kind, f"{what} for {plural((at - since).days, 'day')}", since, weight)


def missing(missed: list[datetime], by: Thresholds) -> Signal | None:
    if len(missed) < by.meetings_missed:
        return None
    count = "The last meeting" if len(missed) == 1 else f"The last {len(missed)} meetings"
    return Signal("meetings", f"{count} missed", missed[-1], by.meetings_weight)


def falling(moods: list[tuple[datetime, int]], by: Thresholds, at: datetime) -> Signal | None:
    """The mood itself is nobody's but its owner's: the signal only says that it fell, and when."""
    if len(moods) < MOODS or not moods[0][1] < moods[1][1] < moods[2][1] or at - moods[0][0] > timedelta(by.mood_days):
        return None
    return Signal("mood", "Mood down twice in a row", moods[0][0], by.mood_weight)


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def stalled(standings: Iterable[Standing]) -> list[Standing]:
    """Those on the list, the heaviest first, of equal ones whose trouble began first."""
    return sorted((row for row in standings if row.listed), key=lambda row: (-row.weight, row.since, row.facts.pk))


def standings_of(mentees: MembershipQuerySet, at: datetime) -> list[Standing]:
    """Every one of `mentees`, each by the thresholds of their cohort; two queries."""
    facts = gathered(mentees, at)
    own = {row.cohort_id: row for row in Thresholds.objects.filter(cohort__in={row.cohort for row in facts})}
    usual = Thresholds()
    return [standing(row, own.get(row.cohort, usual), at) for row in facts]


@dataclass(frozen=True)
class Effect:
    """What other thresholds would change on the list."""

    appear: list[Standing]
    leave: list[Standing]
    stay: int


def effect(facts: list[Facts], old: Thresholds, new: Thresholds, at: datetime) -> Effect:
    """Who would appear on the list and who would leave it, if `new` stood in the place of `old`."""
    before = {row.facts.pk: row for row in stalled(judged(facts, old, at))}
    after = {row.facts.pk: row for row in stalled(judged(facts, new, at))}
    return Effect(
        [row for pk, row in after.items() if pk not in before],
        [row for pk, row in before.items() if pk not in after],
        len(before.keys() & after.keys()),
    )
