from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.notifications.models import Notification
from projects.reminders import remind
from tests import factory

NOW = timezone.now()


def told(kind):
    rows = Notification.objects.filter(kind=kind).order_by("pk")
    return [(row.person.name, row.threshold) for row in rows]


def days(count):
    return NOW + timedelta(days=count)


@pytest.fixture
def round(seat):
    return factory.make_submission(seat, at=NOW).rounds.get()


def test_a_mentee_is_reminded_after_7_14_and_21_days(round, mateo):
    factory.make_review(round.submission, mateo, at=days(0))
    for day in range(30):
        remind(at=days(day))
    assert told("changes_waiting") == [("Amara Okafor", 7), ("Amara Okafor", 14), ("Amara Okafor", 21)]


def test_changes_requested_again_remind_anew(round, mateo):
    submission = round.submission
    factory.make_review(submission, mateo, at=days(0))
    remind(at=days(8))
    submission.hand_in(by=submission.author, work=factory.make_work(submission.project), at=days(9))
    remind(at=days(9))
    factory.make_review(submission, mateo, at=days(10))
    remind(at=days(17))
    assert told("changes_waiting") == [("Amara Okafor", 7), ("Amara Okafor", 7)]


def test_a_cohort_that_is_over_asks_for_no_more_rounds(round, mateo):
    factory.make_review(round.submission, mateo, at=days(0))
    round.submission.cohort.state = "finished"
    round.submission.cohort.save()
    remind(at=days(8))
    assert told("changes_waiting") == []


def test_the_rules_take_as_many_queries_for_many_as_for_none(cohort, mateo, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):  # the last one for what is due
        remind(at=NOW)
