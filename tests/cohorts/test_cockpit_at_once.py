"""Two admins in the same moment: outcomes, thresholds and a word to somebody are each one thing."""

import uuid

import pytest
from django.utils import timezone

from mentorship.cohorts.graduation import conclude
from mentorship.cohorts.messaging import message
from mentorship.cohorts.models import Outcome, Thresholds
from mentorship.cohorts.visits import count_visit, keep_visits
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

pytestmark = pytest.mark.django_db(transaction=True)


def test_outcomes_decided_twice_at_once_are_decided_once(cohort, mentee, alone, ada):
    results = {mentee.pk: "graduated", alone.pk: "unfinished"}
    was = dict.fromkeys(results, "")
    why = dict.fromkeys(results, "Somebody has to")
    got = at_once([lambda: conclude(cohort, results=results, was=was, by=ada, reasons=why) for _ in range(4)])
    assert codes(got) == ["changed_meanwhile"] * 3 + ["done"]
    assert Outcome.objects.count() == Notification.objects.filter(kind="outcome").count() == 2
    assert Event.objects.filter(verb="conclude").count() == 2


def test_thresholds_set_at_once_are_one_row(cohort, ada):
    got = at_once([lambda days=days: Thresholds.change(cohort, by=ada, study_days=days) for days in (3, 4, 5, 6)])
    assert codes(got) == ["done"] * 4
    assert Thresholds.objects.count() == 1
    assert Event.objects.filter(verb="set_thresholds").count() == 4


def test_a_form_sent_four_times_is_one_word(mentee, ada):
    key = uuid.uuid4()
    got = at_once([lambda: message(mentee, by=ada, text="How are you?", key=key) for _ in range(4)])
    assert codes(got) == ["done"] * 4
    assert Notification.objects.filter(kind="message").count() == Event.objects.filter(verb="message").count() == 1


def test_looks_at_once_are_all_counted(stream):
    cohort = factory.make_cohort(stream=stream, state="open")
    at_once([lambda: count_visit(cohort, timezone.now()) for _ in range(8)])
    assert keep_visits(timezone.now()) == 8
