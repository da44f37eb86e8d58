"""Units over weeks, at the edges: pure rules, no database."""

from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from mentorship.cohorts.laying import days_of, end_of, lay, weeks_of
from mentorship.common.errors import Refused


@pytest.mark.parametrize(
    ("hours", "weeks", "pace", "skipped", "spans"),
    [
        ([20, 20], 4, 10, (), [(1, 2), (3, 4)]),  # exactly
        ([20, 20], 8, 10, (), [(1, 2), (3, 4)]),  # room is left at the end
        ([15, 15], 4, 10, (), [(1, 2), (2, 3)]),  # two share a week
        ([40, 40], 4, 10, (), [(1, 2), (3, 4)]),  # longer than the cohort: faster
        ([1, 1, 1, 97], 2, 10, (), [(1, 1), (1, 1), (1, 1), (1, 2)]),
        ([20, 20], 6, 10, (2, 3), [(1, 4), (5, 6)]),  # passes over what is skipped
        ([20, 20], 4, 10, (1,), [(2, 3), (3, 4)]),
        ([0, 0], 4, 10, (), [(1, 2), (3, 4)]),  # nobody estimated any hours
        ([0, 0, 0, 0, 0], 2, 10, (), [(1, 1), (1, 1), (1, 2), (2, 2), (2, 2)]),
        ([0], 3, 10, (), [(1, 3)]),
        ([10, 0, 10], 4, 10, (), [(1, 1), (2, 2), (2, 2)]),  # one among others has none
        ([10, 10, 0], 2, 10, (), [(1, 1), (2, 2), (2, 2)]),
        ([0.1] * 3, 1, 60, (), [(1, 1)] * 3),
        ([], 4, 10, (), []),
    ],
)
def test_laying(hours, weeks, pace, skipped, spans):
    assert lay(hours, weeks, pace, skipped).spans == spans


def test_what_does_not_fit_says_how_much_it_asks_for():
    assert lay([40, 40], 4, 10).pace == 20
    assert lay([10], 4, 10).pace == 10
    assert lay([100], 3, 10).pace == Fraction(100, 3)
    assert lay([0, 0], 4, 10).pace == 0


def test_a_cohort_without_a_week_is_refused():
    with pytest.raises(Refused, match="Every week is skipped"):
        lay([10], 2, 10, (1, 2))


def test_every_unit_lies_in_weeks_that_are_not_skipped_and_in_order():
    for weeks in (1, 2, 7, 16, 52):
        for skipped in ((), (1,), (weeks,), tuple(range(1, weeks, 2))):
            if len(set(skipped)) == weeks:
                continue
            for hours in ([3, 80, 0, 12.5, 33], [0] * 9, [500], [7] * 30):
                spans = lay(hours, weeks, 10, skipped).spans
                assert all(1 <= first <= last <= weeks for first, last in spans)
                assert not {week for span in spans for week in span} & set(skipped)
                assert spans == sorted(spans)


def test_weeks_of_a_cohort():
    begin = date(2027, 1, 6)
    assert weeks_of(begin, date(2027, 1, 12)) == 1
    assert weeks_of(begin, date(2027, 1, 13)) == 2
    assert weeks_of(begin, date(2027, 1, 7)) == 1
    assert days_of(1, begin, date(2027, 1, 13)) == (begin, date(2027, 1, 12))
    assert days_of(2, begin, date(2027, 1, 14)) == (date(2027, 1, 13), date(2027, 1, 14))
    assert days_of(9, begin, date(2027, 1, 14)) == (date(2027, 1, 14), date(2027, 1, 14))


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        ("Europe/Berlin", date(2027, 3, 28), datetime(2027, 3, 28, 21, 59, tzinfo=UTC)),
        ("UTC", date(2027, 3, 28), datetime(2027, 3, 28, 23, 59, tzinfo=UTC)),
        # At midnight the clocks go back to 23:00: the later one of the two 23:59.
        ("America/Santiago", date(2027, 4, 3), datetime(2027, 4, 4, 3, 59, tzinfo=UTC)),
        # At midnight they go forward to 1:00: midnight itself does not exist.
        ("America/Santiago", date(2027, 9, 4), datetime(2027, 9, 5, 3, 59, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_day_exists_on_every_day(zone, day, moment):
    assert end_of(day, ZoneInfo(zone)) == moment
    assert moment.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "23:59"
