"""The triage of one cohort, with few applications or with thousands, spread over all states, scored, the line moved."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from mentorship.cohorts.models import Application, ApplicationScore, Cohort
from mentorship.home.bench.seed import put
from mentorship.people.models import User

STATES = ("submitted", "submitted", "waitlisted", "declined", "withdrawn")
WHY = "I plan bridges, and the sensors in them talk all day. I want to listen. " * 12


class LongTriage:
    """`name` tells the short ones from the long one; a short one fills the page that it is measured for."""

    def __init__(self, name: str, admin: User, states: tuple[str, ...] = STATES) -> None:
        self.name, self.admin, self.now, self.states = f"triage-{name}", admin, timezone.now(), states
        template = Cohort.objects.get(slug="bench-0")
        days = {"starts_on": template.starts_on, "ends_on": template.ends_on}
        fields = {"name": f"Bench, {self.name}", "state": "open", "seats": 30, "timezone": "Europe/Berlin"}
        fields |= {"stream": template.stream, "applications_close_on": template.applications_close_on}
        self.cohort, _ = Cohort.objects.get_or_create(slug=f"bench-{self.name}", defaults=fields | days)

    def grown(self, applications: int) -> "LongTriage":
        """This triage, once there are so many applications in it."""
        have = self.cohort.applications.count()
        people = put(
            User(email=f"{self.name}{n}@bench.example", handle=f"{self.name}-{n}", name=f"Applicant {n}", password="!")  # noqa: S106
            for n in range(have, applications)
        )
        rows = put(self.application(number, person) for number, person in enumerate(people, have))
        put(
            ApplicationScore(application=row, reviewer=self.admin, score=1 + number % 5, comment="Clear.")
            for number, row in enumerate(rows)
            if number % 2
        )
        if rows:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        return self

    def application(self, number: int, person: User) -> Application:
        state, sent = self.states[number % len(self.states)], self.now - timedelta(minutes=7 * number)
        return Application(
            cohort=self.cohort, person=person, state=state, motivation=WHY, background=WHY, goal=WHY, hours_a_week=10,
            submitted_at=sent, decided_at=None if state == "submitted" else sent + timedelta(minutes=5),
            decided_by=self.admin if state in ("waitlisted", "declined") else None,
        )  # fmt: skip
