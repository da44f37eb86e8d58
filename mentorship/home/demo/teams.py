"""People who work together: pairs of the running cohort, a capstone team, and a paper replicated in the third stream."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from mentorship.cohorts.matching import assign
from mentorship.cohorts.models import Application, Cohort, Group, Membership
from mentorship.home.demo.cohorts import answers
from mentorship.home.demo.team_answers import ANSWERS
from mentorship.people.models import User
from mentorship.study.models import StudyEntry
from projects.commits import Author
from projects.draft import Draft
from projects.models import CommitLog, Project, Submission
from projects.papers import Claimed, Paper
from projects.work import Work
from streams.models import Item, Stream

PARTS = {
    "sofia": "Collected the arrivals of two years from the city's open feed and wrote the **cleaning**: duplicates, "
    "clock changes, buses that never were. Wrote the part of the report about the data.",
    "kofi": "Built the three models and the split by *week*, and found with Hana why the first one looked too good.",
    "hana": "Baselines, the evaluation and the page that shows delays by line. Kept the board and the reviews going.",
}
LOG: list[Author] = [
    ("Kofi Adjei", "kofi@demo.example", 74),
    ("Sofia Marin", "sofia@demo.example", 61),
    ("hana-n", "hana@laptop.local", 39),
]
PAPER = Paper(
    title="Deep Residual Learning for Image Recognition (He, Zhang, Ren, Sun, 2015)",
    url="https://arxiv.org/abs/1512.03385",
    seeds="1 to 5",
    compute="One T4, 11 hours in all",
    deviations="- 164 epochs as in the paper, but a **cosine** schedule: the steps of the paper cost us two runs.\n"
    "- Flips and crops only; the paper says no more either.",
    ideas="1. How far does a narrower net get with the same compute?\n2. Is the gain of depth one of optimisation only?",
    figures=(
        Claimed("Error of ResNet-20 on CIFAR-10, %", Decimal("8.75"), Decimal("8.41"), Decimal("0.22"), True),
        Claimed("Error of ResNet-56 on CIFAR-10, %", Decimal("6.97"), Decimal("7.12"), Decimal("0.19"), True),
        Claimed("Error of ResNet-110 on CIFAR-10, %", Decimal("6.43"), Decimal("7.05"), Decimal("0.31"), True),
        Claimed("Error of plain-56 on CIFAR-10, %", Decimal("13"), None, None, True),
    ),
)


def make_teams(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    make_pairs(people, cohort, now)
    log_hours(people, cohort, now)
    make_capstone(people, now)
    make_replication(people, now)


def make_pairs(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    """Amara keeps a promise a week with Chiara, and is asked by Esi for mock interviews."""
    seats = {m.person_id: m for m in cohort.memberships.mentees()}
    week = Group.propose(
        by=people["chiara"], cohort=cohort, name="Monday mornings", kind="accountability",
        others=[seats[people["amara"].pk]], at=now - timedelta(weeks=3),
    )  # fmt: skip
    week.join(by=people["amara"], at=now - timedelta(weeks=3) + timedelta(hours=5))
    Group.propose(
        by=people["esi"], cohort=cohort, name="Ask me why", kind="interview",
        others=[seats[people["amara"].pk]], at=now - timedelta(hours=20),
    )  # fmt: skip


def log_hours(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    """Hours on Project 1, of all five: enough for a median. Rows of the past, written as such."""
    item = Item.objects.get(project__item__stream=cohort.stream, retired_at=None)
    hours = {"amara": 9, "bela": 11, "chiara": 16, "dmitri": 4, "esi": 7}
    entries = [
        StudyEntry(person=people[name], item=item, day=(now - timedelta(days=2 * n + 4)).date(), minutes=150)
        for name, count in hours.items()
        for n in range(count)
    ]
    StudyEntry.objects.bulk_create(entries)


def running(people: dict[str, User], names: list[str], now: datetime, **fields: Any) -> tuple[Cohort, dict[str, Any]]:
    """A cohort ten weeks in, mentored by Mateo."""
    ada, start = people["ada"], now - timedelta(weeks=10)
    cohort = Cohort.draft(
        by=ada, at=start - timedelta(weeks=3), timezone="Europe/Berlin", seats=8, hours_a_week=12,
        about="For those who finished a stream and go on together: work in teams, evenings and Saturdays.",
        starts_on=start.date(), ends_on=(start + timedelta(weeks=20)).date(), applications_close_on=start.date(), **fields,
    )  # fmt: skip
    cohort.open(by=ada, at=start - timedelta(weeks=3))
    for name in names:
        said = answers("liam", motivation="The next step, with others who take it too.")
        row = Application.apply(
            cohort=cohort, person=people[name], answers=said, charter=1, at=start - timedelta(weeks=2)
        )
        row.accept(by=ada, at=start - timedelta(weeks=1))
    mentor = cohort.add_mentor(person=people["mateo"], capacity=4, by=ada, at=start)
    cohort.refresh_from_db()
    cohort.start(by=ada, at=start)
    seats = {m.person_id: m for m in Membership.objects.filter(cohort=cohort, role="mentee").select_related("person")}
    mine = {name: seats[people[name].pk] for name in names}
    for seat in mine.values():
        assign(mentee=seat, mentor=mentor, by=ada, at=start)
    return cohort, mine


def work_of(project: Project, title: str, write_up: str, **fields: Any) -> Work:
    said = {row.pk: ANSWERS[project.key][row.key] for row in project.criteria.all()}
    return Work(title=title, write_up=write_up, answers=said, **fields)


def make_capstone(people: dict[str, User], now: datetime) -> None:
    """Three people's capstone waits for its review; two parts are confirmed by all, one is not yet."""
    stream = Stream.objects.get(key="first-ml-job")
    cohort, seats = running(
        people, list(PARTS), now, stream=stream, name="First ML job, summer", slug="first-ml-job-summer"
    )
    team = Group.propose(
        by=people["sofia"], cohort=cohort, name="Late buses", kind="capstone",
        others=[seats["kofi"], seats["hana"]], at=now - timedelta(weeks=4),
    )  # fmt: skip
    for name in ("kofi", "hana"):
        team.join(by=people[name], at=now - timedelta(weeks=4) + timedelta(hours=8))
    project = Project.objects.get(key="project-4")
    write_up = "When will the bus be late, and does it help to know? Two years of arrivals, three models, one page."
    made = project.hand_in(
        by=people["kofi"], membership=seats["kofi"], work=work_of(project, "Late buses", write_up),
        at=now - timedelta(days=1),
    )  # fmt: skip
    state_parts(made, people, now)
    CommitLog.keep(made, LOG, by=people["kofi"], source="shortlog", at=now - timedelta(hours=20))
    entries = [
        StudyEntry(person=people[name], item=project.item, day=(now - timedelta(days=n + 2)).date(), minutes=240)
        for name, count in (("sofia", 17), ("kofi", 19), ("hana", 15))
        for n in range(count)
    ]
    StudyEntry.objects.bulk_create(entries)


