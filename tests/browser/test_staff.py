"""Pages of admins alone: in both themes and at both sizes."""

from tests import factory
from tests.access.world import make_world
from tests.browser.conftest import check_looks
from tests.factory import make_application


def test_the_audit(open_page, transactional_db):
    w = make_world()
    ada = w.people["admin"]
    make_application(w.open_cohort, w.people["outsider"]).accept(by=ada, note="Welcome. " * 30)
    page = open_page(ada)
    page.goto(f"/cohorts/{w.cohort.slug}/edit/")
    page.get_by_role("button", name="Back to taking applications").click()
    page.goto("/audit/")
    page.get_by_text("was refused").first.wait_for()
    page.get_by_text("Search", exact=True).first.click()
    page.get_by_label("Person").fill(w.people["mentee"].email)
    page.get_by_role("button", name="Search").click()
    page.get_by_text("handed in a round").first.wait_for()
    factory.make_person()
    check_looks(open_page, "/audit/?verb=", ada)
    check_looks(open_page, f"/audit/?person={w.people['mentee'].handle}&since=x", ada)
