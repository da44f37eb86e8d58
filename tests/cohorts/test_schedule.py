"""The schedule: drafted from the hours, moved by hand, read by members; what is due follows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.laying import end_of
from mentorship.cohorts.models import Cohort, DueDate, Schedule
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from streams.models import Unit
from tests import factory


@pytest.fixture
def cohort(stream, amara, bela, mateo):
    """Ten weeks of ten hours from 4 January 2027, a Monday; a second unit of thirty hours with a project."""
    unit = Unit.objects.create(stream=stream, key=f"{stream.key}.models", title="Models", position=2)
    factory.make_item(unit, hours=28)
    factory.make_project(factory.make_item(unit, "second", key=f"{stream.key}-second", kind="project", title="Second"))
    days = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 3, 14), "applications_close_on": date(2027, 1, 1)}
    cohort = factory.make_cohort(stream=stream, hours_a_week=10, **days)
    mentee = factory.make_membership(cohort, amara)
    factory.make_membership(cohort, bela)
    factory.make_assignment(mentee, factory.make_membership(cohort, mateo, role="mentor"))
    return cohort


@pytest.fixture
def schedule(cohort, ada):
    return Schedule.draft(cohort, by=ada)


@pytest.fixture
def address(cohort):
    return f"/cohorts/{cohort.slug}/calendar/"


def spans(schedule):
    return list(schedule.units.values_list("first_week", "last_week"))


def form(schedule, *weeks, **more):
    """What the page posts: the weeks of each unit in turn."""
    said = {"version": schedule.version}
    for row, (first, last) in zip(schedule.units.all(), weeks, strict=True):
        said |= {f"first_{row.unit_id}": first, f"last_{row.unit_id}": last}
    return said | more


def test_a_draft_lays_the_hours_over_the_weeks_and_sets_what_is_due(schedule, cohort, amara):
    assert spans(schedule) == [(1, 1), (1, 4)]  # 6 hours, then 30
    due = list(DueDate.objects.values_list("due_at", "by_hand"))
    assert due == [(datetime(2027, 1, day, 22, 59, tzinfo=UTC), False) for day in (10, 31)]
    told = Notification.objects.filter(person=amara, kind="schedule_changed")
    assert [row.email for row in told] == ["none"]


def test_units_moved_by_hand_take_along_what_is_due(sign_in, ada, schedule, address):
    response = sign_in(ada).post(address + "edit/", form(schedule, (1, 3), (4, 6), skip=[5]))
    assert response.url == address
    schedule.refresh_from_db()
    assert (spans(schedule), schedule.skipped, schedule.version) == ([(1, 3), (4, 6)], [5], 2)
    assert [row.due_at.date() for row in DueDate.objects.all()] == [date(2027, 1, 24), date(2027, 2, 14)]
    assert {row.sequence for row in DueDate.objects.all()} == {1}
    assert Event.objects.filter(verb="adjust_schedule").count() == 1


@pytest.mark.parametrize(
    ("weeks", "more", "said"),
    [
        ([(3, 1), (4, 6)], {}, "It ends before it begins."),
        ([(1, 2), (4, 11)], {}, "Select a valid choice"),
        ([(1, 2), (0, 3)], {}, "Select a valid choice"),
        ([(1, 2), (3, 5)], {"skip": [5]}, "Week 5 is skipped."),
        ([(1, 2), (3, 5)], {"skip": [99]}, "Select a valid choice"),
        ([(1, 2), (3, 5)], {"version": "x"}, "Enter a whole number"),
    ],
)
def test_weeks_that_cannot_be_are_said_at_their_place(sign_in, ada, schedule, address, weeks, more, said):
    page = sign_in(ada).post(address + "edit/", form(schedule, *weeks, **more))
    assert page.status_code == 422
    assert said in page.text or "version" in more
    schedule.refresh_from_db()
    assert schedule.version == 1


def test_who_saves_over_another_is_shown_what_stands(sign_in, ada, schedule, address):
    client = sign_in(ada)
    mine, theirs = form(schedule, (1, 2), (3, 8)), form(schedule, (1, 5), (6, 7))
    client.post(address + "edit/", theirs)
    page = client.post(address + "edit/", mine)
    assert page.status_code == 409
    assert "Weeks 6 to 7" in page.text
    assert 'name="version" value="2"' in page.text
    assert client.post(address + "edit/", mine | {"version": 2}).status_code == 302
    assert spans(Schedule.objects.get()) == [(1, 2), (3, 8)]


def test_a_draft_over_another_one_is_refused(schedule, cohort, ada):
    with pytest.raises(ChangedMeanwhile):
        Schedule.draft(cohort, by=ada)
    again = Schedule.draft(cohort, by=ada, skipped=[1, 2], version=1)
    assert spans(again) == [(3, 3), (3, 6)]


def test_what_is_set_by_hand_stays(schedule, cohort, ada, amara):
    first, second = DueDate.objects.all()
    first.set(datetime(2027, 1, 15, 11, tzinfo=UTC), by=ada)
    schedule.adjust({row.unit_id: (2, 5) for row in schedule.units.all()}, skipped=[], by=ada, version=1)
    assert DueDate.objects.get(pk=first.pk).due_at == datetime(2027, 1, 15, 11, tzinfo=UTC)
    assert DueDate.objects.get(pk=second.pk).due_at.date() == date(2027, 2, 7)
    first.release(by=ada)
    assert first.due_at == end_of(date(2027, 2, 7), cohort.zone)
    with pytest.raises(Refused, match="follows the schedule already"):
        first.release(by=ada)
    assert Notification.objects.filter(person=amara, kind="due_date_set").count() == 2


def test_a_cohort_that_moves_takes_its_calendar_along(schedule, cohort, ada):
    cohort.edit(by=ada, starts_on=date(2027, 1, 11), timezone="America/New_York")
    assert [row.due_at for row in DueDate.objects.all()] == [
        datetime(2027, 1, 18, 4, 59, tzinfo=UTC), datetime(2027, 2, 8, 4, 59, tzinfo=UTC),
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["finished", "archived"])
def test_a_cohort_that_is_over_keeps_its_calendar(schedule, cohort, ada, state):
    Cohort.objects.filter(pk=cohort.pk).update(state="finished")
    if state == "archived":
        Cohort.objects.filter(pk=cohort.pk).update(state=state)
    with pytest.raises(Refused, match="over"):
        Schedule.draft(cohort, by=ada, version=1)
    with pytest.raises(Refused, match="over"):
        DueDate.objects.first().set(timezone.now(), by=ada)


def test_members_read_the_calendar_in_their_own_time(sign_in, amara, schedule, cohort, address):
    factory.make_meeting(cohort, title="Kick-off", starts_at=datetime(2027, 1, 7, 17, tzinfo=UTC))
    page = sign_in(amara).get(address).text
    assert "Weeks are those of the cohort, in Europe/Berlin; times are yours, in Africa/Lagos." in page
    assert "Sun 10 Jan 2027, 23:59 WAT" in page
    assert "Thu 7 Jan 2027, 18:00 WAT" in page
    assert "Basics: week 1, Models: weeks 1 to 4" in page
    assert "Move units" not in page


def test_what_was_handed_in_is_due_no_more(sign_in, amara, bela, schedule, cohort, address):
    first, second = DueDate.objects.order_by("due_at")
    seat = cohort.memberships.get(person=amara)
    factory.make_submission(seat, first.item.project)
    second.item.mark(by=amara, state="done", cause="accepted")
    mine, theirs = sign_in(amara).get(address).text, sign_in(bela).get(address).text
    assert (mine.count(">Handed in<"), mine.count(">Done<"), mine.count(">Due<")) == (1, 1, 0)
    assert theirs.count(">Due<") == 2
    page = sign_in(amara).get(first.get_absolute_url()).text
    assert "Handed in" in page
    assert "Ask for more time" not in page


def test_without_a_schedule_the_first_step_is_offered(sign_in, ada, amara, cohort, address):
    assert "is not planned yet" in sign_in(amara).get(address).text
    admin = sign_in(ada)
    assert "Draft the schedule" in admin.get(address).text
    assert "The stream asks for 36 hours; the cohort has 10 weeks of 10 hours." in admin.get(address + "edit/").text
    response = admin.post(address + "draft/", {"version": 0, "skip": [2]})
    assert response.url == address + "edit/"
    assert spans(Schedule.objects.get()) == [(1, 1), (1, 5)]


def test_every_week_skipped_is_refused(sign_in, ada, schedule, address):
    page = sign_in(ada).post(address + "draft/", {"version": 1, "skip": list(range(1, 11))})
    assert page.status_code == 409
    assert "Every week is skipped" in page.text


def test_a_long_calendar_asks_no_more_often(sign_in, amara, schedule, cohort, address, django_assert_max_num_queries):
    for number in range(30):
        factory.make_meeting(cohort, starts_at=datetime(2027, 1, 5, tzinfo=UTC) + timedelta(days=number))
    client = sign_in(amara)
    client.get("/cohorts/")
    with django_assert_max_num_queries(10):
        assert client.get(address).status_code == 200
