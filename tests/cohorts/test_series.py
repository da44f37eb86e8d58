"""The rhythm of a cohort: at its local time through the year, looked at first, and never made twice."""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from mentorship.cohorts import series
from mentorship.cohorts.models import Meeting
from mentorship.cohorts.series import Rhythm
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory

YEAR = datetime.now(UTC).year + 1
FIRST = date(YEAR, 3, 1) + timedelta(days=(6 - date(YEAR, 3, 1).weekday()) % 7)  # a Sunday: clocks change on Sundays
AT = datetime(YEAR, 1, 15, tzinfo=UTC)
EVENING = Rhythm(FIRST, time(18, 0))


@pytest.fixture
def cohort(cohort):
    cohort.starts_on, cohort.ends_on = date(YEAR, 1, 1), date(YEAR, 12, 20)
    cohort.save()
    return cohort


@pytest.fixture
def address(cohort):
    return f"/cohorts/{cohort.slug}/meetings/series/"


@pytest.fixture
def form():
    return {
        "first_day": str(FIRST), "clock": "18:00", "weeks": "2", "minutes_long": "90", "title": "Session",
        "link": "", "skip": "", "leads": "on",
    }  # fmt: skip


def make(cohort, ada, rhythm=EVENING, at=AT):
    return series.make(cohort=cohort, rhythm=rhythm, by=ada, at=at)


def test_the_local_time_stays_through_summer_and_winter(cohort, ada):
    made = make(cohort, ada)
    local = [meeting.starts_at.astimezone(cohort.zone) for meeting in made]
    assert {moment.time() for moment in local} == {time(18, 0)}
    assert {moment.utcoffset() for moment in local} == {timedelta(hours=1), timedelta(hours=2)}
    assert {b.date() - a.date() for a, b in pairwise(local)} == {timedelta(weeks=2)}
    assert local[-1].date() <= cohort.ends_on < local[-1].date() + timedelta(weeks=2)


def test_running_it_again_adds_what_is_missing_and_nothing_twice(cohort, ada):
    made = make(cohort, ada, Rhythm(FIRST, time(18, 0), skip=frozenset([FIRST + timedelta(weeks=4)])))
    made[0].edit(by=ada, at=AT, starts_at=made[0].starts_at + timedelta(days=3))
    made[1].cancel(by=ada, at=AT)
    with_all = make(cohort, ada)
    assert [meeting.regular_on for meeting in with_all] == [FIRST + timedelta(weeks=4)]
    with pytest.raises(Refused) as refused:
        make(cohort, ada)
    assert refused.value.code == "nothing_missing"
    assert Meeting.objects.count() == len(made) + 1


def test_one_that_was_put_there_by_hand_counts(cohort, ada):
    there = factory.make_meeting(cohort, starts_at=datetime.combine(FIRST, time(9), tzinfo=UTC))
    rows = series.plan(cohort, EVENING, AT)
    assert (rows[0].state, rows[0].meeting) == ("there", there)
    assert {row.state for row in rows[1:]} == {"new"}


def test_everybody_is_told_once_of_all_of_them(cohort, ada, amara, bela, mateo):
    made = make(cohort, ada)
    for person in (amara, bela, mateo):
        (told,) = Notification.objects.filter(person=person, kind="meetings_scheduled")
        assert told.title == f"{len(made)} meetings are in the calendar of {cohort}"
    assert Notification.objects.filter(person=amara, kind="turn_given").count() == 1


@pytest.mark.parametrize(
    ("rhythm", "code", "words"),
    [
        (Rhythm(date(YEAR - 1, 12, 31), time(18)), "first_day", "The cohort lasts from 1 January"),
        (Rhythm(date(YEAR, 12, 24), time(18)), "first_day", "The cohort lasts from 1 January"),
        (Rhythm(FIRST, time(18), skip=frozenset([FIRST + timedelta(days=1)])), "skip", "The nearest are on"),
        (Rhythm(FIRST, time(2, 30), weeks=1), "clock", "does not exist in Europe/Berlin"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cohort, ada, rhythm, code, words):
    with pytest.raises(Refused, match=words) as refused:
        series.plan(cohort, rhythm, AT)
    assert refused.value.code == code


def test_looked_at_then_made(sign_in, ada, form, address):
    client = sign_in(ada)
    page = client.post(address, form | {"look": "1"})
    assert page.status_code == 200
    assert not Meeting.objects.exists()
    looked = re.search(r'name="looked_at" value="(\w+)"', page.text).group(1)
    changed = client.post(address, form | {"clock": "19:00", "make": "1", "looked_at": looked})
    assert "This is not what you looked at before" in changed.text
    assert not Meeting.objects.exists()
    assert client.post(address, form | {"make": "1", "looked_at": looked}).status_code == 302
    assert Meeting.objects.filter(title="Session 1", regular_on=FIRST).exists()
    assert "Nothing is missing." in client.post(address, form | {"look": "1"}).text


def test_a_time_that_exists_twice_on_one_of_the_days_is_asked_about(sign_in, ada, form, address):
    sunday = date(YEAR, 10, 31) - timedelta(days=(date(YEAR, 10, 31).weekday() + 1) % 7)
    twice = form | {"clock": "02:30", "weeks": "1", "first_day": str(sunday - timedelta(weeks=2))}
    client = sign_in(ada)
    page = client.post(address, twice | {"look": "1"})
    assert page.status_code == 422
    assert "exists twice in Europe/Berlin" in page.text
    assert client.post(address, twice | {"look": "1", "which": "second"}).status_code == 200


@pytest.mark.parametrize(
    "change", [{"skip": "Christmas"}, {"first_day": ""}, {"weeks": "9"}, {"minutes_long": "91"}, {"skip": "2026-02-31"}]
)
def test_a_wrong_form_comes_back_with_what_was_typed(sign_in, ada, form, address, change):
    page = sign_in(ada).post(address, form | {"title": "Evening"} | change | {"make": "1"})
    assert page.status_code == 422
    assert 'value="Evening"' in page.text
    assert not Meeting.objects.exists()


def test_a_cohort_that_is_over_has_no_more(cohort, ada):
    type(cohort).objects.filter(pk=cohort.pk).update(state="finished")
    with pytest.raises(Refused, match="over"):
        make(cohort, ada)
