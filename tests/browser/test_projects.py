"""Handing in and reviewing in a real browser: what htmx does there, and the look of each page."""

import re

import pytest

from projects import notebooks
from projects.models import Review, RoundFile, Submission
from projects.work import NOTEBOOK
from tests import factory
from tests.browser.conftest import check_look, check_looks, open_panel

CELLS = b"""{"cells": [{"cell_type": "markdown", "metadata": {}, "source": "# Rent"}, {"cell_type": "code",
"metadata": {}, "execution_count": 1, "source": "1 + 1", "outputs": [{"output_type": "execute_result",
"execution_count": 1, "metadata": {}, "data": {"text/plain": "2"}}]}], "metadata": {}, "nbformat": 4,
"nbformat_minor": 4}"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seat(cohort, amara):
    return cohort.memberships.get(person=amara)


@pytest.fixture
def second(seat, mateo):
    """The second round, held by Mateo: one change was requested before, and addressed; a notebook is rendered."""
    submission = factory.make_submission(seat)
    factory.make_review(submission, mateo)
    request = submission.change_requests.get()
    files = (factory.make_upload("eda.ipynb", CELLS, NOTEBOOK),)
    work = factory.make_work(submission.project, addressed={request.pk: "Recall too."}, files=files)
    second = submission.hand_in(by=submission.author, work=work)
    second.claim(by=mateo)
    return second


def test_handing_in(open_page, seat, amara, stream):
    project = stream.items.get(kind="project").project
    page = open_page(amara)
    page.goto(f"/projects/{project.key}/")
    page.get_by_role("link", name="Hand in round 1").click()
    page.get_by_label("Title").fill("Rent in Lagos")
    page.get_by_label("Write-up").fill("It *matters*.")
    page.get_by_role("button", name="Preview the write-up").click()
    page.locator("#preview em", has_text="matters").wait_for()
    assert page.get_by_label("Title").input_value() == "Rent in Lagos"
    for question in ("Why 1?", "Why 2?"):
        page.get_by_label(question).fill("Because.")
    upload = {"name": "eda.ipynb", "mimeType": "application/json", "buffer": CELLS}
    page.locator("input[type=file]").set_input_files([upload])
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))
    check_look(page)
    assert Submission.objects.get().title == "Rent in Lagos"


def test_a_notebook_appears_when_it_is_rendered(open_page, second, amara):
    page = open_page(amara)
    page.goto(second.get_absolute_url())
    page.get_by_text("This file is being prepared").wait_for()
    notebooks.render_file(RoundFile.objects.get().pk)
    page.locator(".notebook").get_by_text("Rent").wait_for()
    assert page.get_by_text("This file is being prepared").count() == 0


def test_what_is_typed_is_saved_and_two_windows_lose_nothing(open_page, second, mateo):
    address = f"/rounds/{second.pk}/review/"
    here, there = open_page(mateo), open_page(mateo)
    for page in (here, there):
        page.goto(address)
    for page in (here, there):
        open_panel(page, "Verdict")
    here.get_by_label("Summary").fill("From here")
    here.get_by_text("Saved just now").wait_for()
    open_panel(here, "Questions")
    here.get_by_label("New comment on Why 1?").fill("Good.")
    here.locator("[name=version][value='2']").wait_for(state="attached")
    assert Review.objects.get(state="draft").comments.get().text == "Good."
    there.get_by_label("Summary").fill("From there")
    there.get_by_text("changed in another window").wait_for()
    assert there.get_by_label("Summary").input_value() == "From there"
    assert there.locator("#saved").get_by_text("From here").count() == 1
    check_look(there)
    there.get_by_role("button", name="Keep what is typed here").click()
    there.locator("#saved p.saved").wait_for()
    assert Review.objects.get(state="draft").summary == "From there"


def test_a_review_from_the_queue_to_its_publication(open_page, second, mateo):
    page = open_page(mateo)
    page.goto("/queue/?tab=claimed")
    page.get_by_role("link", name="Review", exact=True).click()
    open_panel(page, "Changes")
    page.get_by_label("Accept", exact=True).check()
    open_panel(page, "Verdict")
    page.get_by_label("Summary").fill("Well done.")
    page.get_by_label("Accepted").check()
    page.get_by_role("button", name="Preview, then publish").click()
    page.get_by_text("What Amara Okafor will see").wait_for()
    check_look(page)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))
    assert Submission.objects.get().state == "accepted"


@pytest.mark.parametrize("which", ["projects", "brief", "hand-in", "submission", "round", "queue", "workspace"])
def test_every_page_in_both_themes_and_sizes(open_page, second, which, amara, bela, mateo):
    notebooks.render_file(RoundFile.objects.get().pk)
    submission = second.submission
    key = submission.project.key
    person, address = {
        "projects": (amara, "/projects/"),
        "brief": (amara, f"/projects/{key}/"),
        "hand-in": (bela, f"/projects/{key}/hand-in/"),
        "submission": (amara, submission.get_absolute_url()),
        "round": (amara, second.get_absolute_url()),
        "queue": (mateo, "/queue/?tab=claimed"),
        "workspace": (mateo, f"/rounds/{second.pk}/review/"),
    }[which]
    check_looks(open_page, address, person)
