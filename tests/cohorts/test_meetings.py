"""Scheduling, moving, calling off; local times that do not exist or exist twice; minutes."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentorship.cohorts.models import Meeting
from mentorship.common.times import AmbiguousTime, NonexistentTime, from_local
from mentorship.notifications.models import Notification
from tests import factory

BERLIN = ZoneInfo("Europe/Berlin")
YEAR = datetime.now(UTC).year + 1  # to come, whenever this runs


def last_sunday(month):
    """The day on which the clocks of Berlin change, in March and in October."""
    last = date(YEAR, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


SPRING, AUTUMN, FEBRUARY = last_sunday(3), last_sunday(10), date(YEAR, 2, 3)


@pytest.fixture
def cohort(cohort):
    """It lasts until the end of next year."""
    cohort.ends_on = date(YEAR, 12, 31)
    cohort.save()
    return cohort


@pytest.fixture
def form(mentor):
    return {
        "title": "Session 3", "day": str(FEBRUARY), "clock": "18:00", "minutes_long": "90", "coordinator": mentor.pk,
        "link": "https://meet.example/3",
    }  # fmt: skip


@pytest.fixture
def address(cohort):
    return f"/cohorts/{cohort.slug}/meetings/"


def test_a_meeting_is_scheduled_in_the_cohort_s_time_and_members_are_told(sign_in, ada, amara, form, address):
    response = sign_in(ada).post(address + "schedule/", form)
    meeting = Meeting.objects.get()
    assert response.url == f"{address}{meeting.pk}/"
    assert meeting.starts_at == datetime(YEAR, 2, 3, 17, tzinfo=UTC)
    told = Notification.objects.filter(kind="meeting_scheduled")
    assert told.count() == 3
    assert told.get(person=amara).title == f"Session 3: {FEBRUARY:%a} 3 Feb {YEAR}, 18:00 CET"


def test_a_time_that_the_clocks_skip_is_asked_about(sign_in, ada, form, address):
    response = sign_in(ada).post(address + "schedule/", form | {"day": str(SPRING), "clock": "02:30"})
    assert response.status_code == 422
    assert f"02:30 on {SPRING.day} March {YEAR} does not exist in Europe/Berlin" in response.text
    assert 'value="Session 3"' in response.text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_a_time_that_exists_twice_is_asked_about(sign_in, ada, form, address, which, hour):
    twice = form | {"day": str(AUTUMN), "clock": "02:30"}
    client = sign_in(ada)
    page = client.post(address + "schedule/", twice)
    assert page.status_code == 422
    assert "exists twice in Europe/Berlin" in page.text
    assert 'type="radio" name="which"' in page.text
    client.post(address + "schedule/", twice | {"which": which})
    assert Meeting.objects.get().starts_at == datetime(YEAR, 10, AUTUMN.day, hour, 30, tzinfo=UTC)


def test_a_moved_meeting_is_asked_about_too_and_never_guessed(sign_in, ada, cohort, form, address):
    meeting = factory.make_meeting(cohort)
    page = f"{address}{meeting.pk}/edit/"
    client = sign_in(ada)
    assert 'name="which"' not in client.get(page).text
    twice = form | {"day": f"{AUTUMN:%m/%d/%Y}", "clock": "02:30:00"}
    assert client.post(page, twice).status_code == 422
    assert client.post(page, twice | {"which": "second"}).status_code == 302
    assert Meeting.objects.get().starts_at == datetime(YEAR, 10, AUTUMN.day, 1, 30, tzinfo=UTC)
    shown = client.get(page).text
    assert "The second: 02:30 CET" in shown
    assert re.search('value="second"[^>]* checked', shown)


def local(*parts):
    return datetime(*parts)  # noqa: DTZ001, what the clocks show


def test_local_times():
    assert from_local(local(2027, 7, 1, 12), BERLIN) == datetime(2027, 7, 1, 10, tzinfo=UTC)
    with pytest.raises(NonexistentTime):
        from_local(local(2027, 3, 28, 2), BERLIN)
    with pytest.raises(AmbiguousTime):
        from_local(local(2027, 10, 31, 2), BERLIN)
    with pytest.raises(NonexistentTime):
        from_local(local(2011, 12, 30, 12), ZoneInfo("Pacific/Apia"))


@pytest.mark.parametrize(
    "change", [{"minutes_long": "91"}, {"title": ""}, {"day": "x"}, {"link": "javascript:alert(1)"}]
)
def test_a_wrong_form_makes_nothing(sign_in, ada, form, address, change):
    response = sign_in(ada).post(address + "schedule/", form | change)
    assert response.status_code == 422
    assert not Meeting.objects.exists()


def test_the_coordinator_belongs_to_the_cohort(sign_in, ada, form, address, other_cohort):
    stranger = other_cohort.memberships.get()
    assert sign_in(ada).post(address + "schedule/", form | {"coordinator": stranger.pk}).status_code == 422


def test_moving_is_told_once_for_each_new_time(sign_in, ada, amara, form, address):
    client = sign_in(ada)
    meeting_address = client.post(address + "schedule/", form).url
    for clock in ("19:00", "19:00", "20:00"):
        assert client.post(meeting_address + "edit/", form | {"clock": clock}).url == meeting_address
    client.post(meeting_address + "edit/", form | {"clock": "20:00", "title": "Third session"})
    moved = Notification.objects.filter(person=amara, kind="meeting_moved").order_by("pk")
    assert [n.title[-9:] for n in moved] == ["19:00 CET", "20:00 CET"]


def test_back_and_forth_is_told_each_time_with_the_reason(ada, amara, cohort):
    meeting = factory.make_meeting(cohort)
    first, second = meeting.starts_at, meeting.starts_at + timedelta(days=1)
    for moment in (second, first, second):
        meeting.edit(by=ada, starts_at=moment, reason="The room.")
    moved = Notification.objects.filter(person=amara, kind="meeting_moved")
    assert moved.count() == 3
    assert "The room." in moved.first().body


@pytest.mark.parametrize("days", [-1, 800])
def test_a_meeting_is_not_moved_into_the_past_or_over_the_cohort_s_end(sign_in, ada, cohort, form, address, days):
    meeting = factory.make_meeting(cohort)
    day = datetime.now(UTC).date() + timedelta(days=days)
    response = sign_in(ada).post(f"{address}{meeting.pk}/edit/", form | {"day": str(day)})
    assert response.status_code == 422
    assert ("This time is over" if days < 0 else "The cohort ends on 31 December") in response.text
    assert Meeting.objects.get().starts_at == meeting.starts_at


def test_none_is_scheduled_over_the_cohort_s_end(sign_in, ada, form, address):
    response = sign_in(ada).post(address + "schedule/", form | {"day": f"{YEAR + 1}-01-01"})
    assert response.status_code == 422
    assert 'value="Session 3"' in response.text
    assert not Meeting.objects.exists()


def test_the_reason_and_how_far_ahead_stand_in_the_history(sign_in, ada, amara, cohort, address):
    meeting = factory.make_meeting(cohort)
    sign_in(ada).post(f"{address}{meeting.pk}/cancel/", {"reason": "A strike."})
    page = sign_in(amara).get(f"{address}{meeting.pk}/").text
    assert "called it off, 6 days ahead" in page
    assert "A strike." in page
    assert "A strike." in Notification.objects.get(person=amara, kind="meeting_cancelled").body


def test_who_leads_instead_and_who_does_not_any_more_are_told(ada, amara, bela, cohort, mentee, alone):
    meeting = factory.make_meeting(cohort, coordinator=mentee)
    meeting.edit(by=ada, coordinator=alone)
    assert Notification.objects.get(person=bela, kind="turn_given").title.startswith("You lead Session 3")
    assert Notification.objects.get(person=amara, kind="turn_taken").title == "Béla Kovács leads Session 3, not you"


def test_calling_off_happens_once(sign_in, ada, amara, cohort, address):
    meeting = factory.make_meeting(cohort)
    client = sign_in(ada)
    client.post(f"{address}{meeting.pk}/cancel/")
    assert b"has been called off" in client.post(f"{address}{meeting.pk}/cancel/", follow=True).content
    assert Notification.objects.filter(person=amara, kind="meeting_cancelled").count() == 1
    assert b"Called off" in sign_in(amara).get(f"{address}{meeting.pk}/").content


def test_each_reads_the_time_of_their_own_clock(sign_in, amara, cohort, address):
    meeting = factory.make_meeting(cohort, starts_at=datetime(2027, 2, 3, 17, tzinfo=UTC))
    page = sign_in(amara).get(f"{address}{meeting.pk}/").text
    assert "Wed 3 Feb 2027, 18:00 WAT" in page
    assert "18:00 CET" in page


def test_the_calendar_has_what_comes_and_what_was(sign_in, amara, cohort, address, django_assert_max_num_queries):
    for days in (-14, -7, 7, 14, *range(20, 60)):
        factory.make_meeting(cohort, title=f"Day {days}.", starts_at=factory.days_ago(-days))
    client = sign_in(amara)
    client.get("/cohorts/")  # a session notes its first visit
    with django_assert_max_num_queries(9):
        page = client.get(address).text
    order = [page.index(f"Day {days}.") for days in (7, 14, -7, -14)]
    assert order == sorted(order)
