"""Getting in: a cohort set up and cloned, people invited from a list, one of them joins; and every page of it clean."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Cohort, Membership
from tests import factory
from tests.browser.conftest import check_looks
from tests.guests import make_charter, make_invitation, token_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def winter(stream, ada, mateo):
    """Takes applications; a mentor who is named, a charter, invitations."""
    cohort = factory.make_cohort(stream=stream, name="Winter", slug="winter", state="open", for_whom="Beginners.")
    factory.make_membership(cohort, mateo, role="mentor", shown=True)
    make_charter(cohort, ada)
    factory.make_meeting(cohort)
    make_invitation(cohort, ada, "late@example.org", at=factory.days_ago(8))
    make_invitation(cohort, ada, "somebody.with.a.rather.long.address@mail.department.example.org", name="Some Body")
    return cohort


def test_an_admin_clones_sets_up_and_nothing_typed_is_lost(open_page, ada, winter):
    page = open_page(ada)
    page.goto("/cohorts/winter/clone/")
    begins = timezone.localdate() + timedelta(weeks=30)
    page.get_by_label("First day").fill(begins.isoformat())
    page.get_by_label("First day").blur()
    page.locator("#preview").get_by_text(f"{begins:%a} {begins.day} {begins:%B %Y}").wait_for()
    page.get_by_role("button", name="Make the draft").click()
    page.get_by_role("link", name="Charter and public page").first.click()
    page.locator("textarea[name=for_whom]").fill("People who have begun already.")
    page.get_by_role("link", name="Seats and hours").click()
    page.go_back()
    assert page.locator("textarea[name=for_whom]").input_value() == "People who have begun already."
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Open for applications").click()
    page.get_by_text("The cohort takes applications.", exact=True).wait_for()
    made = Cohort.objects.get(slug="winter-2")
    assert (made.state, made.starts_on, made.for_whom) == ("open", begins, "People who have begun already.")


def test_a_list_is_looked_at_and_sent_and_one_of_it_joins(open_page, ada, winter, tmp_path):
    page, path = open_page(ada), tmp_path / "people.csv"
    path.write_bytes("name;address;role\nJürgen Groß;jurgen@example.org;mentee\n=1+1;x@example.org;\n".encode("utf-16"))
    page.goto("/cohorts/winter/invitations/many/")
    page.get_by_label("A CSV file").set_input_files(path)
    page.get_by_role("button", name="Look at the rows").click()
    page.get_by_role("cell", name="Jürgen Groß").wait_for()
    page.get_by_role("button", name="Send 1 invitation").click()
    page.get_by_text("One person is invited.").wait_for()
    token = token_of(winter.invitations.get(address="jurgen@example.org"))
    guest = open_page(size="phone")
    guest.goto(f"/cohorts/invitation/{token}/")
    guest.get_by_role("button", name="Make an account").click()
    guest.get_by_label("Your name").fill("Jürgen Groß")
    guest.locator("input[name=password1]").fill(factory.PASSWORD)
    guest.get_by_role("button", name="Make my account").click()
    guest.get_by_label("I have read the charter and keep to it").check()
    guest.get_by_role("button", name="Accept the invitation").click()
    guest.get_by_text("Welcome. You are a mentee of Winter.").wait_for()
    assert Membership.objects.filter(person__email="jurgen@example.org", cohort=winter).exists()


def test_the_pages_are_clean(open_page, ada, olga, winter, stream):
    draft = factory.make_cohort(stream=stream, state="draft", about="")
    addresses = ["/cohorts/new/", f"/cohorts/{draft.slug}/set-up/1/", f"/cohorts/{draft.slug}/set-up/3/"]
    addresses += [f"/cohorts/{draft.slug}/set-up/4/", "/cohorts/winter/clone/", "/cohorts/winter/invitations/"]
    addresses += ["/cohorts/winter/invitations/many/", "/cohorts/winter/charter/", "/cohorts/winter/?public"]
    addresses += ["/cohorts/winter/questions/", "/cohorts/winter/applications/reviewers/"]
    token = make_invitation(winter, ada, olga.email, message="Come.")[1]
    mine, gone = f"/cohorts/invitation/{token}/", f"/cohorts/invitation/{'x' * 43}/"
    for person, address in [*((ada, one) for one in addresses), (olga, mine), (None, mine), (None, gone), (ada, mine)]:
        check_looks(open_page, address, person)
