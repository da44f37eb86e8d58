"""A database of a stated size: rows as the verbs would leave them, written in bulk since there are many."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from blog.models import Post
from mentorship.cohorts.models import Application, Assignment, Cohort, Membership
from mentorship.common.rendering.markdown import render_markdown
from mentorship.notifications.models import Notification
from mentorship.people.models import User
from mentorship.study.models import StudyEntry
from projects.models import Answer, ChangeRequest, Comment, Project, Review, Round, Submission
from streams.models import Item, Progress, Stream

TEXT = "The split is by time, not by chance; the error rose by a fifth and is believable now. " * 4
POST = "\n\n".join(
    ["## Why it works", "A mean of $n$ trees has variance $$\\rho\\sigma^2 + \\frac{1-\\rho}{n}\\sigma^2.$$"]
    + ["Each tree is right *on average*, and off alone. Their mean is less off, the more they disagree. " * 3] * 12
    + ["```python\nimport numpy as np\nrng = np.random.default_rng(7)\nprint(rng.normal(size=9).var())\n```"]
)
BIG = 200  # members of the first cohort


@dataclass(frozen=True)
class Size:
    cohorts: int = 40
    mentees: int = 2000
    mentors: int = 100
    rounds: int = 10_000
    posts: int = 1000


def put(rows: Iterable[models.Model]) -> list[Any]:
    rows = list(rows)
    if not rows:
        return []
    return list(type(rows[0])._default_manager.bulk_create(rows, batch_size=2000))


class Seed:
    """Writes the rows, in the order in which they need each other. The same size gives the same rows."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.random = random.Random(7)  # noqa: S311 - the same rows each time
        self.now = timezone.now()

    def run(self) -> None:
        self.people()
        self.cohorts()
        self.memberships()
        self.progress()
        self.work()
        self.rest()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def people(self) -> None:
        def person(kind: str, number: int) -> User:
            return User(
                email=f"{kind}{number}@bench.example", handle=f"{kind}-{number}", name=f"{kind.title()} {number}",
                password="!", timezone="Europe/Berlin",  # noqa: S106
            )  # fmt: skip

        self.mentees = put(person("mentee", n) for n in range(self.size.mentees))
        self.mentors = put(person("mentor", n) for n in range(self.size.mentors))

    def cohorts(self) -> None:
        streams = list(Stream.objects.published())
        today = self.now.date()
        self.all_cohorts = put(
            Cohort(
                stream=streams[0] if n == 0 else streams[n % len(streams)], name=f"Cohort {n}", slug=f"bench-{n}",
                state="running", starts_on=today - timedelta(weeks=8), ends_on=today + timedelta(weeks=10),
                applications_close_on=today, seats=1000, timezone="Europe/Berlin", started_at=self.ago(56),
            )
            for n in range(self.size.cohorts)
        )  # fmt: skip

    def memberships(self) -> None:
        size, cohorts = self.size, self.all_cohorts

        def cohort_of(number: int) -> Cohort:
            return cohorts[0] if number < BIG else cohorts[1 + number % (size.cohorts - 1)]

        self.seats = put(
            Membership(cohort=cohort_of(n), person=person, role="mentee", joined_at=self.ago(56))
            for n, person in enumerate(self.mentees)
        )
        mentors = put(
            Membership(
                cohort=cohorts[n % size.cohorts], person=person, role="mentor", capacity=2000, joined_at=self.ago(56)
            )
            for n, person in enumerate(self.mentors)
        )
        by_cohort: dict[int, list[Membership]] = {}
        for mentor in mentors:
            by_cohort.setdefault(mentor.cohort_id, []).append(mentor)
        assignments = []
        for number, seat in enumerate(self.seats):
            choice = by_cohort[seat.cohort_id]
            mentor = choice[number % len(choice)]
            mentor.load += 1
            assignments.append(
                Assignment(
                    cohort_id=seat.cohort_id,
                    mentee=seat,
                    mentor=mentor,
                    assigned_by=mentor.person,
                    started_at=self.ago(50),
                )
            )
        Membership.objects.bulk_update(mentors, ["load"])
        put(assignments)
        for cohort in cohorts:
            taken = sum(seat.cohort_id == cohort.pk for seat in self.seats)
            Cohort.objects.filter(pk=cohort.pk).update(seats_taken=taken)

    def progress(self) -> None:
        leaves: dict[int, list[Item]] = {}
        for item in Item.objects.published().filter(children=None).exclude(kind="project"):
            leaves.setdefault(item.stream_id, []).append(item)
        streams = {cohort.pk: cohort.stream_id for cohort in self.all_cohorts}
        put(
            Progress(person_id=seat.person_id, item=item, state="done", since=self.ago(self.random.randrange(1, 50)))
            for seat in self.seats
            for item in leaves[streams[seat.cohort_id]]
            if self.random.random() < 0.6
        )

    def work(self) -> None:
        projects = list(Project.objects.filter(retired_at=None).select_related("item").prefetch_related("criteria"))
        streams = {cohort.pk: cohort.stream_id for cohort in self.all_cohorts}
        first = self.all_cohorts[0].stream_id
        others = [project for project in projects if project.item.stream_id != first]
        rounds_left, submissions, plan = self.size.rounds, [], []
        for number in range(self.size.mentees * 3):
            if rounds_left <= 0:
                break
            seat = self.seats[number % len(self.seats)]
            # A seat's own stream is left out where it has one project only: the bench hands that one in.
            choice = others if streams[seat.cohort_id] == first else projects
            project = choice[(number // len(self.seats)) % len(choice)]
            count = min(1 + number % 3, rounds_left)
            rounds_left -= count
            state = ("awaiting_mentor", "awaiting_mentee", "accepted")[(number // len(self.seats) + number) % 3]
            since = self.ago(self.random.random() * 12)
            submissions.append(
                Submission(
                    project=project, membership=seat, cohort_id=seat.cohort_id, author_id=seat.person_id,
                    title=f"Work {number}", state=state, rounds_count=count, created_at=self.ago(30),
                    awaiting_mentor_since=since if state == "awaiting_mentor" else None,
                    awaiting_mentee_since=since if state == "awaiting_mentee" else None,
                    accepted_at=since if state == "accepted" else None,
                )
            )  # fmt: skip
            plan.append((project, count, state))
        put(submissions)
        self.rounds_of(submissions, plan)

    def rounds_of(self, submissions: list[Submission], plan: list[tuple[Project, int, str]]) -> None:
        html = render_markdown(TEXT)
        mentor = self.mentors[0]
        rounds, reviewed = [], []
        for submission, (project, count, state) in zip(submissions, plan, strict=True):
            for number in range(1, count + 1):
                waiting = number == count and state == "awaiting_mentor"
                row = Round(
                    submission=submission, number=number, state="waiting" if waiting else "reviewed",
                    write_up=TEXT, write_up_html=html, handed_in_at=self.ago(20 - number),
                    handed_in_by_id=submission.author_id,
                )  # fmt: skip
                rounds.append((row, project))
                if not waiting:
                    last = number == count
                    reviewed.append(
                        (row, "accepted" if last and state == "accepted" else "changes_requested", submission)
                    )
        put(row for row, _ in rounds)
        put(
            Answer(round=row, criterion=criterion, text=TEXT, html=html)
            for row, project in rounds
            for criterion in project.criteria.all()
        )
        # As drafts first: a published review takes no comment any more, the database holds that.
        reviews = put(
            Review(round=row, mentor=mentor, verdict=verdict, summary=TEXT, summary_html=html)
            for row, verdict, _ in reviewed
        )
        comments = put(
            Comment(review=review, key=f"c{n}", text=TEXT, html=html, blocking=n == 0 and review.verdict != "accepted")
            for review in reviews
            for n in range(2)
        )
        Review.objects.update(state="published", published_at=self.ago(15))
        owner = {review.pk: submission for review, (_, _, submission) in zip(reviews, reviewed, strict=True)}
        put(
            ChangeRequest(
                submission=owner[comment.review_id], comment=comment, opened_in_id=comment.review.round_id,
                state="open" if owner[comment.review_id].state == "awaiting_mentee" else "waived",
                settled_in_id=None if owner[comment.review_id].state == "awaiting_mentee" else comment.review.round_id,
            )
            for comment in comments
            if comment.blocking
        )  # fmt: skip

    def rest(self) -> None:
        html = render_markdown(POST)
        put(
            Post(
                author=self.mentees[n % len(self.mentees)], title=f"Post {n}", slug=f"post-{n}", summary="In one line.",
                body=POST, body_html=html, state="published", published_at=self.ago(n / 10), created_at=self.ago(400),
            )
            for n in range(self.size.posts)
        )  # fmt: skip
        put(
            StudyEntry(person=person, day=self.ago(day).date(), minutes=30 + day % 60)
            for person in self.mentees
            for day in range(0, 60, 2)
        )
        put(
            Notification(
                person=person, kind="bench", subject=f"bench:{n}", title=f"Number {n}", url="/home/", email="none",
                read_at=self.now if n > 4 else None,
            )
            for person in self.mentees
            for n in range(20)
        )  # fmt: skip
        put(
            Application(
                cohort=self.all_cohorts[1], person=person, motivation=TEXT, background=TEXT, goal=TEXT, hours_a_week=10
            )
            for person in self.mentors
        )
