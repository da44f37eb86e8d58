"""A portfolio in a real browser: the sum answers as facts are ticked, the words are counted, it prints on one page."""

import re

import pytest

from projects.models import OtherWork, Portfolio
from tests import factory
from tests.browser.conftest import check_look, check_looks

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = " ".join(["word"] * 15)


@pytest.fixture
def accepted(cohort, amara, mateo):
    submission = factory.make_submission(cohort.memberships.get(person=amara))
    factory.make_review(submission, mateo, factory.accepting(submission))
    return submission


@pytest.fixture
def portfolio(accepted, amara):
    factory.make_portfolio_project(accepted, write_up="## How\n\nIt was *done*.")
    Portfolio.of(amara).change(by=amara, visibility="public", about="I look for work.", shows_score=True)
    return f"/portfolio/{amara.handle}/"


def test_from_an_accepted_project_to_a_page_for_everyone(open_page, accepted, amara):
    page = open_page(amara)
    page.goto(accepted.get_absolute_url())
    page.get_by_role("button", name="Put it on my portfolio").click()
    page.get_by_label("Why", exact=True).fill("a " * 75)
    page.get_by_text("75 now").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("have 75 words together").wait_for()
    check_look(page)
    for label in ("Why", "What", "Data", "Result"):
        page.get_by_label(label, exact=True).fill(f"{label} in short.")
    page.get_by_role("button", name="Preview the write-up").click()
    page.locator("#preview").get_by_text("What the rent of a flat follows from.").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It stands on your portfolio, which only you see yet.").wait_for()
    page.get_by_label("Everyone on the web").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Everyone may open it.").wait_for()
    visitor = open_page()
    visitor.goto(f"/portfolio/{amara.handle}/")
    visitor.get_by_role("link", name="Rent in Lagos").click()
    visitor.get_by_text("Result in short.").wait_for()


def test_the_sum_answers_as_facts_are_ticked(open_page, portfolio, amara):
    page = open_page(amara)
    page.goto("/my-portfolio/score/")
    total = page.locator("#sum .total")
    page.get_by_label("What it is").select_option("unique")
    page.locator("#sum .total", has_text=re.compile("^10$")).wait_for()
    page.get_by_label("Strong documentation").check()
    page.locator("#sum .total", has_text=re.compile("^50$")).wait_for()
    page.get_by_label("Employer relevancy").check()
    page.locator("#sum .total", has_text=re.compile("^1,000$")).wait_for()
    page.get_by_label("Strong documentation").uncheck()
    page.locator("#sum .total", has_text=re.compile("^200$")).wait_for()
    page.reload()
    assert total.inner_text() == "200"
    assert not page.get_by_label("Strong documentation").is_checked()
    check_look(page)


def test_it_works_without_javascript(open_page, portfolio, amara):
    page = open_page(amara, java_script_enabled=False)
    page.goto("/my-portfolio/score/engineering/")
    page.get_by_label("What it is").select_option("unique")
    page.get_by_label("5000-word article").check()
    page.get_by_role("button", name="Save Rent in Lagos").click()
    assert page.locator("#sum .total").inner_text() == "50"
    page.get_by_label("Another work").fill("A paper")
    page.get_by_role("button", name="Count it too").click()
    page.get_by_role("button", name="Remove A paper").click()
    assert not OtherWork.objects.exists()


def test_six_projects_print_on_one_page(open_page, portfolio, cohort, amara, mateo):
    seat, unit = cohort.memberships.get(person=amara), cohort.stream.units.get()
    for _ in range(5):
        work = factory.make_submission(seat, factory.make_project(factory.make_item(unit, kind="project")))
        factory.make_review(work, mateo, factory.accepting(work))
        factory.make_portfolio_project(work, why=WORDS, what=WORDS, data=WORDS, result=WORDS)
    page = open_page()
    page.goto(portfolio)
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))) == 1


@pytest.mark.parametrize("which", ["mine", "edit", "score", "public", "project"])
def test_every_page_in_both_themes_and_sizes(open_page, portfolio, which, amara):
    row = Portfolio.of(amara).projects_shown().get()
    person, address = {
        "mine": (amara, "/my-portfolio/"),
        "edit": (amara, f"/my-portfolio/projects/{row.pk}/"),
        "score": (amara, "/my-portfolio/score/"),
        "public": (None, portfolio),
        "project": (None, f"{portfolio}{row.slug}/"),
    }[which]
    check_looks(open_page, address, person)
