"""What stands in the triage of the winter cohort: its own questions, a reviewer, applicants in every state, scores."""

from datetime import datetime, timedelta
from typing import Any

from mentorship.cohorts.models import Application, ApplicationQuestion, ApplicationScore, Cohort
from mentorship.people.models import User

QUESTIONS: list[dict[str, Any]] = [
    {"label": "When could you meet?", "kind": "choice", "choices": ["Mornings", "Evenings", "Weekends"]},
    {"label": "From which timezone do you join?", "kind": "timezone"},
    {
        "label": "What would make you give up?",
        "kind": "long",
        "help": "We ask to help in time, not to sort people out.",
    },
]
# Who else applies: days ago, what became of it, why, and their answers to the three questions.
APPLICANTS: list[tuple[str, int, str, str, list[str]]] = [
    ("tomas", 9, "waitlist", "I repair wind turbines. They tell us when they fail; I want them to tell us before.",
     ["Evenings", "Europe/Oslo", "Night shifts, every fourth week."]),
    ("lin", 8, "", "I translate novels and wonder what a model of language does when it does not know a word.",
     ["Mornings", "Asia/Shanghai", "Feeling that everyone else is a programmer."]),
    ("fatou", 7, "accept", "Our clinic has ten years of paper records, typed in by now. Nobody has asked them anything.",
     ["Weekends", "Africa/Dakar", "The power goes out in the rainy season. I would need the recordings."]),
    ("jonas", 6, "decline", "I heard that one earns well with this.", ["Evenings", "Europe/Berlin", ""]),
    ("maria", 3, "", "I grade essays all winter. I want to know what a fair grader would even be.",
     ["Evenings", "America/Sao_Paulo", "Exams in June."]),
]  # fmt: skip
SCORES = [
    ("lin", "ada", 4, "Asks what most do not. Little Python, but has learned harder things."),
    ("lin", "nadia", 5, "Would lift the whole group."),
    ("tomas", "nadia", 4, "Knows his data. The shifts need a plan."),
    ("yuki", "ada", 3, "Solid; what is the project?"),
]


def ask_questions(cohort: Cohort, ada: User, at: datetime) -> list[ApplicationQuestion]:
    return [ApplicationQuestion.ask(cohort=cohort, by=ada, at=at, **fields) for fields in QUESTIONS]


def make_applicants(cohort: Cohort, people: dict[str, User], base: dict[str, Any], now: datetime) -> None:
    ada = people["ada"]
    asked = list(cohort.application_questions.asked())
    cohort.memberships.mentors().get(person=people["nadia"]).name_reviewer(by=ada, at=now - timedelta(days=9))
    for name, days, _verb, why, said in APPLICANTS:
        own = {question.pk: text for question, text in zip(asked, said, strict=True)}
        said_why, at = base | {"motivation": why}, now - timedelta(days=days)
        Application.apply(cohort=cohort, person=people[name], answers=said_why, own=own, charter=1, at=at)
    for name, reviewer, score, comment in SCORES:
        row = cohort.applications.get(person=people[name])
        ApplicationScore.give(row, by=people[reviewer], score=score, comment=comment, at=now - timedelta(days=2))
    for name, days, verb, _why, _said in APPLICANTS:
        if verb:
            row = cohort.applications.get(person=people[name])
            getattr(row, verb)(by=ada, at=now - timedelta(days=days - 2))
