"""Never is a typed word lost: the faults are real ones, the words are looked for on the server at the end."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from projects.models import Review, Round, Submission
from tests import factory
from tests.browser.conftest import check_look, open_panel, session_cookie
from tests.browser.gate import Gate
from tests.worker import until

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 20_000


@pytest.fixture
def waiting(cohort, amara, mateo):
    """Amara's first round, held by Mateo."""
    waiting = factory.make_submission(cohort.memberships.get(person=amara)).rounds.get()
    waiting.claim(by=mateo)
    return waiting


@pytest.fixture
def gate(live_server):
    address = urlsplit(live_server.url)
    gate = Gate((address.hostname, address.port))
    yield gate
    gate.shut()


@pytest.fixture
def open_workspace(open_page, waiting, mateo):
    def open_workspace(person=mateo, **options):
        page = open_page(person, forgive=True, **options)
        page.goto(f"/rounds/{waiting.pk}/review/")
        return page

    return open_workspace


def write(page, text):
    open_panel(page, "Verdict")
    page.get_by_label("Summary").fill(text)


def sign_in_here(page, person):
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(factory.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def saved(page):
    expect(page.locator("#saved")).to_contain_text("Saved just now", timeout=SOON)
    expect(page.locator("#trouble")).to_be_hidden(timeout=SOON)


def stored(text):
    """Whether the draft comes to say this: the words of the page before are 'saved just now' for a moment too."""
    return until(lambda: Review.objects.get().summary == text)


def test_the_server_is_stopped_and_comes_back(open_page, live_server, gate, waiting, mateo):
    page = open_page(forgive=True)
    page.context.add_cookies([session_cookie(mateo, gate.url)])
    page.goto(f"{gate.url}/rounds/{waiting.pk}/review/")
    write(page, "Before.")
    saved(page)
    gate.shut()
    write(page, "Before, and while it was away.")
    expect(page.locator("#trouble")).to_contain_text("No connection", timeout=SOON)
    check_look(page)
    gate.open()
    saved(page)
    assert stored("Before, and while it was away.")


def test_the_page_is_closed_while_the_server_is_stopped(open_page, gate, waiting, mateo):
    page = open_page(forgive=True)
    page.context.add_cookies([session_cookie(mateo, gate.url)])
    page.goto(f"{gate.url}/rounds/{waiting.pk}/review/")
    gate.shut()
    write(page, "Typed into the dark.")
    page.get_by_label("Comment, in Markdown").or_(page.get_by_label("New comment on the whole round")).fill("And this.")
    page.close()
    gate.open()
    page = page.context.new_page()
    page.goto(f"{gate.url}/rounds/{waiting.pk}/review/")
    expect(page.locator("#restored")).to_contain_text("is back in its places")
    saved(page)
    assert stored("Typed into the dark.")
    assert Review.objects.get().comments.get().text == "And this."


def test_the_page_is_left_before_it_was_saved(open_workspace, waiting):
    page = open_workspace()
    write(page, "At the last moment.")
    page.goto("/faq/")
    page.goto(f"/rounds/{waiting.pk}/review/")
    write_again = page.get_by_label("Summary")
    expect(write_again).to_have_value("At the last moment.")
    open_panel(page, "Verdict")
    saved(page)
    assert stored("At the last moment.")


def test_the_session_ends_and_another_tab_signs_in(open_workspace, mateo, live_server):
    page = open_workspace()
    write(page, "Before.")
    saved(page)
    page.context.clear_cookies()
    write(page, "Signed out by now.")
    expect(page.locator("#trouble")).to_contain_text("You are signed out", timeout=SOON)
    other = page.context.new_page()
    other.goto("/accounts/login/")
    sign_in_here(other, mateo)
    other.wait_for_url(re.compile("/home/"))
    page.bring_to_front()
    saved(page)
    assert stored("Signed out by now.")


def test_without_scripts_the_words_wait_until_one_has_signed_in_again(open_workspace, mateo):
    page = open_workspace(java_script_enabled=False)
    csrf = [cookie for cookie in page.context.cookies() if "csrf" in cookie["name"]]
    page.get_by_label("Summary").fill("Typed without scripts.")
    page.context.clear_cookies()
    page.context.add_cookies(csrf)
    page.get_by_role("button", name="Save", exact=True).click()
    sign_in_here(page, mateo)
    expect(page.get_by_label("Summary")).to_have_value("Typed without scripts.")
    expect(page.locator("#saved")).to_contain_text("is not saved yet")
    page.get_by_role("button", name="Save", exact=True).click()
    assert stored("Typed without scripts.")


def test_another_person_signs_in_and_the_words_are_not_theirs(open_workspace, cohort, waiting, live_server):
    ines = factory.make_person("Inês Duarte")
    factory.make_membership(cohort, ines, role="mentor")
    page = open_workspace()
    write(page, "Mateo's words.")
    saved(page)
    page.context.clear_cookies()
    page.context.add_cookies([session_cookie(ines, live_server.url)])
    waiting.release(by=waiting.claimed_by)
    waiting.claim(by=ines)
    write(page, "Mateo's next words.")
    expect(page.locator("#saved")).to_contain_text("signed in as Inês Duarte", timeout=SOON)
    assert not Review.objects.filter(mentor=ines).exists()


def test_the_claim_runs_out_and_somebody_else_takes_the_round(open_workspace, cohort, waiting):
    ines = factory.make_person("Inês Duarte")
    factory.make_membership(cohort, ines, role="mentor")
    page = open_workspace()
    write(page, "Before.")
    saved(page)
    Round.objects.filter(pk=waiting.pk).update(claimed_until=factory.days_ago(1))
    waiting.claim(by=ines)
    write(page, "After.")
    expect(page.locator("#claim")).to_contain_text("Inês Duarte holds this round now", timeout=SOON)
    saved(page)
    assert Review.objects.get(mentor__name="Mateo Rojas").summary == "After."


def test_the_mentee_withdraws_meanwhile(open_page, open_workspace, waiting, amara):
    page = open_workspace()
    write(page, "Before.")
    saved(page)
    mentee = open_page(amara)
    mentee.goto(waiting.submission.get_absolute_url())
    mentee.get_by_text("Withdraw this work").click()
    mentee.get_by_role("button", name="Withdraw").click()
    mentee.wait_for_url(re.compile("/"))
    write(page, "After.")
    expect(page.locator("#claim")).to_contain_text("This round is withdrawn", timeout=SOON)
    saved(page)
    assert stored("After.")
    page.reload()
    expect(page.get_by_label("Summary")).to_have_value("After.")


def test_two_browsers_publish_one_draft(open_workspace):
    here, there = open_workspace(), open_workspace()
    for page, words in ((here, "From here."), (there, "From there.")):
        write(page, words)
        page.get_by_label("Accepted").check()
    saved(here)
    expect(there.locator("#saved")).to_contain_text("changed in another window", timeout=SOON)
    here.get_by_role("button", name="Preview, then publish").click()
    here.get_by_role("button", name="Publish", exact=True).click()
    here.wait_for_url(re.compile(r"/submissions/\d+/$"))
    there.get_by_role("button", name="Keep what is typed here").click()
    expect(there.locator("#saved")).to_contain_text("published and stands", timeout=SOON)
    expect(there.get_by_label("Summary")).to_have_value("From there.")
    assert (Submission.objects.get().state, Review.objects.get().summary) == ("accepted", "From here.")


def test_older_words_of_this_browser_are_offered_beside_newer_ones(open_workspace, waiting, mateo):
    page = open_workspace()
    page.evaluate(
        """([key, fields]) => localStorage.setItem(key, JSON.stringify({tab: "x", version: "7", at: 0, fields}))""",
        [f"draft:{mateo.pk}:{waiting.pk}", [["summary", "Older words"]]],
    )
    page.reload()
    box = page.locator("#restored")
    expect(box).to_contain_text("Older words")
    check_look(page)
    box.get_by_role("button", name="Put it back here").click()
    expect(page.get_by_label("Summary")).to_have_value("Older words")
    saved(page)
    assert stored("Older words")


def test_a_removed_comment_can_be_put_back(open_workspace):
    page = open_workspace()
    page.get_by_label("New comment on Why 1?").fill("Why not both?")
    saved(page)
    page.get_by_role("button", name="Remove").first.click()
    page.get_by_role("button", name="Put it back").click()
    saved(page)
    assert Review.objects.get().comments.get().text == "Why not both?"
