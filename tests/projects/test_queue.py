import re

import pytest

from projects.queue import Queue
from tests import factory


@pytest.fixture
def rows(sign_in, mateo):
    """`rows(tab, **filters)` gives the titles in Mateo's queue, in order."""

    def rows(tab="mine", person=mateo, **filters):
        page = sign_in(person).get("/queue/", {"tab": tab, **filters}).content.decode()
        return re.findall(r'class="title"[^>]*>([^<]+)<', page)

    return rows


@pytest.fixture
def others(cohort, bela):
    """Béla's work, of nobody in particular."""
    return factory.make_submission(cohort.memberships.get(person=bela), title="Bikes in Budapest")


def seats(cohort, count):
    cohort.seats = count
    cohort.save(update_fields=["seats"])


def test_ones_own_mentees_wait_first(submission, others, rows):
    assert rows("mine") == ["Rent in Lagos"]
    assert rows("unclaimed") == ["Rent in Lagos", "Bikes in Budapest"]


def test_a_claimed_round_moves(submission, waiting, others, mateo, ines, rows):
    waiting.claim(by=mateo)
    assert rows("claimed") == ["Rent in Lagos"]
    assert rows("unclaimed") == ["Bikes in Budapest"]
    assert rows("claimed", person=ines) == []


def test_a_claim_that_ran_out_is_unclaimed(submission, waiting, mateo, rows):
    waiting.claim(by=mateo, at=factory.days_ago(2))
    assert rows("claimed") == []
    assert rows("unclaimed") == ["Rent in Lagos"]


def test_returned_work_waits_for_them_and_accepted_work_is_done(submission, others, mateo, rows):
    factory.make_review(submission, mateo)
    assert (rows("mine"), rows("them"), rows("done")) == ([], ["Rent in Lagos"], [])
    factory.make_review(others, mateo, factory.accepting(others))
    assert rows("done") == ["Bikes in Budapest"]


def test_of_a_strangers_work_the_queue_shows_the_title_only(others, sign_in, mateo):
    page = sign_in(mateo).get("/queue/?tab=unclaimed").content.decode()
    assert "Bikes in Budapest" in page
    assert others.get_absolute_url() not in page
    assert sign_in(mateo).get(others.get_absolute_url()).status_code == 404


def test_another_cohorts_mentor_sees_nothing(submission, others, noor, other_cohort, rows):
    for tab in ("mine", "unclaimed", "claimed", "them", "done"):
        assert rows(tab, person=noor) == []


def test_filters_are_in_the_address(submission, others, project, rows):
    assert rows("unclaimed", mentee="béla") == ["Bikes in Budapest"]
    assert rows("unclaimed", project=project.key, round="first") == ["Rent in Lagos", "Bikes in Budapest"]
    assert rows("unclaimed", round="later") == []
    assert rows("unclaimed", project="else") == []
    assert rows("unclaimed", sort="mentee") == ["Rent in Lagos", "Bikes in Budapest"]
    assert rows("unclaimed", sort="password", stream="x' OR 1", page="-1") == ["Rent in Lagos", "Bikes in Budapest"]


def test_the_longest_wait_stands_first(cohort, rows):
    for days in (1, 3, 2):
        seat = factory.make_membership(cohort, factory.make_person())
        factory.make_submission(seat, title=f"{days} days", at=factory.days_ago(days))
    assert rows("unclaimed") == ["3 days", "2 days", "1 days"]


def test_claiming_from_the_queue_opens_the_workspace(sign_in, mateo, submission, waiting):
    answer = sign_in(mateo).post(f"/rounds/{waiting.pk}/claim/")
    assert answer.url == f"/rounds/{waiting.pk}/review/"
    assert sign_in(mateo).get(answer.url).status_code == 200


def test_a_refused_claim_is_said(sign_in, mateo, ines, waiting):
    waiting.claim(by=mateo)
    page = sign_in(ines).post(
        f"/rounds/{waiting.pk}/claim/", headers={"Referer": "http://testserver/queue/"}, follow=True
    )
    assert "Mateo Rojas holds this round." in page.content.decode()


@pytest.mark.parametrize("count", [1, 60])
def test_eight_queries_whatever_waits(cohort, mateo, sign_in, count, django_assert_max_num_queries):
    seats(cohort, 100)
    for _ in range(count):
        factory.make_submission(factory.make_membership(cohort, factory.make_person()))
    client = sign_in(mateo)
    client.get("/queue/")  # the first request of a session keeps it
    for tab in ("mine", "unclaimed", "claimed", "them", "done"):
        with django_assert_max_num_queries(8):
            client.get(f"/queue/?tab={tab}")


def test_pages_of_fifty(cohort, mateo, rows):
    seats(cohort, 100)
    for _ in range(51):
        factory.make_submission(factory.make_membership(cohort, factory.make_person()))
    assert len(rows("unclaimed")) == 50
    assert len(rows("unclaimed", page="2")) == 1


def test_nobody_reviews_their_own(cohort, amara, submission):
    factory.make_membership(cohort, amara, role="mentor")
    assert list(Queue.of(amara).rows("unclaimed", factory.days_ago(0))) == []
