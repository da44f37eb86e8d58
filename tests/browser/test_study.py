"""The study log in a browser: clean, logged in place, from a phone, and without script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mentorship.study.days import today_of
from tests.browser.conftest import check_looks, check_width
from tests.factory import make_study_entry


@pytest.fixture
def logged(transactional_db, amara):
    today = today_of(amara)
    for number in range(0, 60, 2):
        make_study_entry(amara, day=today - timedelta(days=number // 2), minutes=30 + number, note="Chapter 5")


def test_the_log_is_clean(open_page, logged, amara):
    entry = amara.study_entries.order_by("-day").first()
    for address in ("/study/", "/study/?weeks=year", f"/study/{entry.pk}/"):
        check_looks(open_page, address, amara)


def test_the_empty_log_is_clean(open_page, transactional_db, amara):
    check_looks(open_page, "/study/", amara)


def test_logged_in_place_on_a_phone(open_page, logged, amara):
    page = open_page(amara, size="phone")
    page.goto("/study/")
    page.get_by_label("Minutes", exact=True).fill("1440")
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("30 are logged already")).to_be_visible()
    page.get_by_label("Minutes", exact=True).fill("25")
    page.get_by_label("Note (optional)").fill("Backwards")
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_role("status").filter(has_text="25 min logged.")).to_be_visible()
    expect(page.get_by_text("Backwards")).to_be_visible()
    page.get_by_text("As a table").click()
    expect(page.get_by_role("columnheader", name="Mon")).to_be_visible()
    check_width(page)


def test_logged_corrected_and_taken_out_without_script(open_page, transactional_db, amara):
    page = open_page(amara, java_script_enabled=False)
    page.goto("/study/")
    page.get_by_label("Minutes", exact=True).fill("25")
    page.get_by_role("button", name="Log it").click()
    page.get_by_role("link", name="Edit 25 min").click()
    page.get_by_label("Minutes", exact=True).fill("40")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Edit 40 min").click()
    page.get_by_role("button", name="Take it out of the log").click()
    expect(page.get_by_text("Nothing logged yet")).to_be_visible()
