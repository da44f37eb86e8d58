"""Pace, what is left and dates: plain numbers, and honest where there are none."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mentorship.study.forecast.catching_up import MOST_A_DAY, propose
from mentorship.study.forecast.dates import Due, day_at, needed, reached
from mentorship.study.forecast.left import Left, left_by_stream
from mentorship.study.forecast.pace import Pace, pace_from, pace_of
from mentorship.study.models import Goal, PlanSlot
from mentorship.study.plan.models import bits
from tests.factory import make_study_entry

TODAY = date(2026, 3, 11)


def weeks(*minutes):
    """A log of so many minutes in each week before today, the newest first."""
    return {TODAY - timedelta(days=1 + 7 * number): each for number, each in enumerate(minutes)}


def pace(*minutes, since=None):
    return pace_from(weeks(*minutes), TODAY - timedelta(weeks=since or len(minutes)), TODAY)


def test_one_wild_week_moves_little():
    assert pace(600, 590, 610, 3000, 600, 0, 600, 580).likely == 600
    assert pace(600, 400, 500, 300).weeks == 4
    assert (pace(600, 400, 500, 300).low, pace(600, 400, 500, 300).high) == (375, 525)


def test_of_few_weeks_the_range_is_all_that_was_seen():
    found = pace(600, 100, 300)
    assert (found.likely, found.low, found.high) == (300, 100, 600)


@pytest.mark.parametrize(
    ("minutes", "since", "why"), [((), None, "Two weeks"), ((600,), 1, "Two weeks"), ((600, 0, 0), 3, "guess")]
)
def test_too_little_is_said(minutes, since, why):
    found = pace(*minutes, since=since) if since else pace_from({}, None, TODAY)
    assert why in found.why
    assert not found.known


def test_the_pace_is_ones_own_and_today_is_not_over(amara, bela, django_assert_num_queries):
    at = datetime(2026, 3, 11, 12, tzinfo=UTC)
    for day in (11, 10, 3):
        make_study_entry(amara, day=date(2026, 3, day), minutes=60)
    make_study_entry(amara, day=date(2026, 2, 25), minutes=60)
    make_study_entry(bela, day=date(2026, 3, 10), minutes=900)
    with django_assert_num_queries(2):
        assert pace_of(amara, at).likely == 90


def test_what_is_in_progress_counts_by_the_log_or_half(amara, bela, stream):
    intro, chapter = (stream.items.get(key__endswith=key) for key in ("intro", "chapter-5"))

    def left(item):
        return {each.item: each.minutes for each in left_by_stream(amara, [stream.pk])[stream.pk]}.get(item.pk)

    assert left(intro) == 120
    intro.mark(by=bela, state="done")
    intro.mark(by=amara, state="in_progress")
    assert left(intro) == 60
    make_study_entry(bela, item=intro)
    make_study_entry(amara, item=intro, minutes=30)
    assert (left(intro), left(chapter)) == (90, 120)
    make_study_entry(amara, item=intro, minutes=300)
    assert left(intro) == 12
    intro.mark(by=amara, state="done")
    assert left(intro) is None


def test_dates_are_a_range_and_open_where_the_pace_is_nothing():
    left = [Left(1, 1, 600), Left(2, 2, 600)]
    dues = [Due("All", "", TODAY + timedelta(days=20)), Due("First", "", TODAY + timedelta(days=10), 1)]
    first, whole = reached(left, dues, Pace(600, 0, 1200, 4), TODAY)
    assert (first.minutes, first.likely, first.days_after) == (600, TODAY + timedelta(days=7), -3)
    assert (whole.early, whole.likely, whole.late) == (TODAY + timedelta(days=7), TODAY + timedelta(days=14), None)
    assert needed([first, whole], TODAY) == 420
    (unknown,) = reached(left, dues[:1], Pace(why="New."), TODAY)
    assert (unknown.likely, unknown.days_after) == (None, None)
    assert day_at(0, 0, TODAY) == TODAY
    assert day_at(10**6, 1, TODAY) is None


def test_catching_up_leaves_what_stands_and_days_of_rest():
    standing = [PlanSlot(weekday=day, begins=19 * 60, minutes=60, what="theory") for day in (0, 1)]
    found = propose(standing, Goal(rest=bits([5, 6])), 420)
    assert (found.minutes, found.enough) == (420, True)
    assert {slot.weekday for slot in found.slots} <= {0, 1, 2, 3, 4}
    assert [slot for slot in found.slots if slot.weekday in (0, 1) and 18 <= slot.starts.hour < 20] == []
    assert propose(standing, Goal(), 120).slots == ()


def test_nobody_is_asked_for_more_than_a_week_has():
    found = propose([], Goal(), 10_000)
    assert not found.enough
    assert found.minutes <= 7 * MOST_A_DAY
    assert propose([], Goal(rest=bits(range(6))), 10_000).minutes <= MOST_A_DAY
