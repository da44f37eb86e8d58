from datetime import UTC, date, datetime, timedelta

import pytest

from blog.reminders import remind
from mentorship.notifications.models import Notification, Slot
from mentorship.notifications.tasks import sweep  # noqa: F401  (tasks are registered)
from tests.factory import make_cohort, make_membership, make_post

START = date(2026, 3, 2)
JOINED = datetime(2026, 2, 20, 9, tzinfo=UTC)


def day(number):
    """Noon of the day that is `number` days after the cohort's first."""
    return datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=number)


@pytest.fixture
def membership(amara):
    cohort = make_cohort(starts_on=START, ends_on=START + timedelta(weeks=16), applications_close_on=START)
    return make_membership(cohort, amara, joined_at=JOINED)


def told():
    return list(Notification.objects.filter(kind="no_post_written").order_by("pk").values_list("threshold", flat=True))


def test_in_weeks_six_and_eight_once_each(membership):
    assert [remind(at=day(number)) for number in (0, 41, 42, 42, 43, 55, 56, 57, 90)] == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    assert told() == [42, 56]


def test_a_time_without_beat_loses_nothing_and_tells_the_highest_only(membership):
    assert [remind(at=day(70)), remind(at=day(71))] == [1, 0]
    assert told() == [56]


def test_who_joined_later_has_their_own_weeks(membership):
    membership.joined_at = day(20)
    membership.save()
    assert [remind(at=day(61)), remind(at=day(62))] == [0, 1]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "in_editing", "asked_at": day(30)},
        {"state": "draft", "asked_at": day(30)},  # asked for editing, and given back
        {"state": "published", "published_at": day(30)},
    ],
)
def test_who_has_written_is_left_alone(membership, amara, fields):
    make_post(amara, **fields)
    assert remind(at=day(60)) == 0


def test_a_draft_or_an_older_post_is_not_enough(membership, amara):
    make_post(amara, body="A long draft.")
    make_post(amara, state="published", published_at=JOINED - timedelta(days=1))
    assert remind(at=day(60)) == 1


@pytest.mark.parametrize("change", ["left", "finished", "inactive"])
def test_whom_it_does_not_concern(membership, change):
    if change == "left":
        membership.left_at = day(40)
    elif change == "finished":
        type(membership.cohort).objects.update(state="finished")
    else:
        type(membership.person).objects.update(is_active=False)
    membership.save()
    assert remind(at=day(60)) == 0


def test_mentors_write_when_they_like(membership, mateo):
    make_membership(membership.cohort, mateo, role="mentor", joined_at=JOINED)
    remind(at=day(60))
    assert not Notification.objects.filter(person=mateo).exists()


def test_two_beats_are_one(membership):
    from blog.tasks import remind as task

    task()
    task()
    assert Slot.objects.filter(job="blog.remind").count() <= 2  # two when a slot of five minutes began in between
    assert told() == [56]


def test_many_due_cost_no_more_queries_to_find(membership, django_assert_max_num_queries):
    from blog.reminders import due

    with django_assert_max_num_queries(1):
        assert len(due(day(60))) == 1
