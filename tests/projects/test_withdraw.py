import pytest

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory


def test_withdrawn_work_waits_for_nobody(submission, waiting, amara):
    submission.withdraw(by=amara)
    waiting.refresh_from_db()
    submission.refresh_from_db()
    assert (submission.state, submission.awaiting_since, waiting.state) == ("withdrawn", None, "withdrawn")


def test_who_holds_the_round_is_told_and_keeps_the_draft(submission, waiting, amara, mateo):
    waiting.claim(by=mateo)
    review = waiting.draft_of(mateo)
    review.save_draft(by=mateo, draft=factory.make_draft(), version=0)
    submission.withdraw(by=amara)
    waiting.refresh_from_db()
    assert waiting.claimed_by is None
    assert Notification.objects.get(kind="withdrawn").person == mateo
    review.refresh_from_db()
    assert (review.state, review.summary) == ("draft", "A good start.")
    with pytest.raises(Refused, match="kept"):
        review.publish(by=mateo)


def test_accepted_work_is_not_withdrawn(submission, amara, mateo):
    factory.make_review(submission, mateo, factory.accepting(submission))
    with pytest.raises(Refused):
        submission.withdraw(by=amara)


def test_nobody_withdraws_anothers_work(submission, mateo, bela):
    for person in (mateo, bela):
        with pytest.raises(Refused):
            submission.withdraw(by=person)
