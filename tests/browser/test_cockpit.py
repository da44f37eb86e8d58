"""The cockpit as it is used: the effect of thresholds in place, what a mentee sees on home, and every page clean."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Feed, Membership
from tests import factory
from tests.browser.conftest import check_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quiet(cohort, amara, bela, mateo, olga):
    """Amara and Béla did nothing for nine days, Béla at least logged some; a work was accepted, one waits."""
    Membership.objects.filter(cohort=cohort).update(joined_at=timezone.now() - timedelta(days=9, hours=1))
    factory.make_study_entry(bela)
    factory.make_application(cohort, olga)
    factory.make_meeting(cohort, starts_at=timezone.now() - timedelta(days=2))
    factory.make_submission(cohort.memberships.get(person=bela), at=factory.days_ago(8))
    return cohort


def test_a_change_of_thresholds_is_tried_in_place_and_a_mentee_sees_it(open_page, quiet, ada, amara):
    admin, mentee = open_page(ada), open_page(amara, size="phone")
    admin.goto(f"/cohorts/{quiet.slug}/stalled/thresholds/")
    admin.get_by_label("Listed from a sum of").fill("1")
    admin.get_by_label("Listed from a sum of").blur()
    admin.get_by_role("heading", name="Would appear").wait_for()
    assert admin.locator("#effect").get_by_text("Béla Kovács").is_visible()
    admin.get_by_role("button", name="Save").click()
    admin.get_by_role("heading", name="Béla Kovács").wait_for()
    row = admin.locator("li.card", has_text="Amara Okafor")
    row.locator("summary").click()
    row.get_by_label("A few words to Amara Okafor").fill("How are you?")
    row.get_by_role("button", name="Send it").click()
    admin.get_by_text("Amara Okafor is told.").wait_for()
    mentee.goto("/home/")
    mentee.get_by_text("No study entry for 9 days").wait_for()
    mentee.goto("/notifications/")
    assert mentee.get_by_text("Ada Lindqvist writes to you").is_visible()


@pytest.mark.parametrize("page", ["cockpit/", "stalled/", "stalled/thresholds/", "graduation/", "report/"])
def test_the_pages_of_an_admin_are_clean(open_page, quiet, ada, page):
    check_looks(open_page, f"/cohorts/{quiet.slug}/{page}", ada)


def test_the_other_pages_are_clean(open_page, quiet, ada, amara, mateo):
    row = factory.make_outcome(quiet.memberships.get(person=amara), ada)
    check_looks(open_page, "/cockpit/", ada)
    check_looks(open_page, "/home/", mateo)
    check_looks(open_page, f"/cohorts/{quiet.slug}/standing/", amara)
    check_looks(open_page, row.get_absolute_url())
    check_looks(open_page, "/certificates/?code=guess")


def test_those_about_people_are_clean(open_page, quiet, ada, mateo):
    factory.make_apprentice(quiet, quiet.memberships.get(person=mateo), ada)
    Feed.make(by=mateo)
    for address in (
        f"/cohorts/{quiet.slug}/apprentices/",
        f"/cohorts/{quiet.slug}/progress/",
        "/cohorts/calendar/feeds/",
    ):
        check_looks(open_page, address, ada)
