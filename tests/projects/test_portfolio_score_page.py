"""Facts are ticked and the sum answers, with htmx at once and without JavaScript after a reload."""

import pytest

from projects.models import OtherWork, Portfolio
from tests import factory

PAGE = "/my-portfolio/score/engineering/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def row(submission, mateo):
    factory.make_review(submission, mateo, factory.accepting(submission))
    return factory.make_portfolio_project(submission)


@pytest.fixture
def amaras(sign_in, amara):
    return sign_in(amara)


def test_ticks_are_kept_and_the_sum_is_explained(amaras, row):
    ticks = {"kind": "unique", "facts": ["documentation", "relevancy"]}
    assert amaras.post(f"{PAGE}projects/{row.pk}/", ticks)["Location"] == PAGE
    page = amaras.get(PAGE).text
    assert '<strong class="total">1,000</strong>' in page
    assert "Unique project (10) × Strong documentation (5) × Employer relevancy (20)" in page
    assert "4,250 to go, from 5,250" in page
    assert "The cheapest way to hireable" in page


def test_htmx_gets_the_sum_alone(amaras, row):
    answer = amaras.post(f"{PAGE}projects/{row.pk}/", {"kind": "common"}, headers=HTMX)
    assert answer.text.strip().startswith('<section class="card sum" id="sum"')
    assert "−1" in answer.text
    assert "make it: unique project" in answer.text


@pytest.mark.parametrize("ticks", [{"kind": "sota_paper"}, {"kind": "unique", "facts": ["first_author"]}])
def test_what_the_table_does_not_have(amaras, row, ticks):
    assert amaras.post(f"{PAGE}projects/{row.pk}/", ticks).status_code == 422
    assert amaras.post(f"{PAGE}projects/{row.pk}/", ticks, headers=HTMX).status_code == 422
    row.refresh_from_db()
    assert row.kinds == {}
    assert amaras.get("/my-portfolio/score/astronaut/").status_code == 404


def test_works_from_elsewhere_count_too(amaras, amara):
    amaras.post(f"{PAGE}works/", {"title": "A paper"})
    amaras.post(f"{PAGE}works/", {"title": "A paper"})
    work = OtherWork.objects.get()
    amaras.post(f"/my-portfolio/score/scientist/works/{work.pk}/", {"kind": "publication", "facts": ["first_author"]})
    assert '<strong class="total">500</strong>' in amaras.get("/my-portfolio/score/scientist/").text
    assert amaras.post(f"{PAGE}works/{work.pk}/remove/").status_code == 302
    assert amaras.post(f"{PAGE}works/{work.pk}/remove/").status_code == 404
    assert not OtherWork.objects.exists()


def test_a_work_needs_a_title_and_there_are_thirty_at_most(amaras, amara):
    assert amaras.post(f"{PAGE}works/", {"title": " "}).status_code == 422
    for number in range(30):
        OtherWork.add(by=amara, title=f"Paper {number}")
    answer = amaras.post(f"{PAGE}works/", {"title": "One more"})
    assert (answer.status_code, "One more" in answer.text) == (409, True)


def test_hidden_projects_are_not_counted(amaras, amara, row):
    row.tick(by=amara, table=Portfolio.of(amara).table, kind="unique", facts=set())
    row.change(by=amara, shown=False)
    page = amaras.get(PAGE).text
    assert "Rent in Lagos" not in page
    assert "1 project on your portfolio is hidden" in page


def test_the_score_is_nobody_else_s(sign_in, bela, row):
    assert sign_in(bela).post(f"{PAGE}projects/{row.pk}/", {"kind": "unique"}).status_code == 404
    assert "Rent in Lagos" not in sign_in(bela).get(PAGE).text


def test_one_is_led_to_the_table_that_one_aims_at(amaras, amara):
    Portfolio.of(amara).change(by=amara, aims_at="applied")
    assert amaras.get("/my-portfolio/score/")["Location"] == "/my-portfolio/score/applied/"


def test_the_page_asks_as_much_for_many_works_as_for_one(amaras, amara, row, django_assert_max_num_queries):
    for number in range(10):
        OtherWork.add(by=amara, title=f"Paper {number}")
    with django_assert_max_num_queries(7):
        amaras.get(PAGE)
