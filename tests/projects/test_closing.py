"""A cohort that is closed with rounds open: late reviews until the archive, and no archive over rounds that wait."""

import pytest

from mentorship.cohorts.models import Assignment, Cohort
from mentorship.common.errors import Refused
from tests import factory


@pytest.fixture
def submission(cohort, amara):
    return factory.make_submission(cohort.memberships.get(person=amara))


def test_a_finished_cohort_reviews_what_waits(cohort, submission, ada, mateo):
    cohort.finish(by=ada)
    factory.make_review(submission, mateo, factory.accepting(submission))
    submission.refresh_from_db()
    assert submission.state == "accepted"
    cohort.archive(by=ada)
    assert Cohort.objects.get().state == "archived"


def test_the_archive_waits_for_them_and_changes_nothing(cohort, submission, ada, sign_in):
    cohort.finish(by=ada)
    with pytest.raises(Refused, match="1 round still waits for a review") as refusal:
        cohort.archive(by=ada)
    assert refusal.value.code == "work_waits"
    assert (Cohort.objects.get().state, Assignment.objects.get().ended_at) == ("finished", None)
    page = sign_in(ada).post(f"/cohorts/{cohort.slug}/archive/", follow=True)
    assert "1 round still waits for a review" in page.content.decode()
    assert sign_in(ada).post(f"/api/v1/cohorts/{cohort.slug}/archive/").json()["code"] == "work_waits"
    submission.withdraw(by=submission.author)
    cohort.archive(by=ada)
    assert Assignment.objects.get().ended_at


def test_what_waits_for_its_mentee_does_not_hold_it(cohort, submission, ada, mateo):
    factory.make_review(submission, mateo)
    cohort.finish(by=ada)
    cohort.archive(by=ada)
    assert Cohort.objects.get().state == "archived"
