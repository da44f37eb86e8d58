"""What has to be done before a cohort's books are closed. Cohorts know nothing of reviews: the app above that does
says so when it starts, in a sentence, or '' when nothing is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentorship.cohorts.models import Cohort

LEFT: list[Callable[[Cohort], str]] = []


def left_to_do(cohort: Cohort) -> str:
    return " ".join(said for said in (left(cohort) for left in LEFT) if said)
