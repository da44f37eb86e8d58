"""Who is told of becoming a mentor, and the way that the notification shows."""

import pytest

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory


@pytest.mark.parametrize("state", ["draft", "open", "running"])
def test_the_new_mentor_is_told_and_can_open_the_way(sign_in, ada, noor, stream, state):
    cohort = factory.make_cohort(stream=stream, state=state)
    cohort.add_mentor(person=noor, capacity=3, by=ada)
    told = Notification.objects.get(person=noor)
    assert told.title == f"You are a mentor of {cohort}"
    assert sign_in(noor).get(told.url).status_code == 200


@pytest.mark.parametrize("state", ["finished", "archived"])
def test_a_cohort_that_is_over_gets_no_mentors(ada, noor, stream, state):
    with pytest.raises(Refused) as refusal:
        factory.make_cohort(stream=stream, state=state).add_mentor(person=noor, capacity=3, by=ada)
    assert refusal.value.code == "cohort_over"


def test_a_closed_account_mentors_nobody(ada, noor, cohort):
    noor.is_active = False
    with pytest.raises(Refused) as refusal:
        cohort.add_mentor(person=noor, capacity=3, by=ada)
    assert refusal.value.code == "inactive"


def test_the_calendar_of_a_draft_tells_nobody(ada, noor, stream):
    cohort = factory.make_cohort(stream=stream, state="draft")
    factory.make_membership(cohort, noor, role="mentor")
    cohort.schedule(by=ada, title="Session 1", starts_at=factory.days_ago(-9))
    assert not Notification.objects.exists()
