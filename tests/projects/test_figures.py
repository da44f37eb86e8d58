"""A mentor's own figures: for themselves alone, and counted as they are promised."""

from datetime import timedelta

from django.utils import timezone

from projects.figures import figures_of
from tests import factory

NOW = timezone.now()


def reviewed(cohort, mentor, ago, took, of=None):
    mentee = factory.make_membership(cohort, factory.make_person())
    if of:
        factory.make_assignment(mentee, cohort.memberships.get(person=of))
    submission = factory.make_submission(mentee, at=NOW - timedelta(days=ago))
    factory.make_review(submission, mentor, at=NOW - timedelta(days=ago - took))


def test_how_long_reviews_took(cohort, ines, mateo):
    for took in (1, 2, 3):
        reviewed(cohort, ines, 10, took)
    reviewed(cohort, ines, 60, 9)
    reviewed(cohort, ines, 200, 50)
    reviewed(cohort, mateo, 10, 9)
    found = figures_of(ines, NOW)
    assert (found.lately.reviews, found.lately.median) == (3, timedelta(days=2))
    assert found.lately.most == timedelta(days=2.6)
    assert found.quarter.reviews == 4
    assert found.kept == 3


def test_a_promise_is_kept_although_days_away_passed(cohort, ines):
    factory.make_away(ines, -8, -3, now=NOW)
    reviewed(cohort, ines, 9, 8, of=ines)
    assert figures_of(ines, NOW).kept == 1


def test_reviews_week_by_week(cohort, ines):
    reviewed(cohort, ines, 5, 2)
    reviewed(cohort, ines, 20, 1)
    reviewed(cohort, ines, 20, 2)
    found = figures_of(ines, NOW)
    assert found.weeks == [0] * 9 + [2, 0, 1]
    assert [bar["height"] for bar in found.bars[-3:]] == [56, 0, 28]


def test_what_one_has_in_hand(cohort, submission, waiting, mateo):
    assert (figures_of(mateo).waiting, figures_of(mateo).held) == (1, 0)
    waiting.claim(by=mateo)
    found = figures_of(mateo)
    assert (found.mentees, found.capacity, found.waiting, found.held) == (1, 4, 1, 1)


def test_the_page_is_for_mentors_and_of_themselves(sign_in, cohort, mateo, amara, olga):
    assert "Nobody but you sees this page" in sign_in(mateo).get("/queue/figures/").text
    for person in (amara, olga):
        assert sign_in(person).get("/queue/figures/").status_code == 404


def test_it_costs_three_queries(mateo, cohort, django_assert_num_queries):
    with django_assert_num_queries(3):
        figures_of(mateo)
