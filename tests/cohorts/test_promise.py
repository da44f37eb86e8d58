"""Within how many days a mentor reviews, days away not counted; in Python and in SQL the same."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mentorship.cohorts.models import Membership
from mentorship.cohorts.promise import WAITED, Promise
from mentorship.common.errors import Refused
from tests import factory

SINCE = datetime(2026, 11, 18, 12, tzinfo=UTC)


def promise_of(mentor):
    return Promise.of(Membership.objects.select_related("person").get(pk=mentor.pk))


def test_four_days_if_nothing_else_is_said(mentor):
    assert promise_of(mentor).due(SINCE) == SINCE + timedelta(days=4)


def test_a_promise_is_changed(mentor, mateo):
    mentor.promise(2, by=mateo)
    assert promise_of(mentor).due(SINCE) == SINCE + timedelta(days=2)


@pytest.mark.parametrize("days", [0, 22, -1])
def test_a_promise_that_makes_no_sense(mentor, mateo, days):
    with pytest.raises(Refused):
        mentor.promise(days, by=mateo)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=mentor.pk).update(promise_days=days)


def test_a_mentee_promises_nothing(mentee, amara):
    with pytest.raises(Refused):
        mentee.promise(3, by=amara)


def test_it_stands_still_while_the_mentor_is_away(mentor, mateo):
    factory.make_away(mateo, 1, 3, now=SINCE)
    assert promise_of(mentor).due(SINCE) == SINCE + timedelta(days=4 + 3)


def test_away_when_it_is_handed_in(mentor, mateo):
    """It is 09:00 in Santiago: fifteen hours of the day are left."""
    factory.make_away(mateo, -5, 0, now=SINCE)
    assert promise_of(mentor).due(SINCE) == SINCE + timedelta(days=4, hours=15)


def test_two_absences_of_which_the_first_moves_the_second_into_reach(mentor, mateo):
    factory.make_away(mateo, 3, 4, now=SINCE)
    factory.make_away(mateo, 6, 6, now=SINCE)
    factory.make_away(mateo, 9, 9, now=SINCE)
    assert promise_of(mentor).due(SINCE) == SINCE + timedelta(days=4 + 2 + 1)


def test_days_away_after_it_and_before_it_do_not_count(mentor, mateo):
    factory.make_away(mateo, -5, -1, now=SINCE)
    factory.make_away(mateo, 5, 9, now=SINCE)
    promise = promise_of(mentor)
    assert promise.due(SINCE) == SINCE + timedelta(days=4)
    assert promise.away_between(SINCE, promise.due(SINCE)) == []


def test_the_clocks_change_while_the_mentor_is_away(mentor, mateo):
    """Santiago went to summer time on 6 September 2026 at midnight, so that the 6th had 23 hours."""
    since = datetime(2026, 9, 4, 12, tzinfo=UTC)
    factory.make_away(mateo, 2, 2, now=since)
    assert promise_of(mentor).due(since) == since + timedelta(days=4, hours=23)


def test_who_is_away_now(mentor, mateo):
    row = factory.make_away(mateo, 0, 2, now=SINCE)
    promise = promise_of(mentor)
    assert promise.away_now(SINCE) == (row.first_day, row.last_day)
    assert promise.away_now(SINCE + timedelta(days=3)) is None


def waited(person, at):
    with connection.cursor() as cursor:
        statement = WAITED.format(since="%(since)s::timestamptz", person="%(person)s")
        cursor.execute(f"SELECT {statement}", {"at": at, "since": SINCE, "person": person.pk})
        return cursor.fetchone()[0]


def test_sql_agrees_on_what_is_due(mentor, mateo):
    for first, last in ((-3, 0), (2, 2), (4, 5), (20, 25)):
        factory.make_away(mateo, first, last, now=SINCE)
    due = promise_of(mentor).due(SINCE)
    second = timedelta(seconds=1)
    assert waited(mateo, due - second) == timedelta(days=4) - second
    assert waited(mateo, due) == timedelta(days=4)
    assert waited(mateo, due + second) == timedelta(days=4) + second
