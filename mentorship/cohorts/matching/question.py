"""Whom matching is asked about: read from the database in a number of queries that does not grow."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone

from mentorship.cohorts.matching.pairing import AWAY_LONG, Around, Seat
from mentorship.cohorts.matching.solving import Question
from mentorship.cohorts.matching.waking import Waking, sample_days
from mentorship.cohorts.models import Assignment, Availability, Away, Cohort, Membership, Pause, Wish
from mentorship.cohorts.models.availability import AWAKE_FROM, AWAKE_UNTIL
from mentorship.common import clock
from streams.models import Unit

Sets = dict[int, set[Any]]


def question_of(cohort: Cohort, at: datetime | None = None, *, everyone: bool = False) -> Question:
    """The mentees of `cohort` without a mentor and the mentors who are there, as they stand at `at`.

    `everyone`: also the mentees who have a mentor, whose places are free then.
    """
    moment = at or clock.now()
    today = timezone.localdate(moment, cohort.zone)
    names = ("pk", "person", "person__name", "person__handle", "person__timezone", "capacity", "load", "role")
    active = cohort.memberships.active().filter(person__is_active=True).order_by("pk")
    asked = cohort.memberships.mentees() if everyone else cohort.memberships.without_mentor()
    alone = active.filter(pk__in=asked.values("pk"))
    rows = [*alone.values_list(*names), *active.filter(role=Membership.Role.MENTOR).values_list(*names)]
    people = [row[1] for row in rows]
    said = {row.person_id: row for row in Availability.objects.filter(person__in=people)}
    offered, streams = _offered(people)
    wished = _sets(Membership.topics.through.objects.filter(membership__in=alone), "membership", "unit")
    wishes, vetoes = (
        _sets(Wish.objects.filter(seat__cohort=cohort, veto=veto), "seat", "about") for veto in (False, True)
    )
    elsewhere = _elsewhere(cohort, people)
    away = _away(people, today)
    present = dict(Assignment.objects.active().filter(mentee__in=alone).values_list("mentee", "mentor"))
    freed = Counter(present.values())
    paused = dict(Pause.objects.active_at(moment).filter(membership__in=alone).values_list("membership", "returns_on"))
    seats: dict[str, list[Seat]] = {"mentee": [], "mentor": []}
    for pk, person, name, handle, zone, capacity, load, role in rows:
        own = said.get(person)
        waking = Waking(zone, own.awake_from if own else AWAKE_FROM, own.awake_until if own else AWAKE_UNTIL)
        mentor = role == Membership.Role.MENTOR
        seats[role].append(
            Seat(
                pk, person, name or handle, waking, frozenset(own.languages if own else ()),
                frozenset((offered.get(person) if mentor else wished.get(pk)) or ()),
                frozenset(wishes.get(pk, ())), frozenset(vetoes.get(pk, ())), present.get(pk, 0), paused.get(pk),
                pk in paused and paused[pk] > today + timedelta(days=AWAY_LONG),
                capacity, load - freed[pk], elsewhere.get(person, 0), own.hours_a_week if own and mentor else None,
                mentor and cohort.stream_id in streams.get(person, ()), away.get(person) if mentor else None,
            )
        )  # fmt: skip
    topics = dict(Unit.objects.filter(stream=cohort.stream).order_by("position").values_list("pk", "title"))
    days = sample_days(max(cohort.starts_on, today), max(cohort.ends_on, today))
    return Question(seats["mentee"], seats["mentor"], Around(days, topics, _before(people)))


def _sets(rows: Any, key: str, value: str) -> Sets:
    found: Sets = defaultdict(set)
    for one, other in rows.values_list(f"{key}_id", f"{value}_id"):
        found[one].add(other)
    return found


def _offered(people: list[int]) -> tuple[Sets, Sets]:
    """Topics and streams of mentors, by person."""
    topics: Sets = defaultdict(set)
    streams: Sets = defaultdict(set)
    rows = Availability.objects.filter(person__in=people)
    for person, topic in rows.filter(topics__isnull=False).values_list("person_id", "topics"):
        topics[person].add(topic)
    for person, stream in rows.filter(streams__isnull=False).values_list("person_id", "streams"):
        streams[person].add(stream)
    return topics, streams


def _elsewhere(cohort: Cohort, people: list[int]) -> dict[int, int]:
    """How many mentees the mentors have in other cohorts, by person."""
    rows = Membership.objects.mentors().filter(person__in=people).exclude(cohort=cohort)
    return dict(rows.order_by().values_list("person").annotate(Sum("load")))


def _away(people: list[int], today: Any) -> dict[int, Any]:
    """Until when those who are away now, and for a while, are so, by person."""
    rows = Away.objects.filter(person__in=people, first_day__lte=today, last_day__gte=today + timedelta(days=AWAY_LONG))
    return dict(rows.values_list("person", "last_day"))


def _before(people: list[int]) -> frozenset[tuple[int, int]]:
    """Who has worked with whom, in any cohort, and did not ask for another pairing."""
    rows = Assignment.objects.filter(mentee__person__in=people, mentor__person__in=people)
    rows = rows.exclude(swaps__state__in=["asked", "settled"])
    return frozenset(rows.values_list(F("mentee__person"), F("mentor__person")))
