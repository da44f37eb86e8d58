"""Counting how often a cohort's public page is opened."""

from datetime import datetime

from mentorship.cohorts.models import Cohort, Visits
from mentorship.common import counting

NAME = "visits"


def count_visit(cohort: Cohort, at: datetime) -> None:
    """Someone from outside opened the page of `cohort`."""
    counting.count(NAME, cohort.pk, at)


def keep_visits(at: datetime) -> int:
    """Take what was counted today and yesterday over into the database; how many visits that were."""
    cohorts = Cohort.objects.filter(state=Cohort.State.OPEN).values_list("pk", flat=True)
    return counting.keep(NAME, cohorts, at, Visits, "cohort_id")
