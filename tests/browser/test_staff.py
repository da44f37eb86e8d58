"""Pages of admins alone: in both themes and at both sizes."""

from mentorship.cohorts.models import Transfer
from mentorship.cohorts.transfers.work import work
from tests import factory
from tests.access.world import make_world
from tests.browser.conftest import check_look, check_looks
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


def test_an_import_is_watched_until_it_is_checked(open_page, transactional_db, tmp_path):
    """The page asks by itself; what a worker does, the test does here."""
    ada = factory.make_person("Ada Lindqvist", groups=["admins"])
    page = open_page(ada)
    page.goto("/cohorts/transfers/")
    file = tmp_path / "people.csv"
    file.write_text("email,name\nnew@example.org,New Person\nwrong,Wrong\n")
    page.get_by_label("File").last.set_input_files(file)
    page.get_by_role("button", name="Check this file").click()
    page.get_by_text("You can leave this page").wait_for()
    row = Transfer.objects.get()
    check_looks(open_page, row.get_absolute_url(), ada)
    work(row.pk)
    page.get_by_text("This is no e-mail address.").wait_for()
    check_looks(open_page, row.get_absolute_url(), ada)
    check_looks(open_page, "/cohorts/transfers/", ada)


def test_a_rehearsal(open_page, transactional_db):
    w = make_world()
    ada = w.people["admin"]
    page = open_page(ada, size="phone")
    page.goto(f"/cohorts/{w.cohort.slug}/edit/")
    page.get_by_role("link", name="Rehearse").click()
    page.get_by_role("button", name="Run ahead").click()
    page.get_by_text("would go out").wait_for()
    page.locator("details.card").first.click()
    check_look(page)
    check_looks(open_page, f"/rehearsal/{w.cohort.slug}/", ada)
    check_looks(open_page, f"/cohorts/{w.test_cohort.slug}/as-of/", ada)
