"""The badge of who applies again: what they were in earlier cohorts, and how that ended."""

from datetime import timedelta

import pytest

from mentorship.cohorts.been_here import been_here
from tests import factory


@pytest.fixture
def earlier(stream, open_cohort):
    """Two that began before."""
    days = [open_cohort.starts_on - timedelta(weeks=weeks) for weeks in (60, 30)]
    return [
        factory.make_cohort(
            stream=stream, name=name, state="finished", starts_on=day, ends_on=day + timedelta(weeks=16),
            applications_close_on=day,
        )
        for name, day in zip(("First", "Second"), days, strict=True)
    ]  # fmt: skip


@pytest.fixture
def asked(open_cohort, olga):
    return factory.make_application(open_cohort, olga)


def said(row):
    return [str(one) for one in been_here([row])[row.pk]]


def test_the_seat_says_more_than_the_application_for_it(ada, olga, asked, earlier):
    assert said(asked) == []
    factory.make_application(earlier[0], olga, state="declined", decided_at=asked.submitted_at)
    factory.make_application(earlier[1], olga, state="accepted", decided_at=asked.submitted_at)
    factory.make_outcome(factory.make_membership(earlier[1], olga), ada)
    assert said(asked) == ["Second, graduated", "First, was declined"]


def test_later_ones_drafts_and_others_people_do_not_count(olga, bela, stream, asked, earlier, open_cohort):
    later = open_cohort.starts_on + timedelta(days=9)
    factory.make_application(factory.make_cohort(stream=stream, starts_on=later), olga)
    factory.make_membership(factory.make_cohort(stream=stream, state="draft", starts_on=earlier[0].starts_on), olga)
    factory.make_membership(earlier[0], bela)
    assert said(asked) == []
    factory.make_membership(earlier[0], olga, role="mentor")
    factory.make_membership(earlier[1], olga, left_at=asked.submitted_at + timedelta(days=1))
    assert said(asked) == ["Second, left", "First, mentored"]


def test_every_page_of_triage_shows_it(sign_in, ada, olga, asked, earlier, open_cohort):
    factory.make_membership(earlier[0], olga)
    base, client = f"/cohorts/{open_cohort.slug}/applications/", sign_in(ada)
    for page in ("", "board/", f"compare/?chosen={asked.pk}"):
        text = client.get(base + page).text
        assert '<span class="badge">Been here before</span>' in text
        assert "First, stayed to the end" in text
    assert "Been here before" in client.get(f"{base}{asked.pk}/").text


def test_lists_do_not_ask_for_each_row(sign_in, ada, asked, earlier, open_cohort, django_assert_max_num_queries):
    for _ in range(8):
        person = factory.make_person()
        factory.make_membership(earlier[0], person)
        factory.make_application(open_cohort, person)
    client = sign_in(ada)
    client.get("/cohorts/")
    with django_assert_max_num_queries(8):
        assert client.get(f"/cohorts/{open_cohort.slug}/applications/").text.count("Been here before") == 8
    with django_assert_max_num_queries(8):
        rows = client.get("/api/v1/applications/").json()["results"]
    assert sum(bool(row["been_here"]) for row in rows) == 8


def test_the_api_tells_it_to_who_reviews_and_not_to_oneself(sign_in, ada, olga, asked, earlier):
    factory.make_membership(earlier[0], olga)
    address = f"/api/v1/applications/{asked.pk}/"
    assert sign_in(ada).get(address).json()["been_here"] == [{"cohort": "First", "outcome": "stayed to the end"}]
    assert sign_in(olga).get(address).json()["been_here"] == []
