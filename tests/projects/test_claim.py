from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from projects.models import Round
from tests import factory

DAY = timedelta(hours=24)


def refused(call, code):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.code == code


def test_a_claim_holds_for_a_day(waiting, mateo, amara):
    now = timezone.now()
    waiting.claim(by=mateo, at=now)
    assert (waiting.claimed_by, waiting.claimed_until) == (mateo, now + DAY)
    assert waiting.held_for(mateo, now + DAY - timedelta(seconds=1))
    assert not waiting.held_for(mateo, now + DAY)
    assert Notification.objects.get(kind="claimed").person == amara


def test_claiming_again_does_not_lengthen_it(waiting, mateo):
    now = timezone.now()
    waiting.claim(by=mateo, at=now)
    waiting.claim(by=mateo, at=now + timedelta(hours=1))
    assert waiting.claimed_until == now + DAY


def test_somebody_elses_claim_stands(waiting, mateo, ines):
    waiting.claim(by=mateo)
    refused(lambda: waiting.claim(by=ines), "claimed_by_other")
    assert waiting.claimed_by == mateo


def test_a_claim_that_ran_out_is_free(waiting, mateo, ines):
    now = timezone.now()
    waiting.claim(by=mateo, at=now)
    waiting.claim(by=ines, at=now + DAY)
    assert waiting.claimed_by == ines


def test_only_mentors_of_the_cohort_claim(waiting, noor, bela, other_cohort):
    for person in (noor, bela):
        refused(lambda person=person: waiting.claim(by=person), "not_a_mentor")


def test_a_mentor_who_left_claims_nothing(waiting, ines):
    ines.memberships.get().leave(by=ines)
    refused(lambda: waiting.claim(by=ines), "not_a_mentor")


def test_nobody_claims_their_own_work(waiting, cohort, amara):
    factory.make_membership(cohort, amara, role="mentor")
    refused(lambda: waiting.claim(by=amara), "own_work")


def test_a_reviewed_round_waits_for_nobody(submission, waiting, mateo):
    factory.make_review(submission, mateo)
    refused(lambda: waiting.claim(by=mateo), "not_waiting")


@pytest.fixture
def five(cohort):
    """Five rounds that wait."""
    for _ in range(5):
        factory.make_submission(factory.make_membership(cohort, factory.make_person()))
    return list(Round.objects.order_by("pk"))


def test_four_at_once_and_no_more(five, mateo):
    for round in five[:4]:
        round.claim(by=mateo)
    refused(lambda: five[4].claim(by=mateo), "too_many_claims")
    five[0].release(by=mateo)
    five[4].claim(by=mateo)


def test_claims_that_ran_out_do_not_count(five, mateo):
    now = timezone.now()
    for round in five[:4]:
        round.claim(by=mateo, at=now)
    five[4].claim(by=mateo, at=now + DAY)


def test_a_claim_is_extended_twice(waiting, mateo):
    now = timezone.now()
    waiting.claim(by=mateo, at=now)
    for _ in range(2):
        waiting.extend_claim(by=mateo)
    assert waiting.claimed_until == now + 3 * DAY
    refused(lambda: waiting.extend_claim(by=mateo), "extended_twice")


def test_only_who_holds_a_round_extends_or_releases_it(waiting, mateo, ines):
    waiting.claim(by=mateo)
    refused(lambda: waiting.extend_claim(by=ines), "not_claimed")
    refused(lambda: waiting.release(by=ines), "not_claimed")
    waiting.refresh_from_db()
    assert waiting.claimed_by == mateo


def test_a_claim_that_ran_out_is_not_extended(waiting, mateo):
    now = timezone.now()
    waiting.claim(by=mateo, at=now)
    refused(lambda: waiting.extend_claim(by=mateo, at=now + DAY), "not_claimed")


def test_released_it_is_free(waiting, mateo, ines):
    waiting.claim(by=mateo)
    waiting.release(by=mateo)
    assert waiting.claimed_by is None
    waiting.claim(by=ines)
