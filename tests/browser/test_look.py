"""The public pages in both themes, on a phone and on a desktop; and what needs no script."""

import pytest

from tests import factory
from tests.browser.conftest import LOOKS, check_look, check_looks

PAGES = ["/", "/charter/", "/faq/", "/accounts/login/", "/accounts/signup/", "/not-here/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_finds_a_clean_page(open_page, db, address):
    factory.make_stream(number=1)
    factory.make_cohort(stream=factory.make_stream(number=2), state="open")
    check_looks(open_page, address)


@pytest.mark.urls("tests.browser.urls")
@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_every_component_is_clean(open_page, db, scheme, size):
    page = open_page(scheme=scheme, size=size)
    page.goto("/dev/look/")
    check_look(page)


def test_the_account_menu_opens_and_signs_out_without_script(open_page, transactional_db, amara):
    page = open_page(amara, size="phone", java_script_enabled=False)
    page.goto("/charter/")
    page.get_by_role("button", name="Account of Amara Okafor").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/charter/")
    assert page.get_by_role("link", name="Sign in").is_visible()


def test_an_open_account_menu_is_clean(open_page, transactional_db, amara):
    for scheme, size in LOOKS:
        page = open_page(amara, scheme=scheme, size=size)
        page.goto("/charter/")
        page.get_by_role("button", name="Account of").click()
        check_look(page)


def test_the_question_mark_opens_the_keys(page, db):
    page.goto("/faq/")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    check_look(page)
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog", name="Keys").is_visible()


def test_the_first_tab_skips_to_the_content(page, db):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_nothing_moves_where_motion_is_not_wanted(open_page, db):
    page = open_page(reduced_motion="reduce")
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration") in (
        "1e-05s",
        "0.00001s",
    )


def test_the_content_policy_holds_what_slips_through(open_page, db):
    page = open_page(forgive=True)
    page.goto("/faq/")
    page.evaluate(
        """() => {
            const slipped = document.createElement("div");
            document.body.append(slipped);
            slipped.setAttribute("style", "color: rgb(1, 2, 3)");
            const script = document.createElement("script");
            script.textContent = "window.slipped = true";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.slipped") is None
    assert page.evaluate("getComputedStyle(document.body.querySelector('div[style]')).color") != "rgb(1, 2, 3)"
