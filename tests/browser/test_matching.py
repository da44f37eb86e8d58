"""A proposal in the browser: by drag, by keyboard, and every page of matching clean."""

import pytest

from mentorship.cohorts import matching
from mentorship.cohorts.models import Assignment
from tests import factory
from tests.browser.conftest import check_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ines(cohort):
    return factory.make_membership(cohort, factory.make_person("Inês Duarte"), role="mentor")


@pytest.fixture
def bela_with_mateo(cohort, bela, mateo, ines, ada):
    """A proposal of one pair, which both asked for."""
    factory.make_availability(mateo, "en es")
    seat = cohort.memberships.get(person=bela)
    factory.make_wish(seat, cohort.memberships.get(person=mateo))
    factory.make_wish(seat, ines, veto=False)
    return matching.propose(cohort=cohort, by=ada)


def test_by_drag_by_keyboard_and_then_applied(open_page, cohort, ada, bela_with_mateo, ines):
    page = open_page(ada)
    page.goto(f"/cohorts/{cohort.slug}/proposal/")
    page.locator("[data-drag]", has_text="Béla Kovács").drag_to(page.locator("[data-drop]", has_text="Inês Duarte"))
    page.get_by_role("status").get_by_text("Béla Kovács with Inês Duarte").wait_for()
    assert page.get_by_text("By hand", exact=True).is_visible()
    select = page.get_by_label("Mentor of Béla Kovács")
    select.focus()
    page.keyboard.type("Mateo")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Béla Kovács with Mateo Rojas").wait_for()
    assert page.evaluate("document.activeElement.textContent").startswith("Choose")
    page.get_by_text("Assign 1 pair").click()
    page.get_by_role("button", name="Assign them all").click()
    page.wait_for_url("**/assignments/")
    assert Assignment.objects.active().count() == 2


def test_the_pages_are_clean(open_page, cohort, ada, bela, mateo, bela_with_mateo):
    home = f"/cohorts/{cohort.slug}/"
    check_looks(open_page, f"{home}proposal/", ada)
    check_looks(open_page, f"{home}assignments/history/", ada)
    check_looks(open_page, f"{home}wishes/", bela)
    check_looks(open_page, f"{home}assignments/{cohort.assignments.get().pk}/summary/", mateo)
