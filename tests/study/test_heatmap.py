from datetime import UTC, date, datetime

import pytest

from mentorship.study.heatmap import YEAR, as_hours, heatmap_of, level_of
from tests.factory import make_study_entry

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)  # a Wednesday


def test_a_square_for_each_day_up_to_today(amara):
    heatmap = heatmap_of(amara, NOW)
    assert len(heatmap.squares) == 11 * 7 + 3
    assert [square.today for square in heatmap.squares].index(True) == len(heatmap.squares) - 1
    assert len(heatmap_of(amara, NOW, YEAR).squares) == 52 * 7 + 3


def test_picture_table_and_sentence_say_the_same(amara, django_assert_max_num_queries):
    for day, minutes in ((9, 20), (9, 25), (10, 120)):
        make_study_entry(amara, day=date(2026, 3, day), minutes=minutes)
    make_study_entry(amara, day=date(2025, 1, 1))
    with django_assert_max_num_queries(1):
        heatmap = heatmap_of(amara, NOW)
    assert [(square.level, square.title) for square in heatmap.squares[-3:]] == [
        (2, "Mon 9 Mar: 45 min"),
        (4, "Tue 10 Mar: 2 h"),
        (0, ""),
    ]
    assert (heatmap.table[0].name, heatmap.table[0].cells) == ("9 Mar 2026", ["45", "120", "0", "", "", "", ""])
    assert heatmap.table[0].total == 165
    assert heatmap.summary == "2 h 45 min on 2 days in the last 12 weeks."


@pytest.mark.parametrize(("minutes", "level"), [(0, 0), (1, 1), (29, 1), (30, 2), (60, 3), (119, 3), (120, 4)])
def test_levels(minutes, level):
    assert level_of(minutes) == level


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (125, "2 h 5 min")])
def test_hours(minutes, text):
    assert as_hours(minutes) == text
