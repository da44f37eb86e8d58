"""The queue of one mentor, short or very long: all of it in a cohort of its own, which that mentor reviews.

The long one is longer than any real one, so that nothing is left to say about one that is spread over forty cohorts.
"""

from datetime import timedelta
from itertools import count, islice

from django.db import connection
from django.utils import timezone

from mentorship.cohorts.models import Assignment, Cohort, Membership
from mentorship.home.bench.seed import put
from mentorship.people.models import User
from projects.models import Project, Review, Round, Submission

OWN = 60  # mentees of the mentor, so that the first page of each tab is full in the short queue too
STATES = ("awaiting_mentor", "awaiting_mentee", "accepted")
ROUNDS_EACH = 2
REVIEWED = 300  # by the mentor who looks


class LongQueue:
    """`name` tells the short one from the long one."""

    def __init__(self, name: str) -> None:
        self.name = f"queue-{name}"
        self.now = timezone.now()
        template = Cohort.objects.get(slug="bench-0")
        fields = {"name": f"Bench, {self.name}", "state": "running", "seats": 30_000, "timezone": "Europe/Berlin"}
        days = {"starts_on": template.starts_on, "ends_on": template.ends_on, "started_at": template.started_at}
        days["applications_close_on"] = template.applications_close_on
        self.cohort, _ = Cohort.objects.get_or_create(
            slug=f"bench-{self.name}", defaults={"stream": template.stream, **fields, **days}
        )
        self.projects = list(Project.objects.order_by("pk"))
        self.mentor, new = User.objects.get_or_create(
            handle=f"{self.name}-mentor", defaults={"email": f"{self.name}@bench.example", "name": "Reviewer"}
        )
        if new:
            Membership.objects.create(cohort=self.cohort, person=self.mentor, role="mentor", capacity=OWN)

    def rounds(self) -> int:
        return Round.objects.filter(submission__cohort=self.cohort).count()

    def grown(self, rounds: int) -> "LongQueue":
        """This queue, once there are so many rounds in it."""
        missing = (rounds - self.rounds()) // ROUNDS_EACH
        if missing > 0:
            self.grow(missing)
        return self

    def grow(self, missing: int) -> None:
        begun = Submission.objects.filter(cohort=self.cohort).count()
        seats = self.seats((begun + missing) // len(self.projects) + 1)
        pairs = ((seat, project) for seat in seats for project in self.projects)
        made = [
            self.submission(number, seat, project)
            for number, (seat, project) in zip(count(begun), islice(pairs, begun, begun + missing), strict=False)
        ]
        put(made)
        self.rounds_of(made)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def seats(self, number: int) -> list[Membership]:
        """So many mentees' seats, of which the first are the mentor's own mentees."""
        have = self.cohort.memberships.filter(role="mentee").count()
        people = put(
            User(email=f"{self.name}{n}@bench.example", handle=f"{self.name}-{n}", name=f"Mentee {n}", password="!")  # noqa: S106
            for n in range(have, number)
        )
        new = put(Membership(cohort=self.cohort, person=person, role="mentee") for person in people)
        mentor = self.cohort.memberships.get(role="mentor")
        put(
            Assignment(cohort=self.cohort, mentee=seat, mentor=mentor, assigned_by=self.mentor)
            for seat in new[: max(OWN - have, 0)]
        )
        return list(self.cohort.memberships.filter(role="mentee").order_by("pk"))

    def submission(self, number: int, seat: Membership, project: Project) -> Submission:
        state = STATES[(number // len(self.projects) + number) % len(STATES)]
        since = self.now - timedelta(minutes=number % 20_000)
        return Submission(
            project=project, membership=seat, cohort=self.cohort, author_id=seat.person_id, title=f"Work {number}",
            state=state, rounds_count=ROUNDS_EACH, created_at=since - timedelta(days=9),
            awaiting_mentor_since=since if state == "awaiting_mentor" else None,
            awaiting_mentee_since=since if state == "awaiting_mentee" else None,
            accepted_at=since if state == "accepted" else None,
        )  # fmt: skip

    def rounds_of(self, submissions: list[Submission]) -> None:
        rounds = put(
            Round(
                submission=one, number=number, handed_in_by_id=one.author_id, handed_in_at=one.created_at,
                state="waiting" if number == ROUNDS_EACH and one.state == "awaiting_mentor" else "reviewed",
            )
            for one in submissions
            for number in range(1, ROUNDS_EACH + 1)
        )  # fmt: skip
        put(
            Review(
                round=row, mentor=self.mentor, state="published", verdict="changes_requested", summary="Well begun.",
                published_at=row.handed_in_at,
            )
            for row in rounds[:: REVIEWED * ROUNDS_EACH]
        )  # fmt: skip
