"""Handing in again, after changes were requested."""

import pytest

from mentorship.common.errors import Refused
from tests import factory


@pytest.fixture
def returned(submission, mateo):
    """The submission, with one change requested."""
    factory.make_review(submission, mateo)
    return submission


def again(submission, **fields):
    return submission.hand_in(by=submission.author, work=factory.make_work(submission.project, **fields))


def test_a_new_round_carries_the_open_request_along(returned):
    request = returned.change_requests.get()
    second = again(returned, addressed={request.pk: "I compare it with recall now."})
    returned.refresh_from_db()
    request.refresh_from_db()
    assert (second.number, returned.state, returned.rounds_count) == (2, "awaiting_mentor", 2)
    assert (returned.awaiting_mentee_since, returned.awaiting_mentor_since) == (None, second.handed_in_at)
    assert (request.state, request.addressed_in) == ("addressed", second)
    assert request.responses.get().text == "I compare it with recall now."


def test_what_is_not_said_to_be_addressed_stays_open(returned):
    again(returned)
    assert returned.change_requests.get().state == "open"


def test_it_is_the_mentors_turn(submission):
    with pytest.raises(Refused) as refusal:
        again(submission)
    assert refusal.value.code == "not_your_turn"


def test_accepted_work_takes_no_more_rounds(submission, mateo):
    factory.make_review(submission, mateo, factory.accepting(submission))
    with pytest.raises(Refused):
        again(submission)


def test_nobody_hands_in_for_another(returned, bela):
    with pytest.raises(Refused):
        returned.hand_in(by=bela, work=factory.make_work(returned.project))


def test_a_cohort_that_is_over_takes_no_more_rounds(returned):
    returned.cohort.state = "finished"
    returned.cohort.save()
    with pytest.raises(Refused):
        again(returned)


def test_the_same_key_has_one_effect(returned):
    rounds = [returned.hand_in(by=returned.author, work=factory.make_work(returned.project), key="k") for _ in range(2)]
    assert rounds[0] == rounds[1]
    assert returned.rounds.count() == 2


def test_anothers_request_cannot_be_addressed(returned, cohort, bela, mateo):
    other = factory.make_submission(cohort.memberships.get(person=bela))
    factory.make_review(other, mateo)
    request = other.change_requests.get()
    again(returned, addressed={request.pk: "Not mine."})
    request.refresh_from_db()
    assert request.state == "open"
