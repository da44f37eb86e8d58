"""The questions of a project in a real browser: answering, scoring, saved replies, calibrating, what stays weak."""

import re

import pytest

from projects.models import Calibration, Review
from tests import factory
from tests.browser.conftest import check_look, check_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seat(cohort, amara):
    return cohort.memberships.get(person=amara)


@pytest.fixture
def submission(seat):
    """Handed in with how sure Amara is."""
    project = seat.cohort.stream.items.get(kind="project").project
    first, second = project.criteria.all()
    return factory.make_submission(seat, confidence={first.pk: 5, second.pk: 2})


def test_a_mentee_says_how_sure_and_a_mentor_scores(open_page, seat, amara, mateo, stream):
    project = stream.items.get(kind="project").project
    mentee, mentor = open_page(amara), open_page(mateo)
    mentee.goto(f"/projects/{project.key}/hand-in/")
    mentee.get_by_label("Title").fill("Rent in Lagos")
    mentee.get_by_label("Write-up").fill("Why.")
    for number in (1, 2):
        mentee.get_by_label(f"Why {number}?").fill("Because.")
    mentee.locator(".scale").nth(0).get_by_text("Certain").click()
    mentee.locator(".scale").nth(1).get_by_text("Guessing").click()
    mentee.get_by_role("button", name="Hand in", exact=True).click()
    mentee.wait_for_url(re.compile(r"/submissions/\d+/$"))
    waiting = seat.submissions.get().rounds.get()
    waiting.claim(by=mateo)
    mentor.goto(f"/rounds/{waiting.pk}/review/")
    mentor.locator(".criterion .scale").first.get_by_text("Not yet").click()
    mentor.get_by_text("Saved just now").wait_for()
    first = project.criteria.first()
    assert Review.objects.get().scores.get(criterion=first).level == "not_yet"


def test_a_saved_reply_is_put_in_where_one_writes(open_page, submission, mateo):
    waiting = submission.rounds.get()
    waiting.claim(by=mateo)
    factory.make_reply(mateo, title="Baseline", text="{name}, what does the mean score?", criterion="why-1")
    page = open_page(mateo)
    page.goto(f"/rounds/{waiting.pk}/review/")
    question = page.locator(".criterion").first
    question.get_by_text("Saved replies", exact=True).click()
    question.get_by_role("button", name="Baseline").click()
    assert question.locator("textarea").first.input_value() == "Amara, what does the mean score?"
    page.get_by_text("Saved just now").wait_for()
    assert Review.objects.get().comments.get().text == "Amara, what does the mean score?"


def test_calibrating(open_page, cohort, mateo):
    page = open_page(mateo)
    page.goto("/calibration/")
    page.get_by_role("link", name=re.compile("Will the train be late")).click()
    check_look(page)
    for place in range(6):
        page.locator(".question-asked .scale").nth(place).get_by_text("Partly").click()
    page.get_by_label("Comment").nth(3).fill("What would “never” score?")
    page.get_by_label("Asks for a change").nth(3).check()
    page.get_by_label("Summary").fill("Careful.")
    page.get_by_text("Request changes").click()
    page.get_by_role("button", name="Compare with the reference").click()
    page.get_by_text("You score 2 of 6 questions as the reference does").wait_for()
    check_look(page)
    assert Calibration.objects.get().judged("metric").blocking


@pytest.mark.parametrize("which", ["round", "submission", "why", "replies", "reply", "calibration"])
def test_every_page_in_both_themes_and_sizes(open_page, submission, which, amara, mateo, ada):
    first, second = submission.project.criteria.all()
    scores = {first.pk: "not_yet", second.pk: "beyond"}
    review = factory.make_review(submission, mateo, factory.make_draft(scores=scores))
    reply = factory.make_reply(mateo, shared=True, project=submission.project)
    person, address = {
        "round": (amara, review.round.get_absolute_url()),
        "submission": (amara, submission.get_absolute_url()),
        "why": (mateo, f"/why/{amara.handle}/"),
        "replies": (mateo, "/replies/"),
        "reply": (mateo, f"/replies/{reply.pk}/"),
        "calibration": (ada, "/calibration/"),
    }[which]
    check_looks(open_page, address, person)
