"""Threads in a real browser: replying in place, editing, preview; the verdict's way back; the look of each page."""

import re

import pytest

from projects.carrying import carry_into
from projects.draft import Said
from projects.models import Remark, Submission
from tests import factory
from tests.browser.conftest import check_look, check_looks

pytestmark = pytest.mark.django_db(transaction=True)

SOURCES = ["rides = load()\nrides.head()", "train, test = split(rides, 0.2)\nlen(train)", "forest.fit(train)"]


@pytest.fixture
def reviewed(cohort, amara, mateo):
    """Amara's work, with comments on the round, on a cell and on a line; a reply on one."""
    submission = factory.make_submission(cohort.memberships.get(person=amara))
    notebook = factory.make_notebook(submission.rounds.get(), SOURCES)
    said = (
        Said("a", "Why this *metric*?", blocking=True),
        Said("b", "Which hours are in the test part?", blocking=True, file=notebook.pk, cell=2, line_from=1, line_to=1),
        Said("c", "A fine start.", file=notebook.pk, cell=1),
    )
    factory.make_review(submission, mateo, factory.make_draft(comments=said))
    return submission


@pytest.fixture
def second(reviewed):
    """The next round, in which one cell changed and one is gone."""
    work = factory.make_work(reviewed.project)
    round = reviewed.hand_in(by=reviewed.author, work=work)
    notebook = factory.make_notebook(round, ["# Rides", SOURCES[1].replace("len", "print")])
    carry_into(notebook.pk)
    return round


def test_replying_in_place(open_page, reviewed, amara):
    page = open_page(amara)
    page.goto(reviewed.rounds.get().get_absolute_url())
    thread = page.locator(".nb-cell .thread", has_text="Which hours")
    thread.get_by_role("link", name="Reply").click()
    box = thread.get_by_label("Your reply")
    box.wait_for()
    assert box.evaluate("one => one === document.activeElement")
    box.fill("All of *them*.")
    thread.get_by_role("button", name="Preview").click()
    thread.locator("em", has_text="them").wait_for()
    check_look(page)
    thread.get_by_role("button", name="Reply").click()
    thread.locator(".remark em", has_text="them").wait_for()
    assert Remark.objects.get().text == "All of *them*."
    assert "/rounds/" in page.url
    thread.get_by_role("link", name="Edit your reply").click()
    thread.get_by_role("textbox", name="Edit your reply").fill("All of them, mixed.")
    thread.get_by_role("button", name="Save").click()
    thread.get_by_text("edited just now").wait_for()


def test_a_refusal_in_place_keeps_the_thread(open_page, reviewed, amara):
    page = open_page(amara)
    page.goto(reviewed.get_absolute_url())
    thread = page.locator(".thread", has_text="Why this metric?")
    thread.get_by_role("link", name="Reply").click()
    thread.get_by_role("button", name="Reply").click()
    thread.get_by_role("alert").get_by_text("Write something first.").wait_for()
    thread.get_by_label("Your reply").fill("Because.")
    thread.get_by_role("button", name="Reply").click()
    thread.locator(".remark", has_text="Because.").wait_for()


def test_without_scripts(open_page, reviewed, amara):
    page = open_page(amara, java_script_enabled=False)
    page.goto(reviewed.get_absolute_url())
    page.locator(".thread", has_text="Why this metric?").get_by_role("link", name="Reply").click()
    page.wait_for_url(re.compile(r"/comments/\d+/"))
    page.get_by_label("Your reply").fill("Because.")
    page.get_by_role("button", name="Reply").click()
    page.get_by_text("Your reply is there").wait_for()
    assert page.locator(".remark", has_text="Because.").count() == 1


def test_how_a_change_was_addressed_is_noted_in_place(open_page, reviewed, amara):
    page = open_page(amara)
    page.goto(reviewed.get_absolute_url())
    request = page.locator(".request", has_text="Which hours")
    request.locator("summary").click()
    request.get_by_label("How you addressed it").fill("I print them.")
    request.get_by_role("button", name="Note it").click()
    request.get_by_text("Noted", exact=True).wait_for()
    check_look(page)
    page.get_by_role("link", name="Hand in round 2").click()
    assert page.locator("textarea", has_text="I print them.").count() == 1


def test_an_accident_is_taken_back(open_page, reviewed, mateo):
    page = open_page(mateo)
    page.goto(reviewed.get_absolute_url())
    page.get_by_role("button", name="Take this verdict back").click()
    page.wait_for_url(re.compile(r"/rounds/\d+/review/$"))
    page.get_by_text("Taken back").wait_for()
    assert Submission.objects.get().state == "awaiting_mentor"


@pytest.mark.parametrize("which", ["submission", "round", "next", "comment", "edited"])
def test_every_page_in_both_themes_and_sizes(open_page, reviewed, which, amara, mateo, request):
    first = reviewed.rounds.get()
    comment = first.reviews.get().comments.get(key="b")
    comment.reply(by=amara, text="All of them.\n\n```\nx = 1\n```")
    comment.edit(by=mateo, text="Which hours fall into the test part?")
    later = request.getfixturevalue("second") if which == "next" else first
    person, address = {
        "submission": (mateo, reviewed.get_absolute_url()),
        "round": (amara, first.get_absolute_url()),
        "next": (amara, later.get_absolute_url()),
        "comment": (amara, comment.get_absolute_url()),
        "edited": (mateo, f"/comments/{comment.pk}/edit/"),
    }[which]
    check_looks(open_page, address, person)
