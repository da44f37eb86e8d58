from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentorship.study.log import log
from mentorship.study.streak import streak_of
from tests.factory import make_person, make_study_entry


def at(day, hour=12, minute=0, zone="UTC"):
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(zone))


def days(person, *numbers):
    for number in numbers:
        make_study_entry(person, day=date(2026, 3, number))


@pytest.fixture
def person(db):
    return make_person(timezone="Europe/Berlin")


def test_nothing_yet(person):
    streak = streak_of(person, at(10))
    assert (streak.days, streak.today_done, streak.best, streak.minutes_today, streak.minutes_this_week) == (
        0, False, 0, 0, 0,
    )  # fmt: skip


def test_in_a_row_up_to_today_or_yesterday(person):
    days(person, 1, 2, 3, 8, 9)
    for day, expected in ((9, (2, True, 3)), (10, (2, False, 3)), (11, (0, False, 3))):
        streak = streak_of(person, at(day))
        assert (streak.days, streak.today_done, streak.best) == expected


def test_two_entries_of_a_day_are_one_day(person):
    days(person, 8, 9, 9, 9)
    assert streak_of(person, at(9)).days == 2


def test_minutes_of_today_and_of_the_week_from_monday(person):
    for day, minutes in ((1, 5), (2, 10), (3, 20), (4, 30), (4, 1)):  # the 2nd is a Monday
        make_study_entry(person, day=date(2026, 3, day), minutes=minutes)
    streak = streak_of(person, at(4))
    assert (streak.minutes_today, streak.minutes_this_week) == (31, 61)
    assert streak_of(person, at(1)).minutes_this_week == 5


@pytest.mark.parametrize("month", [3, 10])
def test_a_change_of_summer_time_neither_breaks_nor_mends_one(person, month):
    sunday = date(2026, month, 29 if month == 3 else 25)  # 23 or 25 hours long in Berlin
    for offset in (-1, 0, 1):
        make_study_entry(person, day=sunday + timedelta(days=offset))
    noon = datetime.combine(sunday + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=12)
    assert streak_of(person, noon).days == 3
    person.study_entries.filter(day=sunday).delete()
    assert streak_of(person, noon).days == 1


@pytest.mark.parametrize(
    ("start", "goal"),
    [("Pacific/Honolulu", "Pacific/Kiritimati"), ("America/Toronto", "Asia/Tokyo"), ("Asia/Tokyo", "America/Toronto")],
)
def test_a_flight_that_skips_or_repeats_a_date_breaks_none(db, start, goal):
    person = make_person(timezone=start)
    moment = at(9, 21, zone=start)  # in the evening of the 9th, then 13 hours in the air, then the next evening
    log(person=person, minutes=30, at=moment - timedelta(days=1))
    log(person=person, minutes=30, at=moment)
    person.timezone = goal
    person.save()
    landed = (moment + timedelta(hours=13)).astimezone(ZoneInfo(goal))
    assert streak_of(person, landed).days == 2
    evening = landed.replace(hour=21, minute=30)
    log(person=person, minutes=30, at=max(evening, landed + timedelta(hours=1)))
    streak = streak_of(person, max(evening, landed + timedelta(hours=1)))
    assert streak.today_done
    assert streak.days >= 2
    assert streak.days == streak.best


def test_a_day_left_out_on_the_ground_breaks_it(person):
    days(person, 8, 10)
    streak = streak_of(person, at(10))
    assert (streak.days, streak.best) == (1, 1)


def test_another_persons_days_do_not_count(person, amara):
    days(amara, 8, 9)
    assert streak_of(person, at(9)).best == 0


def test_five_years_in_one_query(person, django_assert_max_num_queries):
    from mentorship.study.models import StudyEntry

    first = date(2021, 3, 10)
    StudyEntry.objects.bulk_create(
        StudyEntry(person=person, minutes=30, day=first + timedelta(days=number)) for number in range(1826)
    )
    with django_assert_max_num_queries(1):
        assert streak_of(person, at(9)).days == 1826
