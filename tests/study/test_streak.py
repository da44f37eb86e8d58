from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentorship.study.log import log
from mentorship.study.plan.models import Goal, bits
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


def rests(person, *weekdays, since=date(2026, 1, 1)):
    Goal.objects.create(person=person, since=since, rest=bits(weekdays))


def test_days_of_rest_neither_break_nor_count(person):
    rests(person, 5, 6)
    days(person, 4, 5, 6, 9)  # Wednesday to Friday, then Monday
    assert (streak_of(person, at(9)).days, streak_of(person, at(9)).best) == (4, 4)
    days(person, 7)  # who studies on one has it counted
    assert streak_of(person, at(9)).days == 5


def test_on_a_weekend_of_rest_the_run_stands_until_monday_is_over(person):
    rests(person, 5, 6)
    days(person, 5, 6)
    assert [streak_of(person, at(day)).days for day in (7, 8, 9, 10)] == [2, 2, 2, 0]
    assert [streak_of(person, at(day)).rest_today for day in (6, 7, 8, 9)] == [False, True, True, False]


def test_a_day_of_rest_mends_no_other_day(person):
    rests(person, 5)
    days(person, 6, 9)  # Saturday is one, Sunday is none
    assert streak_of(person, at(9)).days == 1


def test_days_of_rest_count_from_the_day_on_which_they_were_chosen(person):
    rests(person, 6, since=date(2026, 3, 9))
    days(person, 7, 9, 14, 16)  # Sunday the 8th was none yet, Sunday the 15th was one
    assert (streak_of(person, at(16)).days, streak_of(person, at(16)).best) == (2, 2)
    rests(person, 0, 1, 2, 3, 4, 5, since=date(2026, 3, 17))
    assert streak_of(person, at(22)).days == 2


@pytest.mark.parametrize("month", [3, 10])
def test_a_rest_on_the_day_the_clocks_change_is_a_rest(person, month):
    rests(person, 6)
    sunday = date(2026, month, 29 if month == 3 else 25)
    for offset in (-1, 1):
        make_study_entry(person, day=sunday + timedelta(days=offset))
    noon = datetime.combine(sunday + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=12)
    assert streak_of(person, noon).days == 2


def test_a_flight_over_the_date_line_beside_a_day_of_rest(db):
    person = make_person(timezone="America/Toronto")
    rests(person, 6)  # Sunday the 15th
    leaves = datetime(2026, 3, 13, 21, tzinfo=ZoneInfo("America/Toronto"))
    log(person=person, minutes=30, at=leaves)
    person.timezone = "Asia/Tokyo"
    person.save()
    lands = leaves + timedelta(hours=13)  # Saturday is nearly over in Tokyo
    assert lands.astimezone(ZoneInfo("Asia/Tokyo")).date() == date(2026, 3, 14)
    log(person=person, minutes=30, at=lands)
    monday = datetime(2026, 3, 16, 20, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert streak_of(person, monday).days == 2
    log(person=person, minutes=30, at=monday)
    assert streak_of(person, monday).days == 3
