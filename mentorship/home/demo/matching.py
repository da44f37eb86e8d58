"""What the demo's people say for matching, and a proposal that waits for its admin."""

from datetime import datetime, time, timedelta

from mentorship.cohorts.matching import propose
from mentorship.cohorts.models import Availability, Cohort, Membership, Wish
from mentorship.people.models import User
from streams.models import Unit

# Name: languages, awake from and until, and of mentors the hours a week.
SAID = {
    "mateo": (["es", "en"], 7, 23, 4), "nadia": (["ar", "en"], 6, 22, 3), "esi": (["en", "fr"], 5, 21, None),
    "amara": (["en", "yo"], 6, 22, None), "bela": (["hu", "en", "de"], 8, 23, None),
}  # fmt: skip


def make_matching(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    """Esi, who has no mentor, asked for Nadia; the proposal of last night gives her to her."""
    units = list(Unit.objects.filter(stream=cohort.stream).order_by("position"))
    for name, (languages, since, until, hours) in SAID.items():
        more = {"hours_a_week": hours, "streams": [cohort.stream], "topics": units[::2]} if hours else {}
        Availability.say(
            by=people[name], languages=languages, awake_from=time(since), awake_until=time(until),
            at=now - timedelta(weeks=5), **more,
        )  # fmt: skip
    seats = {seat.person_id: seat for seat in Membership.objects.active().filter(cohort=cohort)}
    esi, nadia = (seats[people[name].pk] for name in ("esi", "nadia"))
    esi.topics.set(units[1:4])
    Wish.say(seat=esi, about=nadia, veto=False, by=people["esi"], at=now - timedelta(days=6))
    propose(cohort=cohort, by=people["ada"], at=now - timedelta(hours=12))
