"""Two changes asked for in round 1: one is settled in round 2, the other is carried on and settled in round 3."""

import re

import pytest
from playwright.sync_api import expect

from projects.carrying import carry_into
from projects.models import ChangeRequest, Submission
from tests import factory
from tests.browser.conftest import check_look, open_panel
from tests.browser.reviewing import publish, take

pytestmark = pytest.mark.django_db(transaction=True)
CELLS = ["rides = load()", "train, test = split(rides)\nlen(train)", "forest.fit(train)"]


@pytest.fixture
def work(cohort, amara):
    submission = factory.make_submission(cohort.memberships.get(person=amara))
    factory.make_notebook(submission.rounds.get(), CELLS)
    return submission


def ask_for_a_change(page, number, text):
    """On a cell, by its button."""
    cell = page.locator(f".nb-cell[id$='-{number}']")
    cell.hover()
    cell.get_by_role("button", name=re.compile("Comment")).first.click()
    page.keyboard.type(text)
    cell.get_by_label("Asks for a change").last.check()
    page.keyboard.press("Escape")


def hand_in_again(page, work, answers):
    """The next round: what was done about each change request that is still asked for."""
    page.goto(f"/submissions/{work.pk}/hand-in/")
    boxes = page.get_by_label("How you addressed it")
    expect(boxes).to_have_count(len(answers))
    for number, answer in enumerate(answers):
        boxes.nth(number).fill(answer)
    check_look(page)
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))
    notebook = factory.make_notebook(work.rounds.last(), [CELLS[0], "# by time now", CELLS[1] + "\n", CELLS[2]])
    carry_into(notebook.pk)


def states():
    return list(ChangeRequest.objects.order_by("pk").values_list("state", flat=True))


def test_a_change_request_is_carried_across_three_rounds(open_page, work, amara, mateo):
    mentor, mentee = open_page(mateo), open_page(amara)
    take(mentor)
    ask_for_a_change(mentor, 2, "Split by time.")
    ask_for_a_change(mentor, 3, "Why a forest?")
    publish(mentor, "Changes requested", "A good start.")
    mentor.wait_for_url(re.compile(r"/submissions/\d+/"))
    assert states() == ["open", "open"]

    hand_in_again(mentee, work, ["By time now: cell 2.", ""])
    assert states() == ["addressed", "open"]

    take(mentor)
    open_panel(mentor, "Changes")
    mentor.get_by_label("Accept", exact=True).first.check()
    check_look(mentor)
    publish(mentor, "Changes requested", "Half of it is there.")
    mentor.wait_for_url(re.compile(r"/submissions/\d+/"))
    assert states() == ["accepted", "open"]

    hand_in_again(mentee, work, ["It was no better than the line; I say so."])
    assert states() == ["accepted", "addressed"]

    take(mentor)
    publish(mentor, "Accepted", "All of it is there.")
    mentor.get_by_text("Accept or waive every open change request first.").wait_for()
    open_panel(mentor, "Changes")
    mentor.get_by_label("Accept", exact=True).check()
    publish(mentor, "Accepted", "All of it is there.")
    mentor.wait_for_url(re.compile(r"/submissions/\d+/"))
    assert states() == ["accepted", "accepted"]
    assert Submission.objects.get().state == "accepted"
    mentee.goto(work.get_absolute_url())
    expect(mentee.get_by_text("All of it is there.")).to_be_visible()
    check_look(mentee)
