"""Handing a round over by hand, and two who do so at once."""

import pytest

from mentorship.common.errors import Refused
from projects.models import HandOver, Round
from tests import factory
from tests.projects.test_at_once import at_once, refusals


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_an_admin_hands_a_round_over(waiting, ines, ada):
    HandOver.give(waiting, to=ines, by=ada)
    waiting.refresh_from_db()
    assert waiting.held_for(ines)
    assert waiting.offered_at


def test_not_what_somebody_holds(waiting, mateo, ines, ada):
    waiting.claim(by=mateo)
    assert refused(lambda: HandOver.give(waiting, to=ines, by=ada)) == "claimed_by_other"


def test_not_to_who_does_not_mentor_there(waiting, noor, other_cohort, ada):
    assert refused(lambda: HandOver.give(waiting, to=noor, by=ada)) == "not_a_mentor"
    assert not HandOver.objects.exists()


def test_not_twice_to_the_same(waiting, ines, ada):
    HandOver.give(waiting, to=ines, by=ada)
    waiting.release(by=ines)
    assert refused(lambda: HandOver.give(waiting, to=ines, by=ada)) == "had_it_before"


def test_not_what_waits_no_more(waiting, submission, amara, ines, ada):
    submission.withdraw(by=amara)
    assert refused(lambda: HandOver.give(waiting, to=ines, by=ada)) == "not_waiting"


@pytest.mark.django_db(transaction=True)
def test_given_to_two_at_once_and_claimed_by_a_third(waiting, ines, mateo, cohort, ada):
    lena = factory.make_person("Lena Vogt")
    factory.make_membership(cohort, lena, role="mentor")
    answers = at_once(
        lambda: HandOver.give(Round.objects.get(), to=ines, by=ada),
        lambda: HandOver.give(Round.objects.get(), to=lena, by=ada),
        lambda: Round.objects.get().claim(by=mateo),
        lambda: Round.objects.get().claim(by=ines),
    )
    assert len(refusals(answers)) in (2, 3)  # who is given a round and claims it at once is one and the same
    assert set(refusals(answers)) == {"claimed_by_other"}
    assert Round.objects.get().held()


def seat_of(cohort, person):
    return cohort.memberships.get(person=person).pk


def test_the_page_of_an_admin_hands_over(sign_in, waiting, submission, cohort, ines, ada):
    admins = sign_in(ada)
    assert "Hand this round over" in admins.get(submission.get_absolute_url()).text
    answer = admins.post(f"/rounds/{waiting.pk}/hand-over/", {"mentor": seat_of(cohort, ines)})
    assert answer.status_code == 302
    waiting.refresh_from_db()
    assert waiting.held_for(ines)
    assert "Hand this round over" not in admins.get(submission.get_absolute_url()).text


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999"])
def test_a_wrong_choice_changes_nothing(sign_in, waiting, ada, key):
    sign_in(ada).post(f"/rounds/{waiting.pk}/hand-over/", {"mentor": key})
    waiting.refresh_from_db()
    assert waiting.claimed_by is None


def test_who_took_it_on_reads_what_was_said(sign_in, submission, mateo, amara, ines, ada):
    factory.make_review(submission, mateo)
    second = submission.hand_in(by=amara, work=factory.make_work(submission.project))
    HandOver.give(second, to=ines, by=ada)
    page = sign_in(ines).get(submission.get_absolute_url()).text
    assert "What was said so far" in page
    assert "instead of Mateo Rojas" in page
    assert "What was said so far" not in sign_in(amara).get(submission.get_absolute_url()).text


def test_the_api_hands_over(sign_in, waiting, cohort, ines, ada, mateo):
    address = f"/api/v1/rounds/{waiting.pk}/hand-over/"
    assert sign_in(mateo).post(address, {"mentor": seat_of(cohort, ines)}).status_code == 404
    assert sign_in(ada).post(address, {"mentor": "nobody"}).status_code == 400
    assert sign_in(ada).post(address, {"mentor": seat_of(cohort, ines)}).json()["claimed_by"] == ines.handle
