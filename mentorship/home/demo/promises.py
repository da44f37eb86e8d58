"""What was promised and what came of it: a round that others are asked to help with, thanks, another pairing asked."""

from datetime import datetime, timedelta

from mentorship.cohorts.models import Assignment, Cohort, Swap
from mentorship.home.demo.work import hand_in
from mentorship.people.models import User
from projects.escalation import escalate
from projects.models import Feedback, Project, Submission


def make_promises(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    """Esi has no mentor and has waited a week; Chiara thanked Mateo; Dmitri asks for somebody in his time zone."""
    project = Project.objects.get(item__stream=cohort.stream, retired_at=None)
    hand_in(people["esi"], project, cohort, "Forty weather stations", now - timedelta(days=6, hours=20))
    accepted = Submission.objects.get(author=people["chiara"], state="accepted")
    row = Feedback.give(
        submission=accepted, mentor=people["mateo"], by=people["chiara"], rating=4, helped=["why", "specific"],
        testimonial="Mateo asked one question about my split that I still ask myself on every project.",
        at=now - timedelta(days=6),
    )  # fmt: skip
    row.show(by=people["mateo"], shown=True, at=now - timedelta(days=5))
    pair = Assignment.objects.active().get(cohort=cohort, mentee__person=people["dmitri"])
    reason = "Our evenings never overlap; I would like to ask things while I am at it."
    Swap.ask(assignment=pair, by=people["dmitri"], reason=reason, at=now - timedelta(days=1))
    escalate(at=now)
