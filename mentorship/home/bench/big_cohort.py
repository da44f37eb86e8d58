"""Matching at size: how many seconds a proposal takes for 500 mentees and 60 mentors, from the database and back."""

import time
from datetime import time as clock
from typing import Any

from django.db import transaction

from mentorship.cohorts import matching
from mentorship.cohorts.models import Availability, Cohort, Membership, Wish
from mentorship.home.bench.seed import put
from mentorship.people.models import User

MENTEES, MENTORS, CAPACITY, MOST_SECONDS = 500, 60, 8, 5.0
ZONES = ["Africa/Lagos", "Europe/Berlin", "America/Santiago", "Asia/Tokyo", "Asia/Amman", "America/Denver"]
LANGUAGES = [["en"], ["en", "fr"], ["en", "es"], ["es"]]


def match(admin: User) -> dict[str, Any]:
    """A line of the bench. What is made for it is undone."""
    with transaction.atomic():
        cohort = big_cohort()
        begun = time.perf_counter()
        proposal = matching.propose(cohort=cohort, by=admin)
        seconds = time.perf_counter() - begun
        begun = time.perf_counter()
        pairs = len(matching.apply(proposal=proposal, by=admin, version=1))
        applied = time.perf_counter() - begun
        transaction.set_rollback(True)
    return {
        "page": "matching", "mentees": MENTEES, "mentors": MENTORS, "pairs": pairs, "seconds": round(seconds, 2),
        "applied in": round(applied, 2), "most": MOST_SECONDS,
        "holds": seconds < MOST_SECONDS and pairs == MENTORS * CAPACITY,
    }  # fmt: skip


def big_cohort() -> Cohort:
    template = Cohort.objects.get(slug="bench-0")
    fields = ("stream_id", "starts_on", "ends_on", "applications_close_on", "started_at")
    cohort = Cohort.objects.create(
        name="Bench, matching", slug="bench-matching", state="running", seats=1000, seats_taken=MENTEES,
        **{name: getattr(template, name) for name in fields},
    )  # fmt: skip
    people = put(
        User(
            email=f"matching{n}@bench.example", handle=f"matching-{n}", name=f"Person {n}", password="!",  # noqa: S106
            timezone=ZONES[n % len(ZONES)],
        )
        for n in range(MENTEES + MENTORS)
    )  # fmt: skip
    put(
        Availability(person=person, languages=LANGUAGES[n % 4], awake_from=clock(6 + n % 4))
        for n, person in enumerate(people)
    )
    mentors = put(
        Membership(cohort=cohort, person=person, role="mentor", capacity=CAPACITY) for person in people[:MENTORS]
    )
    mentees = put(Membership(cohort=cohort, person=person, role="mentee") for person in people[MENTORS:])
    put(Wish(seat=seat, about=mentors[n % MENTORS]) for n, seat in enumerate(mentees))
    for n, seat in enumerate(mentees):
        if (6 * n + 1) % MENTORS:  # not the very one that they wish for
            Wish.objects.create(seat=seat, about=mentors[(7 * n + 1) % MENTORS], veto=True)
    return cohort
