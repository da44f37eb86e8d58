"""What becomes of apprentices' reviews. Cohorts know nothing of reviews: the app above that does says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models import Apprenticeship

CALIBRATED: list[Callable[[User], bool]] = []
ENDED: list[Callable[[Apprenticeship], None]] = []


def is_calibrated(person: User) -> bool:
    """Whether `person` has shown that they review as the reference does."""
    return any(asked(person) for asked in CALIBRATED)


def ended(row: Apprenticeship) -> None:
    """An apprenticeship has ended: in its transaction, see to the reviews that wait to be countersigned."""
    for see_to in ENDED:
        see_to(row)
