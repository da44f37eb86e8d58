"""The admin's pages of applications."""

import pytest

from mentorship.cohorts.models import Application, Cohort
from tests import factory


@pytest.fixture
def waiting(open_cohort, olga):
    return factory.make_application(open_cohort, olga, motivation="I count birds with a camera.")


def test_the_list_shows_who_waits_the_oldest_first(sign_in, ada, bela, open_cohort, waiting):
    factory.make_application(open_cohort, bela, submitted_at=factory.days_ago(5))
    page = sign_in(ada).get(f"/cohorts/{open_cohort.slug}/applications/").content.decode()
    assert page.index("Béla Kovács") < page.index("Olga Ivanova")
    assert "I count birds" in page
    assert "Olga Ivanova" not in sign_in(ada).get(f"/cohorts/{open_cohort.slug}/applications/?state=accepted").text


@pytest.mark.parametrize("state", ["", "x", "submitted'--"])
def test_an_unknown_state_is_the_waiting_ones(sign_in, ada, open_cohort, waiting, state):
    page = sign_in(ada).get(f"/cohorts/{open_cohort.slug}/applications/", {"state": state})
    assert b"Olga Ivanova" in page.content


@pytest.mark.parametrize(
    ("verb", "state"), [("accept", "accepted"), ("waitlist", "waitlisted"), ("decline", "declined")]
)
def test_deciding_moves_on_to_the_next_who_waits(sign_in, ada, bela, open_cohort, waiting, verb, state):
    following = factory.make_application(open_cohort, bela)
    response = sign_in(ada).post(f"{waiting.get_absolute_url()}{verb}/", {"note": "Welcome."})
    assert response.url == following.get_absolute_url()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decision_note) == (state, "Welcome.")


def test_a_full_cohort_is_said_on_the_page_and_the_note_is_kept(sign_in, ada, bela, open_cohort, waiting):
    Cohort.objects.filter(pk=open_cohort.pk).update(seats=1, seats_taken=1)
    response = sign_in(ada).post(f"{waiting.get_absolute_url()}accept/", {"note": "Long and kind."})
    assert response.status_code == 409
    assert b"Every seat is taken" in response.content
    assert b"Long and kind." in response.content


def test_a_note_that_is_too_long(sign_in, ada, waiting):
    response = sign_in(ada).post(f"{waiting.get_absolute_url()}decline/", {"note": "x" * 2001})
    assert response.status_code == 422
    assert Application.objects.get().state == "submitted"


def test_another_cohort_s_address_finds_nothing(sign_in, ada, cohort, waiting):
    assert sign_in(ada).post(f"/cohorts/{cohort.slug}/applications/{waiting.pk}/accept/").status_code == 404


def test_five_hundred_applications_cost_as_few_queries_as_five(
    sign_in, ada, open_cohort, django_assert_max_num_queries
):
    people = [factory.make_person() for _ in range(60)]
    Application.objects.bulk_create(
        Application(cohort=open_cohort, person=person, motivation="m " * 300, background="b", goal="g", hours_a_week=5)
        for person in people
    )
    others = Application.objects.bulk_create(
        Application(cohort=open_cohort, person=people[n % 60], state="withdrawn", motivation="m", background="b",
                    goal="g", hours_a_week=5)
        for n in range(440)
    )  # fmt: skip
    assert len(others) + len(people) == 500
    client = sign_in(ada)
    client.get("/cohorts/")  # a session notes its first visit
    with django_assert_max_num_queries(8):
        page = client.get(f"/cohorts/{open_cohort.slug}/applications/")
    assert page.text.count("data-row") == 50
    assert "?page=2" in page.text
