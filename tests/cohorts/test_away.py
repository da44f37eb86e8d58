"""Days away: kept once, ended early, and never twice at the same time."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentorship.cohorts.models import Away
from mentorship.common.errors import Refused
from mentorship.people.models import Event
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 12, tzinfo=timezone.get_fixed_timezone(0))


def day(count):
    return TODAY + timedelta(days=count)


def away(person, first, last):
    return Away.take(by=person, first_day=day(first), last_day=day(last), at=NOW)


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_days_away_are_kept_with_history(mateo):
    row = away(mateo, 1, 7)
    assert Event.objects.filter(verb="away", subject_id=row.pk, actor=mateo).exists()


def test_a_single_day_and_days_next_to_each_other(mateo):
    away(mateo, 1, 1)
    away(mateo, 2, 3)
    assert Away.objects.of(mateo).count() == 2


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (3, 2), (1, 91), (300, 400), (-91, 0)])
def test_days_that_make_no_sense(mateo, first, last):
    assert refused(lambda: away(mateo, first, last)) == "last_day"


def test_days_that_overlap(mateo, noor):
    away(mateo, 1, 7)
    assert refused(lambda: away(mateo, 7, 9)) == "overlaps"
    away(noor, 7, 9)


def test_raw_rows_do_not_overlap_either(mateo):
    away(mateo, 1, 7)
    with pytest.raises(IntegrityError, match="away_once_a_day"), transaction.atomic():
        Away.objects.create(person=mateo, first_day=day(3), last_day=day(4))


def test_back_before_it_began(mateo):
    away(mateo, 1, 7).end(by=mateo, at=NOW)
    assert not Away.objects.exists()


def test_back_early_keeps_the_days_that_have_passed(mateo):
    row = away(mateo, -2, 7)
    row.end(by=mateo, at=NOW)
    row.refresh_from_db()
    assert (row.first_day, row.last_day) == (day(-2), day(-1))
    assert refused(lambda: row.end(by=mateo, at=NOW)) == "over"


def test_nobody_else_ends_it(mateo, noor):
    row = away(mateo, 1, 7)
    assert refused(lambda: row.end(by=noor, at=NOW)) == "over"


@pytest.mark.django_db(transaction=True)
def test_two_windows_keep_the_same_days_once():
    mateo = factory.make_person()
    for week in range(30):
        days = {"first_day": day(7 * week + 1), "last_day": day(7 * week + 2)}
        results = at_once([lambda: Away.take(by=mateo, at=NOW, **days)] * 8)  # noqa: B023 - called before the next round
        assert codes(results) == ["done"] + ["overlaps"] * 7
