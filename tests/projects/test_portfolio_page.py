"""One's own portfolio by its forms: what is put on it, said of it, moved; and who is kept out."""

import pytest

from projects.models import Portfolio, PortfolioProject
from tests import factory

PAGE = "/my-portfolio/"
SAYS = {"title": "Rent", "why": "a", "what": "b", "data": "c", "result": "d", "shown": "on", "version": 1}


@pytest.fixture
def accepted(submission, mateo):
    factory.make_review(submission, mateo, factory.accepting(submission))
    return submission


@pytest.fixture
def row(accepted, amara):
    return PortfolioProject.add(accepted, by=amara)


@pytest.fixture
def amaras(sign_in, amara):
    return sign_in(amara)


def several(person, cohort, mateo, count):
    """`count` accepted projects of `person`, shown in the order A, B, C."""
    seat = cohort.memberships.get(person=person)
    unit = cohort.stream.units.get()
    for name in "ABCDEFGH"[:count]:
        project = factory.make_project(factory.make_item(unit, kind="project"))
        work = factory.make_submission(seat, project, title=name)
        factory.make_review(work, mateo, factory.accepting(work))
        factory.make_portfolio_project(work)


def titles(person):
    return "".join(Portfolio.of(person).accepted_projects().values_list("title", flat=True))


def test_the_page_is_linked_once_it_is_there(amaras, amara):
    assert "See the page" not in amaras.get(PAGE).text
    Portfolio.of(amara).save()
    assert "See the page" in amaras.get(PAGE).text
    assert amaras.get(f"/portfolio/{amara.handle}/").status_code == 200


def test_an_accepted_project_is_put_on_and_shown(amaras, accepted, amara):
    assert "Rent in Lagos" in amaras.get(PAGE).text
    assert f'action="{PAGE}add/{accepted.pk}/"' in amaras.get(accepted.get_absolute_url()).text
    added = amaras.post(f"{PAGE}add/{accepted.pk}/")
    row = PortfolioProject.objects.get()
    assert added["Location"] == f"{PAGE}projects/{row.pk}/"
    page = amaras.get(added["Location"]).text
    assert "What the rent of a flat follows from." in page
    assert amaras.post(added["Location"], SAYS).status_code == 302
    row.refresh_from_db()
    assert (row.shown, row.title, row.slug, row.summary[3]) == (True, "Rent", "rent-in-lagos", ("result", "d"))


def test_nobody_else_s(sign_in, bela, row, accepted, olga):
    for person in (bela, olga):
        client = sign_in(person)
        assert client.get(f"{PAGE}projects/{row.pk}/").status_code == 404
        assert client.post(f"{PAGE}add/{accepted.pk}/").status_code == 404
        assert client.post(f"{PAGE}projects/{row.pk}/move/", {"direction": "up"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"result": ""}, "Say this before it is shown"),
        ({"why": "w " * 71}, "have 74 words together"),
        ({"title": ""}, "This field is required"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"write_up": "x" * 20_001}, "at most 20000 characters"),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_nothing_is_lost(amaras, row, wrong, said):
    answer = amaras.post(f"{PAGE}projects/{row.pk}/", SAYS | {"what": "What I typed", "data": ""} | wrong)
    assert answer.status_code == 422
    assert "What I typed" in answer.text
    answer = amaras.post(f"{PAGE}projects/{row.pk}/", SAYS | wrong)
    assert (answer.status_code, said in answer.text) == (422, True)
    row.refresh_from_db()
    assert row.version == 1


def test_two_windows_lose_nothing(amaras, row):
    amaras.post(f"{PAGE}projects/{row.pk}/", SAYS)
    answer = amaras.post(f"{PAGE}projects/{row.pk}/", SAYS | {"why": "From the other window"})
    assert answer.status_code == 409
    assert "From the other window" in answer.text
    assert "<dt>Why</dt><dd>a</dd>" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert amaras.post(f"{PAGE}projects/{row.pk}/", SAYS | {"why": "Again", "version": 2}).status_code == 302


def test_the_write_up_is_previewed_and_nothing_is_kept(amaras, row):
    told = SAYS | {"write_up": "So *clear*", "preview": "1", "title": ""}
    page = amaras.post(f"{PAGE}projects/{row.pk}/", told)
    assert (page.status_code, "<em>clear</em>" in page.text, "errorlist" in page.text) == (200, True, False)
    alone = amaras.post(f"{PAGE}projects/{row.pk}/", told, headers={"HX-Request": "true"})
    assert "<em>clear</em>" in alone.text
    assert "<html" not in alone.text
    row.refresh_from_db()
    assert row.write_up == "What the rent of a flat follows from."


def test_the_order_is_its_owner_s(amaras, amara, cohort, mateo):
    several(amara, cohort, mateo, 3)
    last = PortfolioProject.objects.get(title="C")
    amaras.post(f"{PAGE}projects/{last.pk}/move/", {"direction": "up"})
    assert titles(amara) == "ACB"
    answer = amaras.post(f"{PAGE}projects/{last.pk}/move/", {"direction": "up"}, headers={"HX-Request": "true"})
    assert titles(amara) == "CAB"
    assert "<html" not in answer.text
    amaras.post(f"{PAGE}projects/{last.pk}/move/", {"direction": "up"})
    assert titles(amara) == "CAB"


def test_the_page_is_set(amaras, amara):
    assert amaras.get(PAGE).status_code == 200
    said = {"visibility": "public", "about": "I *look*.", "aims_at": "scientist", "version": 1}
    assert amaras.post(PAGE, said).status_code == 302
    portfolio = Portfolio.of(amara)
    assert (portfolio.visibility, portfolio.aims_at, portfolio.shows_posts) == ("public", "scientist", False)
    assert "<em>look</em>" in portfolio.about_html
    stale = amaras.post(PAGE, said | {"about": "Typed here", "version": 1})
    assert (stale.status_code, "Typed here" in stale.text, "I *look*." in stale.text) == (409, True, True)
    assert amaras.post(PAGE, said | {"visibility": "world", "version": 2}).status_code == 422


def test_the_page_asks_as_much_for_many_projects_as_for_one(
    amaras, amara, cohort, mateo, django_assert_max_num_queries
):
    several(amara, cohort, mateo, 6)
    with django_assert_max_num_queries(7):
        amaras.get(PAGE)
