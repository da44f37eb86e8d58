"""What is due: reminded of 3 days and 1 day before and once it is over; on the page of the project."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Cohort, Extension, Pause
from mentorship.notifications.models import Notification
from projects.due import remind_of_due
from projects.reminders import remind
from tests import factory

NOW = timezone.now()


@pytest.fixture
def due(cohort, stream):
    return factory.make_due(cohort, due_at=NOW + timedelta(days=10), changed_at=NOW)


def told(person):
    rows = Notification.objects.filter(person=person, kind__startswith="due_").exclude(kind="due_date_set")
    return list(rows.order_by("pk").values_list("kind", "threshold"))


def days(count):
    return NOW + timedelta(days=count)


ALL = [("due_soon", 3), ("due_soon", 1), ("due_passed", 0)]


def test_three_days_one_day_and_once_it_is_over(due, amara, bela, mateo):
    for hour in range(0, 20 * 24, 7):
        remind_of_due(at=NOW + timedelta(hours=hour))
    assert told(amara) == told(bela) == ALL
    assert told(mateo) == [("due_passed_mentor", 0)]
    first = Notification.objects.filter(person=amara).order_by("pk")[0]
    assert first.title == f"{due.item.title} is due within 3 days"
    assert first.url == due.get_absolute_url()


def test_each_thing_is_reminded_of_by_itself(due, cohort, stream, amara):
    other = factory.make_project(factory.make_item(stream.units.get(), "other", kind="project"))
    second = factory.make_due(cohort, other.item, due_at=days(9.5), changed_at=NOW)
    assert remind_of_due(at=days(6.8)) == 2  # the second one, to each of the two
    remind_of_due(at=days(9.8))
    rows = Notification.objects.filter(person=amara).order_by("pk").values_list("kind", "threshold", "url")
    one, two = due.get_absolute_url(), second.get_absolute_url()
    assert set(rows) == {("due_soon", 3, two), ("due_soon", 1, one), ("due_passed", 0, two)}


def test_a_week_without_beat_tells_only_what_holds(due, amara):
    remind_of_due(at=days(5))
    remind_of_due(at=days(12))
    remind_of_due(at=days(40))
    assert told(amara) == [("due_passed", 0)]


def test_who_handed_in_is_left_in_peace(due, seat, amara, bela):
    factory.make_submission(seat)
    for day in (8, 9.5, 11):
        remind_of_due(at=days(day))
    assert told(amara) == []
    assert told(bela) == ALL


def test_who_took_it_back_is_reminded_again(due, seat, amara):
    factory.make_submission(seat).withdraw(by=amara)
    remind_of_due(at=days(9.5))
    assert told(amara) == [("due_soon", 1)]


def test_work_of_a_team_is_that_of_each(cohort, stream, amara, bela):
    work = factory.make_team_work(cohort, amara, bela)
    factory.make_due(cohort, work.project.item, due_at=days(2))
    remind_of_due(at=NOW)
    assert told(amara) == told(bela) == []


def test_an_extension_moves_the_reminders_of_one_person(due, seat, amara, bela, mateo):
    remind_of_due(at=days(8))
    until = due.due_at + timedelta(days=5)
    Extension.give(due=due, membership=seat, by=mateo, until=until, reason="Flu", at=days(9))
    for day in (9.5, 11, 12.5, 14.5):
        remind_of_due(at=days(day))
    assert told(bela) == ALL
    assert told(amara) == [("due_soon", 3), ("due_soon", 3), ("due_soon", 1)]
    remind_of_due(at=days(15.5))
    assert told(amara)[-1] == ("due_passed", 0)


def test_another_day_is_reminded_of_anew(due, amara, ada):
    remind_of_due(at=days(8))
    due.set(days(30), by=ada)
    remind_of_due(at=days(11))
    remind_of_due(at=days(28))
    assert told(amara) == [("due_soon", 3), ("due_soon", 3)]


def test_what_was_over_before_it_was_set_is_no_news(cohort, amara):
    factory.make_due(cohort, due_at=days(-3), changed_at=NOW)
    remind_of_due(at=days(1))
    assert told(amara) == []


def test_who_joined_later_hears_only_of_what_comes(due, cohort):
    late = factory.make_person("Late")
    factory.make_membership(cohort, late, joined_at=days(11))
    remind_of_due(at=days(12))
    assert told(late) == []


def test_on_a_pause_nobody_is_reminded(due, seat, amara, bela):
    today = timezone.localdate(NOW, amara.zone)
    Pause.take(
        seat, by=amara, reason="rest", first_day=today + timedelta(days=6), returns_on=today + timedelta(days=12)
    )
    remind_of_due(at=days(8))
    assert (told(amara), told(bela)) == ([], [("due_soon", 3)])
    for day in (13, 15.5, 16.5):  # six days later than for the others
        remind_of_due(at=days(day))
    assert told(amara) == ALL


@pytest.mark.parametrize("state", ["open", "finished"])
def test_only_running_cohorts_remind(amara, stream, state):
    cohort = factory.make_cohort(stream=stream, state=state)
    factory.make_membership(cohort, amara)
    factory.make_due(cohort, due_at=days(1))
    assert remind(at=NOW) == 0


def test_many_cost_no_query_each_once_they_are_told(cohort, due, django_assert_max_num_queries):
    for _ in range(5):
        factory.make_membership(cohort, factory.make_person())
    assert remind_of_due(at=days(8)) == 7
    with django_assert_max_num_queries(1):
        assert remind_of_due(at=days(8)) == 0
    Cohort.objects.filter(pk=cohort.pk).update(state="finished")


def test_the_page_of_the_project_says_until_when(sign_in, due, seat, amara, mateo, olga):
    project = due.item.project
    page = sign_in(amara).get(project.get_absolute_url()).text
    assert "Need longer?" in page
    assert due.get_absolute_url() in page
    Extension.give(due=due, membership=seat, by=mateo, until=due.due_at + timedelta(days=2), reason="Flu")
    assert "Extended for you" in sign_in(amara).get(project.get_absolute_url()).text
    assert "<dt>Due</dt>" not in sign_in(olga).get(project.get_absolute_url()).text
    assert "<dt>Due</dt>" not in sign_in(None).get(project.get_absolute_url()).text


def test_home_says_what_is_due_next(sign_in, due, amara):
    page = sign_in(amara).get("/home/").text
    assert "Due next" in page
    assert due.get_absolute_url() in page
