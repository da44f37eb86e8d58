"""Applying and triage in a real browser: no word is lost, the mail follows the note, the line is moved."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from mentorship.cohorts.models import Application, ApplicationDraft, ApplicationQuestion, ApplicationScore
from tests import factory
from tests.browser.conftest import check_look, check_looks
from tests.worker import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asking(stream, ada):
    """A cohort with questions of its own, a reviewer, and people in each state."""
    cohort = factory.make_cohort(stream=stream, state="open", seats=3)
    ask = {"cohort": cohort, "by": ada}
    ApplicationQuestion.ask(label="Which machine do you use?", help="It need not be fast.", **ask)
    ApplicationQuestion.ask(label="Which evening?", kind="choice", choices=["Monday", "Thursday"], required=True, **ask)
    factory.make_membership(cohort, factory.make_person("Inês Sousa"), role="mentor").name_reviewer(by=ada)
    for verb in ("waitlist", "waitlist", "accept", "decline", ""):
        row = factory.make_application(cohort, factory.make_person(), motivation="I count birds with a camera. " * 9)
        ApplicationScore.give(row, by=ada, score=4, comment="Clear about what they want.")
        if verb:
            getattr(row, verb)(by=ada, note="A word.")
    return cohort


def test_what_is_typed_survives_a_session_that_ends(open_page, asking, olga):
    page = open_page(olga, forgive=True)
    address = f"/cohorts/{asking.slug}/apply/"
    page.goto(address)
    page.get_by_label("Why do you want to join?").fill("Birds.")
    expect(page.locator("#saved")).to_contain_text("Saved just now")
    assert until(lambda: ApplicationDraft.objects.get().content.get("motivation") == "Birds.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Where do you want to be").fill("In the field.")
    page.wait_for_url("**/accounts/login/**")
    page.get_by_label("E-mail address").fill(olga.email)
    page.get_by_label("Password").fill(factory.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{address}")
    expect(page.get_by_label("Where do you want to be")).to_have_value("In the field.")
    assert until(lambda: ApplicationDraft.objects.get().content.get("goal") == "In the field.")
    page.get_by_label("What have you learned").fill("Physics.")
    page.get_by_label("How many hours").fill("9")
    page.get_by_role("button", name="Send the application").click()
    page.get_by_text("This field is required").wait_for()  # an evening was not chosen
    check_look(page)
    page.get_by_label("Thursday").check()
    page.get_by_role("button", name="Send the application").click()
    page.get_by_role("heading", name="Waiting for a decision").wait_for()
    assert Application.objects.get(person=olga).goal == "In the field."


def test_the_mail_follows_the_note_and_the_line_is_moved(open_page, asking, ada):
    page = open_page(ada)
    waiting = asking.applications.get(state="submitted")
    page.goto(waiting.get_absolute_url())
    page.get_by_label("A word to the applicant").fill("See you on Monday.")
    expect(page.locator("#mails .letter").first).to_contain_text("See you on Monday.")
    first, second = asking.applications.waitlist()
    page.goto(f"/cohorts/{asking.slug}/applications/?state=waitlisted")
    page.get_by_role("button", name=f"Move {second.person} up").press("Enter")
    expect(page.locator("#line li").first).to_contain_text(f"1. {second.person}")
    assert list(asking.applications.waitlist()) == [second, first]
    page.get_by_label(f"Choose {first.person}").check()
    page.get_by_label(f"Choose {second.person}").check()
    page.get_by_role("button", name="Accept…").click()
    page.get_by_role("heading", name="Accept: 2 people").wait_for()
    check_look(page)
    page.get_by_role("button", name="Accept, and send the mails").click()
    page.get_by_text("2 people are accepted and told so.").wait_for()


def test_every_page_is_clean(open_page, asking, ada, olga):
    base = f"/cohorts/{asking.slug}/"
    row = asking.applications.get(state="submitted")
    compared = "&".join(f"chosen={pk}" for pk in asking.applications.values_list("pk", flat=True)[:3])
    question = asking.application_questions.first()
    pages = ["questions/", f"questions/{question.pk}/", "applications/", "applications/?state=waitlisted"]
    pages += ["applications/board/", f"applications/{row.pk}/", f"applications/compare/?{compared}"]
    for address in [*pages, "applications/reviewers/"]:
        check_looks(open_page, base + address, ada)
    check_looks(open_page, base + "apply/", olga)
