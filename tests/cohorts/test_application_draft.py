"""The form saves itself: a draft for each person and cohort, restored on return, gone once sent."""

import pytest

from mentorship.cohorts.models import Application, ApplicationDraft, ApplicationQuestion
from tests import factory

ANSWERS = {"motivation": "To switch.", "background": "Physics.", "goal": "A job.", "hours_a_week": "10", "link": ""}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def address(open_cohort):
    return f"/cohorts/{open_cohort.slug}/apply/"


@pytest.fixture
def client(sign_in, olga):
    return sign_in(olga)


def test_what_is_typed_is_there_on_return_however_wrong(client, ada, address, open_cohort):
    own = ApplicationQuestion.ask(cohort=open_cohort, by=ada, label="Which machine?")
    typed = {"motivation": "Half a sent", "hours_a_week": "many", own.name: "Old", "version": "0", "other": "x"}
    saved = client.post(address + "draft/", typed, headers=HTMX)
    assert (saved.status_code, 'name="version" value="1"' in saved.text) == (200, True)
    page = client.get(address).text
    for text in ("Half a sent", 'value="many"', 'value="Old"', "Here is what you had typed"):
        assert text in page
    assert "other" not in ApplicationDraft.objects.get().content
    assert not Application.objects.exists()


def test_without_script_a_button_saves(client, address):
    assert client.post(address + "draft/", ANSWERS | {"version": "0"}).url == address
    assert "To switch." in client.get(address).text


def test_sending_empties_it_and_changes_are_drafts_again(client, address):
    client.post(address + "draft/", ANSWERS | {"version": "0"})
    client.post(address, ANSWERS)
    assert ApplicationDraft.objects.get().content == {}
    client.post(address + "draft/", ANSWERS | {"goal": "Another goal", "version": "2"})
    page = client.get(address).text
    assert "changes here that are not sent yet" in page
    assert "Another goal" in page
    assert Application.objects.get().goal == "A job."
    client.post(address + "draft/drop/")
    assert "Another goal" not in client.get(address).text


def test_two_windows_do_not_overwrite_each_other(client, address):
    client.post(address + "draft/", {"goal": "One", "version": "0"}, headers=HTMX)
    other = client.post(address + "draft/", {"goal": "Two", "version": "0"}, headers=HTMX)
    assert other.status_code == 409
    assert "Other words were saved" in other.text
    assert "<dd>One</dd>" in other.text
    assert ApplicationDraft.objects.get().content == {"goal": "One"}
    meant = client.post(address + "draft/", {"goal": "Two", "version": "0", "overwrite": "1"}, headers=HTMX)
    assert meant.status_code == 200
    assert ApplicationDraft.objects.get().content == {"goal": "Two"}


def test_the_same_words_from_two_windows_are_no_conflict(client, address):
    for _ in range(2):
        assert client.post(address + "draft/", {"goal": "One", "version": "0"}, headers=HTMX).status_code == 200


def test_each_person_has_their_own(client, sign_in, bela, address):
    client.post(address + "draft/", {"goal": "Olga's", "version": "0"})
    assert "Olga&#x27;s" not in sign_in(bela).get(address).text


def test_what_is_far_too_long_or_odd_is_refused_or_cleaned(client, address):
    long = client.post(address + "draft/", {"goal": "x" * 100_001, "version": "0"}, headers=HTMX)
    assert (long.status_code, "too long" in long.text) == (409, True)
    odd = {"goal": "a\0b", "version": "-1", "overwrite": "9" * 40}
    assert client.post(address + "draft/", odd, headers=HTMX).status_code == 200
    assert ApplicationDraft.objects.get().content == {"goal": "ab"}


def test_when_it_is_decided_meanwhile_the_page_says_so(client, ada, olga, address, open_cohort):
    factory.make_application(open_cohort, olga).accept(by=ada)
    open_cohort.start(by=ada)
    answer = client.post(address + "draft/", {"goal": "Late", "version": "0"}, headers=HTMX)
    assert (answer.status_code, "takes no applications" in answer.text) == (409, True)


def test_a_session_that_ended_leads_to_sign_in(sign_in, address):
    assert "/accounts/login/" in sign_in(None).post(address + "draft/", {"goal": "x"}, headers=HTMX)["Location"]
