"""How ready a person is for the rounds of a role: what was practised, what would be remembered, what others saw."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean

from django.db.models import Count, Q

from mentorship.cohorts.interviews import Level, round_of
from mentorship.cohorts.models import InterviewFeedback
from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.models import Card, PracticePlan, Question
from mentorship.study.questions.loading import roles, rounds
from mentorship.study.questions.models.question import Round
from mentorship.study.questions.scheduling import recalled
from mentorship.study.questions.spec import RoleSpec

MOCKS = 3  # the latest interviews of a round that count
SIZE, RADIUS = 320, 112
SHORT = {
    "breadth": "Breadth", "depth": "Depth", "system_design": "Design", "coding": "Coding",
    "behavioural": "Behaviour", "project": "Project",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One round. Shares are per cent; `mock` is None where nobody has interviewed yet."""

    key: str
    title: str
    weight: int
    focus: str
    summary: str
    looks_for: str
    questions: int
    begun: int
    kept: int  # of what was begun, how much would be remembered now
    mock: int | None

    @property
    def covered(self) -> int:
        return round(100 * self.begun / self.questions) if self.questions else 0

    @property
    def practice(self) -> int:
        return round(self.covered * self.kept / 100)

    @property
    def ready(self) -> int:
        """The mean of practice and interviews; of practice alone while there was no interview."""
        return self.practice if self.mock is None else round((self.practice + self.mock) / 2)


@dataclass(frozen=True)
class Readiness:
    role: RoleSpec
    standings: list[Standing]
    interview_on: date | None
    days_left: int | None

    @property
    def overall(self) -> int:
        whole = sum(row.weight for row in self.standings) or 1
        return round(sum(row.ready * row.weight for row in self.standings) / whole)

    @property
    def a_day(self) -> int | None:
        """New questions a day that would begin everything by the interview."""
        left = sum(row.questions - row.begun for row in self.standings)
        return math.ceil(left / self.days_left) if self.days_left and left else None


def readiness_of(person: User, plan: PracticePlan, at: datetime) -> Readiness | None:
    """The rounds of the role that was chosen, the heaviest first; None while none is. Three queries."""
    role = roles().get(plan.role)
    if role is None:
        return None
    fits = Q(roles=[]) | Q(roles__contains=[role.key])
    asked = dict(Question.objects.in_bank().filter(fits).values_list("round").annotate(Count("pk")).order_by())
    kept = defaultdict(list)
    cards = Card.objects.visible_to(person).filter(
        Q(question__roles=[]) | Q(question__roles__contains=[role.key]),
        question__person=None, question__retired_at=None, last_review__isnull=False,
    ).select_related("question")  # fmt: skip
    for card in cards.defer("question__html", "question__covers_html", "question__answer_html"):
        kept[card.question.round].append(recalled(card, at))
    mocks, said = mocks_of(person, at), rounds()
    standings = [
        Standing(
            part.round, Round(part.round).label, part.weight, part.focus, said[part.round].summary,
            said[part.round].looks_for, asked.get(part.round, 0), len(kept[part.round]),
            round(100 * fmean(kept[part.round])) if kept[part.round] else 0, mocks.get(part.round),
        )
        for part in sorted(role.rounds, key=lambda part: -part.weight)
    ]  # fmt: skip
    today = days.today_of(person, at)
    left = (plan.interview_on - today).days if plan.interview_on else None
    return Readiness(role, standings, plan.interview_on, left if left is None else max(left, 0))


def interviews_of(person: User, at: datetime) -> list[InterviewFeedback]:
    """What interviewers said about `person` that they may read, the latest first."""
    candidate = Q(booking__slot__host_asks=True, booking__guest__person=person) | Q(
        booking__slot__host_asks=False, booking__slot__host__person=person
    )
    rows = InterviewFeedback.objects.visible_to(person, at).filter(candidate).exclude(by__person=person)
    return list(rows.select_related("booking__slot__cohort", "by__person").order_by("-given_at", "-pk")[:30])


def mocks_of(person: User, at: datetime) -> dict[str, int]:
    """By round, what the latest interviewers saw, in per cent of the best."""
    found: dict[str, list[float]] = defaultdict(list)
    for row in interviews_of(person, at):
        key = round_of(row.booking.slot.interview_round)
        if row.levels and len(found[key]) < MOCKS:
            found[key].append(fmean(row.levels.values()) / max(Level.values))
    return {key: round(100 * fmean(shares)) for key, shares in found.items() if shares}


@dataclass(frozen=True)
class Spoke:
    title: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Radar:
    size: int
    rings: list[str]
    spokes: list[Spoke]
    practice: str
    mocks: list[tuple[float, float]]
    summary: str


def radar_of(found: Readiness) -> Radar:
    """The rounds as a picture: an area for practice, a dot for each round that somebody interviewed in."""
    count, middle = len(found.standings), SIZE / 2
    angles = [2 * math.pi * n / count - math.pi / 2 for n in range(count)]

    def point(angle: float, share: float) -> tuple[float, float]:
        return (
            round(middle + RADIUS * share * math.cos(angle), 1),
            round(middle + RADIUS * share * math.sin(angle), 1),
        )

    def outline(shares: list[float]) -> str:
        return " ".join(f"{x},{y}" for x, y in map(point, angles, shares))

    pairs, spokes = list(zip(angles, found.standings, strict=True)), []
    for angle, row in pairs:
        (x, y), (label_x, label_y) = point(angle, 1), point(angle, 1.16)
        side = math.cos(angle)
        anchor = "middle" if abs(side) < 0.3 else "start" if side > 0 else "end"
        spokes.append(Spoke(SHORT[row.key], x, y, label_x, label_y + 4, anchor))
    said = "; ".join(
        f"{row.title}: practice {row.practice} %" + (f", interviews {row.mock} %" if row.mock is not None else "")
        for row in found.standings
    )
    return Radar(
        SIZE, [outline([share] * count) for share in (0.25, 0.5, 0.75, 1)], spokes,
        outline([row.practice / 100 for row in found.standings]),
        [point(angle, row.mock / 100) for angle, row in pairs if row.mock is not None],
        said,
    )  # fmt: skip
