"""Who mentors whom: giving a mentee a mentor, another one, and proposing pairs for a whole cohort.

`waking`, `pairing` and `solving` know no database; `question` reads it, `proposing` and `applying` write.
"""

from mentorship.cohorts.matching.applying import Meanwhile, apply
from mentorship.cohorts.matching.assigning import assign, assign_all, reassign
from mentorship.cohorts.matching.proposing import Outdated, discard, place, propose, release, solve_again

__all__ = [
    "Meanwhile",
    "Outdated",
    "apply",
    "assign",
    "assign_all",
    "discard",
    "place",
    "propose",
    "reassign",
    "release",
    "solve_again",
]
