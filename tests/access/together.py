"""What the access table needs of people being together in a cohort."""

from types import SimpleNamespace

from mentorship.cohorts.models import Departure, GroupLink, GroupPost
from tests import factory


def furnish(w: SimpleNamespace) -> None:
    left = factory.make_membership(w.other_cohort, w.people["mentee"])
    w.departure = Departure.take(left, by=w.people["mentee"], kind="time")
    by = w.people["mentee"]
    w.group_post = GroupPost.write(w.pair, by=by, text="Shall we begin?")
    w.group_link = GroupLink.share(w.pair, by=by, title="Notes", url="https://example.org/notes")
