"""Which questions stay weak for a person from project to project, and what helps with them.

A question keeps its key from project to project; what was said of it last counts.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from mentorship.cohorts.roles import mentees_of
from mentorship.people.models import User
from projects.models import Answer, Level, Score, Submission
from projects.models.submission import mentored_keys, mentors_of_cohorts
from projects.rubric import difference
from streams.models import Item

WEAK = (Level.NOT_YET, Level.PARTLY)
# What of the curriculum helps with a question. Items that have left it are not shown.
HELPS = {
    "why": ("basics.chapter-5", "basics.hands-on"),
    "data-preparation": ("basics.hands-on",),
    "compare-algorithms": ("algorithms.classification", "algorithms.regression", "intermediate.classifiers"),
    "transfer": ("algorithms.regression", "algorithms.classification", "algorithms.clustering"),
    "metric": ("evaluation.measures", "evaluation.measures.loss-functions"),
    "over-fitting": ("evaluation.generalization.over-fitting", "evaluation.generalization.cross-validation"),
    "knowledge-gaps": ("setup.notes", "writing.first-post"),
    "lessons": ("setup.notes",),
    "new-solution": ("intermediate.classifiers", "intermediate.neural-networks"),
    "better-or-worse": ("evaluation.generalization", "intermediate.classifiers"),
    "all-solutions": ("evaluation.measures",),
    "blog-post": ("writing.first-post", "job-writing.post"),
    "data": ("basics.hands-on",),
    "algorithms": ("intermediate.classifiers", "intermediate.clustering", "intermediate.neural-networks"),
    "recommendation": ("evaluation.measures",),
    "running-code": ("replication.example",),
    "performance": ("evaluation.generalization", "replication.example"),
    "literature": ("advanced.sub-field",),
    "ideas": ("advanced.sub-field",),
    "experiments": ("evaluation.generalization",),
    "results": ("evaluation.generalization.cross-validation",),
}


@dataclass(frozen=True)
class Seen:
    """What one review said of a question, and how sure the mentee was."""

    level: str
    confidence: int | None
    round: int
    number: int
    project: str
    title: str
    at: datetime

    @property
    def differs(self) -> str:
        return difference(self.confidence, self.level)


@dataclass
class Asked:
    """A question with all that was said of it, newest first."""

    key: str
    text: str
    guidance: str
    seen: list[Seen] = field(default_factory=list)

    @property
    def level(self) -> str:
        return self.seen[0].level

    @property
    def weak(self) -> bool:
        return self.level in WEAK


def questions_of(person: User, *, reader: Any) -> list[Asked]:
    """Every question that `person` was scored on, in work that `reader` may open; the weakest first, in one query.

    Of two that are equally weak, the one that has been so for longer.
    """
    own = Submission.objects.by(person).exclude(state="withdrawn")
    if reader.pk != person.pk:
        own = own & Submission.objects.visible_to(reader)
    sure = Answer.objects.filter(round=OuterRef("review__round"), criterion=OuterRef("criterion"))
    rows = (
        Score.objects.filter(review__state="published", review__round__submission__in=own.values("pk"))
        .annotate(confidence=Subquery(sure.values("confidence")[:1]))
        .order_by("-review__published_at", "-pk")
        .values_list(
            "criterion__key", "criterion__question", "criterion__guidance", "level", "confidence", "review__round",
            "review__round__number", "review__round__submission__project__label", "review__round__submission__title",
            "review__published_at",
        )
    )  # fmt: skip
    found: dict[str, Asked] = {}
    for key, text, guidance, *said in rows:
        found.setdefault(key, Asked(key, text, guidance)).seen.append(Seen(*said))
    return sorted(found.values(), key=lambda asked: (Level.values.index(asked.level), asked.seen[0].at))


def weak_of(person: User, *, reader: Any) -> list[Asked]:
    return [asked for asked in questions_of(person, reader=reader) if asked.weak]


def helps_for(questions: list[Asked]) -> dict[str, list[Item]]:
    """What of the curriculum helps with each of `questions`, by its key; one query."""
    wanted = {key for asked in questions for key in HELPS.get(asked.key, ())}
    items = {row.key: row for row in Item.objects.published().filter(key__in=wanted).select_related("stream")}
    return {
        asked.key: [items[key] for key in HELPS.get(asked.key, ()) if key in items] for asked in questions
    }  # fmt: skip


def readable_by(reader: User) -> Any:
    """Whose questions `reader` may look at: their own, those of whom they mentor or review; all as an admin."""
    if reader.is_admin:
        return User.objects.filter(is_active=True)
    found = Q(pk=reader.pk) | Q(pk__in=mentees_of(reader).values("person"))
    cohorts = tuple(mentors_of_cohorts(reader).values_list("cohort", flat=True))
    if cohorts:  # not whoever shares a team with them: that work is visible too, but this is not theirs to see
        first, *others = mentored_keys(reader, cohorts)
        found |= Q(pk__in=Submission.objects.filter(pk__in=first.union(*others, all=True)).values("author"))
    return User.objects.filter(found)
