from datetime import UTC, date, datetime, timedelta

import pytest

from blog.goal import goal_of
from blog.posts import first_post_of, posts_published_by
from tests.factory import make_cohort, make_membership, make_post

START = date(2026, 3, 2)


@pytest.fixture
def membership(amara):
    cohort = make_cohort(
        starts_on=START, ends_on=START + timedelta(weeks=16), applications_close_on=START, timezone="Asia/Tokyo"
    )
    return make_membership(cohort, amara, joined_at=datetime(2026, 2, 20, tzinfo=UTC))


def at(number, hour=0):
    return datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=number)


def test_eight_weeks_on_the_cohorts_calendar(membership):
    assert goal_of(membership, at(0)).due_on == date(2026, 4, 27)
    weeks = [goal_of(membership, at(number, 12)).weeks_left for number in (0, 1, 49, 50, 56)]
    assert weeks == [8, 7, 1, 0, 0]
    assert not goal_of(membership, at(56, 14)).overdue
    assert goal_of(membership, at(56, 15)).overdue  # midnight in Tokyo


def test_the_state_is_that_of_the_furthest_post(membership, amara):
    assert goal_of(membership, at(7)).state == "not_started"
    make_post(amara)
    assert goal_of(membership, at(7)).state == "drafting"
    make_post(amara, state="in_editing")
    assert goal_of(membership, at(7)).state == "in_editing"
    make_post(amara, state="published", title="Out", published_at=at(6))
    goal = goal_of(membership, at(60))
    assert (goal.state, goal.post.title, goal.overdue) == ("done", "Out", False)


def test_what_was_published_before_joining_does_not_count(membership, amara):
    make_post(amara, state="published", published_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert goal_of(membership, at(7)).state == "not_started"


def test_it_costs_one_query(membership, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        goal_of(membership, at(7))


def test_what_others_ask_about_a_persons_posts(amara, bela):
    late = make_post(amara, state="published", published_at=at(9))
    early = make_post(amara, state="published", published_at=at(3))
    make_post(amara, state="in_editing")
    assert first_post_of(amara) == early
    assert list(posts_published_by(amara)) == [late, early]
    assert first_post_of(bela) is None


def test_my_posts_show_the_goal_and_ones_own_posts_only(sign_in, amara, bela, cohort):
    make_post(amara, title="Her own")
    make_post(bela, title="Of Béla")
    page = sign_in(amara).get("/blog/mine/").content.decode()
    assert "Your first post" in page
    assert "Her own" in page
    assert "Of Béla" not in page
