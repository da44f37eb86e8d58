"""Cohorts for the cockpit to look at: one as small as they come, one larger than any real one."""

from datetime import timedelta

from django.utils import timezone

from mentorship.cohorts.models import Application, Cohort, Membership
from mentorship.home.bench.seed import TEXT, put
from mentorship.people.models import User
from mentorship.study.models import StudyEntry
from streams.models import Item, Progress

ENTRIES = 20  # of study for each mentee


class LargeCockpit:
    """A running cohort of so many mentees, for which so many people applied; made once, found again."""

    def __init__(self, name: str, mentees: int, applications: int) -> None:
        self.name, self.now = f"cockpit-{name}", timezone.now()
        template = Cohort.objects.get(slug="bench-0")
        fields = {"state": "running", "seats": 30_000, "timezone": "Europe/Berlin", "stream": template.stream}
        days = {"starts_on": template.starts_on, "ends_on": template.ends_on, "started_at": template.started_at}
        days["applications_close_on"] = template.applications_close_on
        self.cohort, new = Cohort.objects.get_or_create(
            slug=f"bench-{self.name}", defaults={"name": f"Bench, {self.name}", **fields, **days}
        )
        if new:
            self.people = self.make_people(max(mentees, applications))
            self.seat(mentees)
            self.apply(applications)

    @property
    def address(self) -> str:
        return f"/cohorts/{self.cohort.slug}/cockpit/"

    def make_people(self, count: int) -> list[User]:
        return put(
            User(
                email=f"{self.name}-{n}@bench.example", handle=f"{self.name}-{n}", name=f"Person {n}",
                password="!", timezone="Europe/Berlin",  # noqa: S106
            )
            for n in range(count)
        )  # fmt: skip

    def seat(self, count: int) -> None:
        """Most of them at it; every tenth did nothing for weeks."""
        people = self.people[:count]
        joined = self.now - timedelta(days=56)
        put(Membership(cohort=self.cohort, person=person, role="mentee", joined_at=joined) for person in people)
        Cohort.objects.filter(pk=self.cohort.pk).update(seats_taken=count)
        items = list(Item.objects.published().counted().filter(stream=self.cohort.stream_id)[:12])
        put(
            Progress(person=person, item=item, state="done", since=self.now - timedelta(days=1 + number % 40))
            for number, person in enumerate(people)
            for item in items
        )
        put(
            StudyEntry(person=person, day=moment.date(), minutes=60, created_at=moment)
            for number, person in enumerate(people)
            for moment in (self.now - timedelta(days=day + 30 * (number % 10 == 0)) for day in range(ENTRIES))
        )

    def apply(self, count: int) -> None:
        states = ("submitted", "waitlisted", "withdrawn")
        put(
            Application(
                cohort=self.cohort, person=person, motivation=TEXT, background=TEXT, goal=TEXT, hours_a_week=10,
                state=states[number % 3], submitted_at=self.now - timedelta(minutes=number),
            )
            for number, person in enumerate(self.people[:count])
        )  # fmt: skip
