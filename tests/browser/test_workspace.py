"""The workspace by keys, by lines, on a phone and without scripts."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import expect

from projects import notebooks
from projects.models import Review, RoundFile
from projects.work import NOTEBOOK
from tests import factory
from tests.browser.conftest import check_look, open_panel

pytestmark = pytest.mark.django_db(transaction=True)
CELLS = [
    new_markdown_cell("# Rent"),
    new_code_cell("import pandas\n\nflats = pandas.read_csv('flats.csv')\nflats.head()"),
    new_code_cell("model.fit(flats)"),
]


@pytest.fixture
def round(cohort, amara, mateo):
    """Amara's first round with a notebook of three cells, held by Mateo."""
    book = nbformat.writes(new_notebook(cells=CELLS)).encode()
    files = (factory.make_upload("rent.ipynb", book, NOTEBOOK),)
    round = factory.make_submission(cohort.memberships.get(person=amara), files=files).rounds.get()
    notebooks.render_file(RoundFile.objects.get().pk)
    round.claim(by=mateo)
    return round


@pytest.fixture
def open_workspace(open_page, round, mateo):
    def open_workspace(**options):
        page = open_page(mateo, **options)
        page.goto(f"/rounds/{round.pk}/review/")
        return page

    return open_workspace


def saved(page):
    page.locator("#saved p.saved", has_text="Saved just now").wait_for()


def places():
    return [(c.text, c.cell, c.line_from, c.line_to) for c in Review.objects.get().comments.all()]


def cell(page, number):
    return page.locator(f".nb-cell[id$='-{number}']")


def test_by_keys_from_the_first_cell_to_publication(open_workspace):
    page = open_workspace()
    for _ in range(2):
        page.keyboard.press("j")
    expect(cell(page, 2)).to_have_class(re.compile("current"))
    page.keyboard.press("c")
    page.keyboard.type("Why all columns?")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    expect(cell(page, 1)).to_have_class(re.compile("current"))
    page.keyboard.press("e")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("e")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-count=scored]")).to_have_text("2 of 2")
    page.keyboard.press("e")
    page.keyboard.type("Good so far.")
    page.get_by_label("Accepted").check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/preview/$"))
    assert places() == [("Why all columns?", 2, None, None)]
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/submissions/\d+/"))
    assert Review.objects.get().verdict == "accepted"


def test_the_keys_are_listed(open_workspace):
    page = open_workspace()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Comment on this cell")


def test_lines_are_chosen_by_click_shift_and_drag(open_workspace):
    page = open_workspace()
    line = {n: cell(page, 2).locator(f".line[id$='-L{n}']") for n in (1, 3, 4)}
    number = {"position": {"x": 10, "y": 8}}
    line[1].click(**number)
    expect(page.get_by_label("Lines")).to_have_value("1")
    line[3].click(modifiers=["Shift"], **number)
    expect(page.get_by_label("Lines")).to_have_value("1-3")
    page.keyboard.type("One step too many")
    expect(line[3]).to_have_class(re.compile("said-of"))
    start, end = line[3].bounding_box(), line[4].bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 10, end["y"] + 8, steps=4)
    page.mouse.up()
    page.keyboard.type("What is in it?")
    saved(page)
    page.wait_for_timeout(1500)
    assert places() == [("One step too many", 2, 1, 3), ("What is in it?", 2, 3, 4)]
    check_look(page)


def test_text_is_still_selected_beside_the_numbers(open_workspace):
    page = open_workspace()
    cell(page, 3).locator(".line").first.dblclick(position={"x": 80, "y": 8})
    assert page.evaluate("getSelection().toString().length") > 0
    expect(page.locator(".cell-said")).to_have_count(0)


def test_without_scripts_a_cell_is_commented_on(open_workspace):
    page = open_workspace(java_script_enabled=False)
    page.get_by_label("Summary").fill("So far.")
    cell(page, 3).get_by_role("button", name="Comment on cell 3").click()
    place = cell(page, 3).get_by_label("New comment on cell 3")
    place.fill("With which seed?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(cell(page, 3).get_by_label("Comment 1 on cell 3")).to_have_value("With which seed?")
    expect(page.get_by_label("Summary")).to_have_value("So far.")
    assert places() == [("With which seed?", 3, None, None)]


def test_a_saved_reply_goes_where_one_writes(open_workspace, mateo):
    factory.make_reply(mateo, text="Well done, {name}.")
    page = open_workspace()
    card = page.locator(".criterion").first
    card.get_by_text("Saved replies", exact=True).click()
    card.locator("button.reply").first.click()
    expect(card.locator("textarea").first).to_have_value("Well done, Amara.")
    saved(page)


def test_a_private_note_is_kept_beside_the_draft(open_workspace):
    page = open_workspace()
    open_panel(page, "Mentee")
    page.get_by_label("New private note").fill("Ask about *seeds*.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("#mentor-notes em")).to_have_text("seeds")
    open_panel(page, "Verdict")
    page.get_by_label("Summary").fill("Still here.")
    saved(page)


@pytest.mark.parametrize("panel", ["Questions", "Verdict", "Mentee"])
def test_on_a_phone(open_workspace, panel):
    page = open_workspace()
    page.set_viewport_size({"width": 360, "height": 740})
    open_panel(page, panel)
    check_look(page)
    page.get_by_role("link", name="The work").click()
    expect(page.get_by_role("link", name="Your review")).to_be_visible()
