"""Three cohorts: one that is five weeks in, one that takes applications, one that is being prepared."""

from datetime import datetime, timedelta
from typing import Any

from mentorship.cohorts.matching import assign
from mentorship.cohorts.models import Application, Away, Cohort, Membership, MentorNote
from mentorship.cohorts.models.away import today_of
from mentorship.home.demo.meetings import make_meetings
from mentorship.home.demo.triage import ask_questions, make_applicants
from mentorship.people.models import User
from streams.models import Stream

MENTEES = ["amara", "bela", "chiara", "dmitri", "esi"]
MENTORED_BY = {"amara": "mateo", "bela": "mateo", "chiara": "mateo", "dmitri": "nadia"}  # Esi waits for a mentor
MOTIVATIONS = {
    "amara": "Our district collects health data that nobody has time to look at. I want to be the one who can.",
    "bela": "I have planned bridges for fifteen years. The sensors we build in now talk all day, and I want to listen.",
    "chiara": "I teach statistics and notice that my examples stop where the interesting questions begin.",
    "dmitri": "In the laboratory we tune by feel. I have read enough to suspect that this can be learned from data.",
    "esi": "Forty weather stations, ten years, one spreadsheet. There must be a better way.",
    "aiko": "I fit models to detectors for a living and would like to learn what the rest of the world does with them.",
    "liam": "I keep deploying other people's models. I would like to know why they are what they are.",
    "yuki": "Our forecasts are regressions from a textbook of 1998. I want to learn what has happened since.",
}
# Mateo's private notes, weeks after the start.
NOTES = [
    ("amara", 2, "Asks good questions and answers them too fast. Let her say *why* before *how*."),
    ("amara", 4, "Evenings only until the end of the month. Next time: what would change her mind about the split?"),
    ("bela", 3, "Knows sensors better than I do. Needs a **deadline**, not more reading."),
]


def make_cohorts(people: dict[str, User], now: datetime) -> Cohort:
    """The running cohort; the others stand beside it."""
    running = make_running(people, now)
    make_open(people, now)
    stream = Stream.objects.get(key="first-ml-job")
    Cohort.draft(
        by=people["ada"], at=now - timedelta(days=2), stream=stream, name="First ML job, spring", slug="first-ml-job-spring",
        starts_on=(now + timedelta(weeks=12)).date(), ends_on=(now + timedelta(weeks=34)).date(),
        applications_close_on=(now + timedelta(weeks=9)).date(), seats=12, timezone="Europe/Berlin", hours_a_week=12,
    )  # fmt: skip
    return running


def answers(name: str, **more: Any) -> dict[str, Any]:
    return {
        "motivation": MOTIVATIONS[name],
        "background": "Comfortable with Python, rusty in linear algebra, used to reading papers slowly.",
        "goal": "To finish one project that I can explain from the first row of data to the last number.",
        "hours_a_week": 10,
        "link": "",
    } | more


def make_running(people: dict[str, User], now: datetime) -> Cohort:
    """Five weeks in: five mentees, two mentors, two meetings held and one to come."""
    ada, start = people["ada"], now - timedelta(weeks=5)
    cohort = Cohort.draft(
        by=ada, at=start - timedelta(weeks=6), stream=Stream.objects.get(key="starting-out"),
        name="Starting out, autumn", slug="starting-out-autumn", timezone="Europe/Berlin", seats=8, hours_a_week=10,
        about="A small group, evenings in Europe and Africa. We meet every second Thursday.",
        starts_on=start.date(), ends_on=(start + timedelta(weeks=16)).date(), applications_close_on=start.date(),
    )  # fmt: skip
    cohort.open(by=ada, at=start - timedelta(weeks=6))
    for day, name in enumerate(MENTEES):
        applied = start - timedelta(weeks=4) + timedelta(days=day)
        application = Application.apply(
            cohort=cohort, person=people[name], answers=answers(name), charter=1, at=applied
        )
        application.accept(by=ada, at=applied + timedelta(days=2))
    mentors = {
        name: cohort.add_mentor(person=people[name], capacity=4, by=ada, at=start) for name in ("mateo", "nadia")
    }
    mentors["nadia"].promise(3, by=people["nadia"], at=start)
    first = today_of(people["mateo"], now) + timedelta(days=9)
    Away.take(by=people["mateo"], first_day=first, last_day=first + timedelta(days=4), at=now)
    cohort.refresh_from_db()
    cohort.start(by=ada, at=start)
    seats = {m.person_id: m for m in Membership.objects.filter(cohort=cohort, role=Membership.Role.MENTEE)}
    for name, mentor in MENTORED_BY.items():
        mentee = seats[people[name].pk]
        assign(mentee=mentee, mentor=mentors[mentor], by=ada, at=start + timedelta(hours=2))
    make_meetings(cohort, people, seats, start)
    for name, weeks, text in NOTES:
        MentorNote.write(seats[people[name].pk], by=people["mateo"], text=text, at=start + timedelta(weeks=weeks))
    return cohort


def make_open(people: dict[str, User], now: datetime) -> Cohort:
    """Takes applications, with questions of its own: some wait, some are on the waiting list, some decided."""
    ada = people["ada"]
    cohort = Cohort.draft(
        by=ada, at=now - timedelta(weeks=3), stream=Stream.objects.get(key="starting-out"),
        name="Starting out, winter", slug="starting-out-winter", timezone="Europe/London", seats=10, hours_a_week=10,
        about="For people who begin from scratch. Mornings in Europe, evenings in Asia.",
        starts_on=(now + timedelta(weeks=4)).date(), ends_on=(now + timedelta(weeks=20)).date(),
        applications_close_on=(now + timedelta(weeks=3)).date(),
    )  # fmt: skip
    cohort.open(by=ada, at=now - timedelta(weeks=3))
    cohort.add_mentor(person=people["nadia"], capacity=3, by=ada, at=now - timedelta(weeks=2))
    ask_questions(cohort, ada, now - timedelta(weeks=3))
    for name, days in (("liam", 8), ("yuki", 4), ("aiko", 1)):
        row = Application.apply(
            cohort=cohort, person=people[name], answers=answers(name), charter=1, at=now - timedelta(days=days)
        )
        if name == "liam":
            row.waitlist(by=ada, note="We keep a place in view for you.", at=now - timedelta(days=5))
    make_applicants(cohort, people, answers("liam"), now)
    return cohort
