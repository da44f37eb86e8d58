"""What somebody who waits may expect: said honestly, also when there is little to say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.expectation import expectation_of, span
from tests import factory

NOW = timezone.now()


def ago(days):
    return NOW - timedelta(days=days)


def handed_in(cohort, days, mentor=None):
    mentee = factory.make_membership(cohort, factory.make_person())
    if mentor:
        factory.make_assignment(mentee, cohort.memberships.get(person=mentor))
    return factory.make_submission(mentee, at=ago(days))


def reviewed(cohort, mentor, handed_in_before, took):
    submission = handed_in(cohort, handed_in_before)
    factory.make_review(submission, mentor, at=ago(handed_in_before) + timedelta(days=took))


@pytest.fixture
def mine(seat):
    return factory.make_submission(seat, at=ago(1))


def test_the_promise_of_ones_own_mentor(mine, cohort, mateo):
    cohort.memberships.get(person=mateo).promise(3, by=mateo)
    found = expectation_of(mine, NOW)
    assert (found.days, found.promise.mentor.name) == (3, "Mateo Rojas")
    assert found.due == ago(1) + timedelta(days=3)
    assert not found.overdue


def test_days_away_move_it_and_are_named(mine, mateo):
    row = factory.make_away(mateo, 1, 2)
    found = expectation_of(mine, NOW)
    assert found.due == ago(1) + timedelta(days=4 + 2)
    assert found.away == ((row.first_day, row.last_day),)


def test_without_a_mentor_of_ones_own(cohort, bela, ines):
    mine = factory.make_submission(cohort.memberships.get(person=bela), at=ago(5))
    found = expectation_of(mine, NOW)
    assert found.promise is None
    assert found.overdue


def test_too_few_reviews_say_nothing(mine, cohort, ines):
    for _ in range(4):
        reviewed(cohort, ines, 9, 2)
    found = expectation_of(mine, NOW)
    assert (found.reviews, found.median, found.most) == (4, None, None)


def test_half_and_eight_of_ten_of_the_last_four_weeks(mine, cohort, ines, other_cohort, noor):
    for took in (1, 2, 3, 4, 10):
        reviewed(cohort, ines, 12, took)
    reviewed(cohort, ines, 60, 20)  # too long ago
    reviewed(other_cohort, noor, 10, 9)  # another cohort
    found = expectation_of(mine, NOW)
    assert found.reviews == 5
    assert found.median == timedelta(days=3)
    assert found.most == timedelta(days=4) + timedelta(days=6) / 5
    assert (found.median_text, found.most_text) == ("3 days", "5 days")


def test_the_place_among_those_who_wait_for_the_same_mentor(mine, cohort, mateo, bela):
    assert expectation_of(mine, NOW).place == 1
    handed_in(cohort, 3, mateo)
    handed_in(cohort, 0.5, mateo)
    handed_in(cohort, 3)  # of nobody
    assert expectation_of(mine, NOW).place == 2


def test_the_place_among_those_without_a_mentor(cohort, bela, mateo):
    handed_in(cohort, 9, mateo)
    handed_in(cohort, 9)
    mine = factory.make_submission(cohort.memberships.get(person=bela), at=ago(1))
    assert expectation_of(mine, NOW).place == 2


def test_work_that_does_not_wait_expects_nothing(mine, mateo):
    factory.make_review(mine, mateo)
    assert expectation_of(mine) is None


def test_it_costs_one_query(mine, django_assert_num_queries):
    with django_assert_num_queries(1):
        expectation_of(mine, NOW)


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (timedelta(seconds=3), "1 minute"),
        (timedelta(minutes=40), "40 minutes"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=3, hours=13), "3.5 days"),
    ],
)
def test_as_exactly_as_one_wants_to_know(time, text):
    assert span(time) == text


def test_the_page_says_so(sign_in, amara, mine):
    page = sign_in(amara).get(mine.get_absolute_url()).text
    assert "Mateo Rojas promises" in page
    assert "No review in this cohort yet" in page


def test_the_api_says_the_same(sign_in, amara, olga, mine):
    address = f"/api/v1/submissions/{mine.pk}/expectation/"
    found = sign_in(amara).get(address).json()
    assert (found["mentor"], found["promise_days"], found["place"]) == ("mateo-rojas", 4, 1)
    assert found["median_seconds"] is None
    assert sign_in(olga).get(address).status_code == 404
