"""The scores of applications as one reader may know them: never the others' before one's own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from mentorship.cohorts.models import Application, ApplicationScore
from mentorship.people.models import User


@dataclass
class Scores:
    """Of one application: how many have scored it, one's own score, and, once that is given, everyone's."""

    count: int = 0
    mine: ApplicationScore | None = None
    all: list[ApplicationScore] = field(default_factory=list)

    @property
    def mean(self) -> float | None:
        return sum(row.score for row in self.all) / len(self.all) if self.all else None

    @property
    def others(self) -> int:
        return self.count - (self.mine is not None)

    @property
    def badge(self) -> str:
        """For a list: the mean for who has scored, how many have for who has not."""
        if self.mine:
            return f"{self.mean:.1f} of 5 by {self.count}"
        return f"{self.count} scored" if self.count else "not scored"


def unscored(rows: Any, reader: User) -> Any:
    """Those of `rows` that wait and have no score of `reader`."""
    mine = ApplicationScore.objects.filter(application=OuterRef("pk"), reviewer=reader)
    return rows.waiting().exclude(person=reader).exclude(Exists(mine))


def with_scores(rows: Any, reader: User) -> Any:
    """`rows` with what a list shows `reader` of their scores: `scored`, `my_score`, and `mean_score` of all."""
    scores = ApplicationScore.objects.filter(application=OuterRef("pk")).order_by()
    of_all = scores.values("application")
    return rows.annotate(
        scored=Coalesce(Subquery(of_all.annotate(n=Count("pk")).values("n")), 0),
        my_score=Subquery(scores.filter(reviewer=reader).values("score")[:1]),
        mean_score=Subquery(of_all.annotate(mean=Avg("score")).values("mean")),
    )


def scores_of(applications: Iterable[Application], reader: User) -> dict[int, Scores]:
    """By application, in one query."""
    found = {row.pk: Scores() for row in applications}
    for row in ApplicationScore.objects.filter(application__in=found).select_related("reviewer").order_by("pk"):
        scores = found[row.application_id]
        scores.count += 1
        scores.all.append(row)
        if row.reviewer_id == reader.pk:
            scores.mine = row
    for scores in found.values():
        if scores.mine is None:
            scores.all = []
    return found
