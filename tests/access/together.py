"""What the access table needs of people being together in a cohort."""

from types import SimpleNamespace

from mentorship.cohorts.models import Departure
from tests import factory


def furnish(w: SimpleNamespace) -> None:
    left = factory.make_membership(w.other_cohort, w.people["mentee"])
    w.departure = Departure.take(left, by=w.people["mentee"], kind="time")
