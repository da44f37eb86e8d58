"""Hours to book and a mock interview that is over; a talk that comes and one with its recording."""

from datetime import datetime, timedelta

from mentorship.cohorts.models import Cohort, InterviewFeedback, Slot, Talk
from mentorship.cohorts.models.interview_feedback import topics_asked
from mentorship.people.models import User


def make_hours(cohort: Cohort, people: dict[str, User], now: datetime) -> None:
    """Mateo's office hours, interviews among peers: one held and spoken about, one booked, two open."""
    mateo, amara, bela, chiara = (people[name] for name in ("mateo", "amara", "bela", "chiara"))
    evening = now.replace(hour=17, minute=0, second=0, microsecond=0)

    def interview(host: User, topic: str, days: int, **more: object) -> Slot:
        offered = evening + timedelta(days=min(days, 0) - 3)
        return Slot.offer(
            by=host, cohort=cohort, kind="interview", interview_round=topic, minutes=45, at=offered,
            starts=[evening + timedelta(days=days)], place="https://meet.example/starting-out", **more,
        )[0]  # fmt: skip

    held = interview(mateo, "breadth", -6).book(
        by=amara, topic="Bias and variance, until I can say it without notes.", at=evening - timedelta(days=8)
    )
    after = held.slot.ends_at + timedelta(hours=2)
    InterviewFeedback.give(
        booking=held, by=mateo, at=after, levels={"explains": 2, "compares": 1, "fails": 2, "honest": 3},
        went_well="You said what you did not know and reasoned on from there. That is rare and it counts.",
        topics=[key for key, _ in topics_asked(held, mateo)[:1]],
        next_time="When two methods would do, say which you would take and what would change your mind.",
    )  # fmt: skip
    InterviewFeedback.give(
        booking=held, by=amara, at=after, levels={"clear": 3, "room": 2, "useful": 3},
        went_well="The follow-up questions showed me where I only repeat words.",
        next_time="A little more time before the next question.",
    )  # fmt: skip
    interview(bela, "coding", 3, note="Arrays and strings, in Python.").book(by=amara, at=evening - timedelta(days=1))
    interview(chiara, "project", 5, host_asks=False, note="I would like to defend Project 1.")
    weeks = [evening + timedelta(days=4, weeks=week, hours=1) for week in (0, 2, 3)]  # away in the second
    Slot.offer(
        by=mateo, cohort=cohort, kind="office", minutes=30, starts=weeks, place="https://meet.example/mateo",
        note="Bring the cell that puzzles you.", at=evening - timedelta(days=2),
    )  # fmt: skip


def make_talks(people: dict[str, User], now: datetime) -> None:
    """One to come with some seats left, one over whose recording can be watched."""
    ada = people["ada"]
    evening = now.replace(hour=17, minute=0, second=0, microsecond=0)

    def plan(days: int, **fields: object) -> Talk:
        start, planned = evening + timedelta(days=days), evening + timedelta(days=min(days, 0) - 14)
        times = {"starts_at": start, "ends_at": start + timedelta(minutes=60), "timezone": "Europe/Berlin"}
        talk = Talk.plan(by=ada, at=planned, visibility="public", **times, **fields)
        talk.announce(by=ada, at=planned)
        return talk

    past = plan(
        -20, title="What breaks first in production", slug="what-breaks-first", speaker_name="Ines Albrecht",
        speaker_about="runs forecasting models for a grid operator",
        about="Three models that were right offline and wrong on Monday: a feature that arrived late, a unit that changed, "
        "a label that leaked. For each: how it was noticed, and the check that would have caught it.",
    )  # fmt: skip
    past.sign_up(by=people["amara"], at=evening - timedelta(days=30))
    past.record(by=ada, recording="https://videos.example/what-breaks-first", at=evening - timedelta(days=18))
    coming = plan(
        9, title="From a notebook to a service in a week", slug="notebook-to-service", speaker_name="Tomás Lindgren",
        speaker_about="platform engineer", limit=40, place="https://meet.example/talks",
        about="A live walk from a cell that works to an endpoint that others depend on: packaging, a test that fails first, "
        "a rollback that has been tried.\n\nQuestions from mentees come first.",
    )  # fmt: skip
    for name in ("amara", "bela", "mateo"):
        coming.sign_up(by=people[name], at=now - timedelta(days=1))
