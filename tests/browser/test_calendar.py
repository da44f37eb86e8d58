"""The calendar, as it is lived: drafted, moved, read in another zone, more time asked and given; every page clean."""

import pytest

from mentorship.cohorts.models import DueDate, Schedule
from tests import factory
from tests.browser.conftest import check_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slow(cohort):
    """The cohort, at an hour a week: so few hours would be over in its first one."""
    cohort.hours_a_week = 1
    cohort.save()
    return cohort


def test_from_a_draft_to_more_time_for_one(open_page, slow, amara, mateo, ada):
    admin, mentee, mentor = open_page(ada), open_page(amara, size="phone"), open_page(mateo)
    base = f"/cohorts/{slow.slug}/calendar/"
    admin.goto(base)
    admin.get_by_role("link", name="Draft the schedule").click()
    admin.get_by_label("Week 2,").check()
    admin.get_by_role("button", name="Draft it from the hours").click()
    admin.get_by_text("Drafted from the hours.").wait_for()
    admin.get_by_label("Last week of Basics").select_option("12")
    admin.get_by_role("button", name="Save").click()
    admin.wait_for_url(f"**{base}")
    assert admin.locator(".calendar-week").first.bounding_box()["width"] > 1000  # as wide as the page
    mentee.goto(base)
    assert mentee.get_by_text("No program this week.").is_visible()
    mentee.locator(".dated", has_text="Item").get_by_role("link").click()
    mentee.get_by_label("Why").fill("The flat is flooded.")
    mentee.get_by_role("button", name="Ask for more time").click()
    assert mentee.get_by_text("You have asked for time until").is_visible()
    due = DueDate.objects.get()
    mentor.goto(due.get_absolute_url())
    assert mentor.get_by_text("The flat is flooded.").first.is_visible()
    mentor.get_by_role("button", name="Give the time").click()
    assert mentor.get_by_text("Amara Okafor is told.").is_visible()
    mentee.goto("/home/")
    assert mentee.get_by_text("extended for you").is_visible()


def test_every_page_is_clean(open_page, slow, amara, mateo, ada):
    check_looks(open_page, f"/cohorts/{slow.slug}/calendar/edit/", ada)
    Schedule.draft(slow, by=ada, skipped=[8])
    meeting = factory.make_meeting(slow)
    due = DueDate.objects.select_related("cohort", "item").get()
    factory.make_extension(due, slow.memberships.get(person=amara), days=60)
    for person, address in (
        (amara, f"/cohorts/{slow.slug}/calendar/"), (ada, f"/cohorts/{slow.slug}/calendar/edit/"),
        (amara, due.get_absolute_url()), (ada, due.get_absolute_url()), (amara, "/cohorts/calendar/"),
        (ada, f"{meeting.get_absolute_url()}edit/"),
    ):  # fmt: skip
        check_looks(open_page, address, person)


def test_the_address_of_ones_own_calendar_is_shown_once(open_page, amara):
    page = open_page(amara)
    page.goto("/cohorts/calendar/")
    page.get_by_role("button", name="Make my address").click()
    assert page.locator("code.secret").inner_text().endswith(".ics")
    page.goto("/cohorts/calendar/")
    assert page.locator("code.secret").count() == 0
    page.get_by_role("button", name="Revoke the address").click()
    assert page.get_by_text("The address opens nothing any more.").is_visible()
