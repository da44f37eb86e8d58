"""The real curriculum in a browser: every page clean, a tick answered in place, and the same without script."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from streams.models import Item
from tests.browser.conftest import check_looks

STREAM = "/streams/starting-out/"
PAGES = [
    "/streams/",
    STREAM,
    f"{STREAM}items/basics.chapter-5/",
    f"{STREAM}items/evaluation.measures/",
    f"{STREAM}items/project-1/",
]


@pytest.fixture
def curriculum(transactional_db):
    call_command("load_curriculum", verbosity=0)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_streams_is_clean(open_page, curriculum, amara, address):
    for key in ("setup.github", "evaluation.measures.recall"):
        Item.objects.select_related("stream").get(key=key).mark(by=amara, state="done")
    check_looks(open_page, address, amara)


def test_a_visitors_stream_is_clean(open_page, curriculum):
    check_looks(open_page, STREAM)


def test_a_tick_is_answered_in_place(open_page, curriculum, amara):
    page = open_page(amara)
    page.goto(STREAM)
    box = page.get_by_role("checkbox", name="Recall")
    box.click()
    expect(box).to_be_checked()
    expect(box).to_be_focused()  # so that the keyboard goes on from here
    expect(page.get_by_label("Your progress")).to_contain_text("1 of 22 done")
    expect(page.get_by_role("img", name="Model evaluation: 1 of 8 done")).to_be_visible()
    parent = page.locator(".item", has=page.get_by_role("link", name="Measures", exact=True))
    expect(parent.get_by_role("img", name="In progress")).to_be_visible()
    box.press("Space")
    expect(box).not_to_be_checked()
    expect(page.get_by_label("Your progress")).to_contain_text("0 of 22 done")


def test_an_items_own_page_follows_its_marks(open_page, curriculum, amara):
    page = open_page(amara)
    page.goto(f"{STREAM}items/evaluation.generalization/")
    for name in ("Cross-validation", "Over-fitting"):
        page.get_by_role("checkbox", name=name).click()
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    expect(page.get_by_label("Your progress")).to_contain_text("Done, as follows from the parts")
    page.get_by_role("link", name="Over-fitting").click()
    page.get_by_role("button", name="In progress").click()
    expect(page.get_by_role("button", name="In progress")).to_have_attribute("aria-pressed", "true")


def test_a_tick_without_script_comes_back_to_its_row(open_page, curriculum, amara):
    page = open_page(amara, size="phone", java_script_enabled=False)
    page.goto(STREAM)
    page.get_by_role("checkbox", name="Recall").click()
    expect(page).to_have_url(re.compile(r"/streams/starting-out/#item-\d+$"))
    expect(page.get_by_role("checkbox", name="Recall")).to_be_checked()
    page.get_by_role("link", name="Recall").click()
    page.get_by_role("button", name="Not started").click()
    expect(page.get_by_role("button", name="Not started")).to_have_attribute("aria-pressed", "true")


def test_a_tick_of_what_has_left_the_curriculum_is_refused_and_its_row_stays(open_page, curriculum, amara):
    page = open_page(amara)
    page.goto(STREAM)
    item = Item.objects.select_related("stream").get(key="evaluation.measures.recall")
    item.mark(by=amara, state="in_progress")
    Item.objects.filter(pk=item.pk).update(retired_at="2026-11-01T00:00Z")
    page.get_by_role("checkbox", name="Recall").click()
    expect(page.get_by_role("alert")).to_have_text("This item has left the curriculum.")
    expect(page.get_by_role("checkbox", name="Recall")).to_be_visible()
