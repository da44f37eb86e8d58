"""A portfolio as others read it."""

from io import BytesIO

import pytest
from PIL import Image

from projects.models import OtherWork, Portfolio
from tests import factory


@pytest.fixture
def row(cohort, amara, mateo):
    submission = factory.make_submission(cohort.memberships.get(person=amara))
    factory.make_review(submission, mateo, factory.accepting(submission))
    return factory.make_portfolio_project(submission, write_up="How it was *done*.")


@pytest.fixture
def public(row, amara):
    Portfolio.of(amara).change(by=amara, visibility="public", about="I look for <script>alert(1)</script> *work*.")
    return f"/portfolio/{amara.handle}/"


def test_a_visitor_reads_it_in_twenty_seconds(client, public, amara):
    factory.make_post(amara, state="published", title="What I learned")
    factory.make_post(amara, title="A draft")
    page = client.get(public).text
    for text in (
        "Rents rise.",
        "A forest.",
        "2,000 flats.",
        "Off by 9 %.",
        "Accepted after 1 round<",
        "What I learned",
    ):
        assert text in page
    assert "<em>work</em>" in page
    assert "<script>alert" not in page
    assert "A draft" not in page
    assert "Score:" not in page
    assert 'og:image" content="http' in page


def test_a_project_has_a_page_of_its_own(client, public, row):
    page = client.get(f"{public}{row.slug}/").text
    assert "<em>done</em>" in page
    assert '<meta property="og:title" content="Rent in Lagos">' in page
    assert '<meta property="og:description" content="Rents rise. A forest. 2,000 flats. Off by 9 %.">' in page
    assert "summary_large_image" in page
    assert client.get(f"{public}another/").status_code == 302  # to sign-in, as for what is not there at all


@pytest.mark.parametrize("visibility", ["private", "program"])
def test_what_is_not_public_looks_like_what_is_not_there(sign_in, public, row, amara, olga, visibility):
    Portfolio.of(amara).change(by=amara, visibility=visibility)
    pages = [public, f"{public}card.png", f"{public}{row.slug}/", f"{public}{row.slug}/card.png"]
    nobody = [page.replace(amara.handle, "nobody-here") for page in pages]
    for page, missing in zip(pages, nobody, strict=True):
        assert sign_in().get(page).status_code == sign_in().get(missing).status_code == 302
        assert sign_in(olga).get(page).status_code == (404 if visibility == "private" else 200)
        assert sign_in(olga).get(missing).status_code == 404
    own = sign_in(amara).get(public).text
    assert "noindex" in own
    assert "og:title" not in own


def test_a_hidden_project_is_seen_by_its_owner_only(sign_in, public, row, amara, olga):
    row.change(by=amara, shown=False)
    assert "Rent in Lagos" not in sign_in(olga).get(public).text
    assert sign_in(olga).get(f"{public}{row.slug}/").status_code == 404
    assert "Hidden: only you see this page" in sign_in(amara).get(f"{public}{row.slug}/").text


def test_the_score_is_shown_when_its_owner_shows_it(client, public, row, amara):
    table = Portfolio.of(amara).table
    row.tick(by=amara, table=table, kind="unique", facts={"documentation"})
    OtherWork.add(by=amara, title="Titanic").tick(by=amara, table=table, kind="common", facts=set())
    assert "Titanic" not in client.get(public).text
    Portfolio.of(amara).change(by=amara, shows_score=True)
    page = client.get(public).text
    assert '<strong class="total">49</strong>' in page
    assert "Titanic" in page
    assert "The cheapest way" not in page


def test_the_cards_are_pictures_that_are_fetched_once(client, public, row, amara):
    for address in (f"{public}card.png", f"{public}{row.slug}/card.png"):
        answer = client.get(address)
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "public, max-age=3600")
        assert len(answer.content) < 100_000
        assert Image.open(BytesIO(answer.content)).size == (1200, 630)
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    row.change(by=amara, title="Rent in Accra")
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_profile_leads_to_it(client, sign_in, public, amara):
    amara.visibility = "public"
    amara.save()
    assert f'href="{public}"' in client.get(amara.get_absolute_url()).text
    Portfolio.of(amara).change(by=amara, visibility="private")
    assert f'href="{public}"' not in client.get(amara.get_absolute_url()).text
    assert f'href="{public}"' in sign_in(amara).get(amara.get_absolute_url()).text


def test_who_left_has_no_portfolio(client, public, amara):
    amara.is_active = False
    amara.save()
    assert client.get(public).status_code == 302


def test_the_page_asks_as_much_for_many_projects_as_for_one(
    client, public, cohort, amara, mateo, django_assert_max_num_queries
):
    seat, unit = cohort.memberships.get(person=amara), cohort.stream.units.get()
    for _ in range(4):
        work = factory.make_submission(seat, factory.make_project(factory.make_item(unit, kind="project")))
        factory.make_review(work, mateo, factory.accepting(work))
        factory.make_portfolio_project(work)
    with django_assert_max_num_queries(4):
        assert client.get(public).text.count("Off by 9 %.") == 5
