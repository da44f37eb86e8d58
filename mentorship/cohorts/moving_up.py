"""What a waiting list that moves up by itself would do and send, seen before it does."""

from typing import NamedTuple

from mentorship.cohorts.deciding import Mail, mail_of
from mentorship.cohorts.models import Application, Cohort
from mentorship.cohorts.waitlist import line_of
from mentorship.people.models import User

SHOWN = 20  # people by name


class MovingUp(NamedTuple):
    """`names` get a seat as soon as it is saved, and `more` others; `mail` is the first one's, or how one reads."""

    names: list[str]
    more: int
    mail: Mail


def moving_up(cohort: Cohort, *, reader: User) -> MovingUp:
    """For `cohort` with the values that it has in memory: those typed, if they are not saved yet."""
    free = max(cohort.seats_left, 0) if cohort.state in (Cohort.State.OPEN, Cohort.State.RUNNING) else 0
    line = list(line_of(cohort)[: free or 1])
    sample = line[0] if line else Application(cohort=cohort, person=reader)
    sample.cohort = cohort
    people = line if free else []
    mail = mail_of(sample, "accept", "", moved_up=True)
    return MovingUp([str(row.person) for row in people[:SHOWN]], max(len(people) - SHOWN, 0), mail)