def state_parts(made: Submission, people: dict[str, User], now: datetime) -> None:
    parts = {name: made.team.get(person=people[name]) for name in PARTS}
    for name, text in PARTS.items():
        parts[name].state_contribution(text, by=people[name], at=now - timedelta(hours=18))
    for by, of in (("kofi", "sofia"), ("hana", "sofia"), ("sofia", "kofi"), ("hana", "kofi"), ("sofia", "hana")):
        parts[of].confirm(by=people[by], at=now - timedelta(hours=10))


def make_replication(people: dict[str, User], now: datetime) -> None:
    """Nadia's replication is accepted, and what she builds upon it is handed in."""
    stream = Stream.objects.get(key="career-progress")
    _cohort, seats = running(
        people, ["nadia"], now, stream=stream, name="Career progress", slug="career-progress-summer"
    )
    first, second = (Project.objects.get(key=f"advanced-project-{number}") for number in (1, 2))
    write_up = "We rebuilt three of the four nets and ask where the gain of the deepest one went."
    replication = first.hand_in(
        by=people["nadia"], membership=seats["nadia"],
        work=work_of(first, "Residual nets, run again", write_up, paper=PAPER), at=now - timedelta(days=20),
    )  # fmt: skip
    entries = [
        StudyEntry(person=people["nadia"], item=first.item, day=(now - timedelta(days=n + 21)).date(), minutes=200)
        for n in range(15)
    ]
    StudyEntry.objects.bulk_create(entries)
    accept(replication, people["mateo"], now - timedelta(days=18))
    second.hand_in(
        by=people["nadia"], membership=seats["nadia"], at=now - timedelta(days=2),
        work=work_of(second, "Narrow and deep", "At the same compute a narrow net of 56 layers keeps most of the gain."),
    )  # fmt: skip


def accept(submission: Submission, mentor: User, at: datetime) -> None:
    waiting = submission.rounds.get(state="waiting")
    waiting.claim(by=mentor, at=at)
    review = waiting.draft_of(mentor)
    said = Draft("accepted", "Honest about the figure that you did not reach; that is what makes the rest believable.")
    review.save_draft(by=mentor, draft=said, version=review.version, at=at)
    review.publish(by=mentor, at=at + timedelta(minutes=30))
