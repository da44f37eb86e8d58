"""What our few scripts add: keys, the browser's zone, a question before leaving, and words for what went wrong."""

import re

import pytest
from playwright.sync_api import expect

from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def stream_page(open_page, transactional_db, amara):
    stream = factory.make_stream(number=1)
    page = open_page(amara, forgive=True)
    page.goto(stream.get_absolute_url())
    return page


def test_j_and_k_walk_along_the_rows_and_enter_opens_one(open_page, transactional_db, amara):
    for number in (1, 2):
        Notification.objects.create(person=amara, kind="x", subject=f"x:{number}", title=f"Thing {number}", url="/faq/")
    page = open_page(amara)
    page.goto("/notifications/")
    for key, title in (("j", "Thing 2"), ("j", "Thing 1"), ("j", "Thing 1"), ("k", "Thing 2")):
        page.keyboard.press(key)
        expect(page.get_by_role("button", name=title)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/faq/$"))


@pytest.mark.urls("tests.browser.urls")
def test_the_slash_goes_to_the_search_and_is_written_there(page, db):
    page.goto("/dev/look/")
    page.keyboard.press("/")
    search = page.get_by_role("searchbox").first
    expect(search).to_be_focused()
    page.keyboard.press("/")
    expect(search).to_have_value("/")


def test_sign_up_learns_the_zone_of_the_browser(open_page, db):
    page = open_page(timezone_id="Asia/Amman")
    page.goto("/accounts/signup/")
    expect(page.locator("[data-browser-zone]")).to_have_value("Asia/Amman")


@pytest.mark.urls("tests.browser.urls")
def test_leaving_a_changed_form_is_asked_about(page, db):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/dev/look/")
    page.goto("/faq/")
    assert asked == []
    page.goto("/dev/look/")
    page.get_by_label("Title").first.press_sequentially("Trees")
    page.goto("/faq/")
    assert asked == ["beforeunload"]


def test_without_a_connection_one_is_told(stream_page):
    stream_page.context.set_offline(True)
    stream_page.get_by_role("checkbox").first.click()
    expect(stream_page.get_by_role("alert")).to_contain_text("No connection")


def test_once_the_session_has_ended_one_is_sent_to_sign_in(stream_page):
    stream_page.context.clear_cookies(name="session")
    stream_page.get_by_role("checkbox").first.click()
    expect(stream_page).to_have_url(re.compile("/accounts/login/"))
    expect(stream_page.get_by_role("heading", name="Sign in")).to_be_visible()
