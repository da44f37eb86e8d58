"""The workspace as a browser uses it: autosave by htmx, plain forms without JavaScript."""

import pytest

from projects.models import Review
from tests import factory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def held(waiting, mateo):
    waiting.claim(by=mateo)
    return waiting


@pytest.fixture
def address(held):
    return f"/rounds/{held.pk}/review/"


def typed(version=0, **fields):
    words = {"version": version, "summary": "Good.", "verdict": "changes_requested", "comment": ["k1", "k2"]}
    return words | {"comment-k1-text": "Why?", "comment-k1-blocking": "1", "comment-k2-text": ""} | fields


def test_typing_saves(sign_in, mateo, address):
    client = sign_in(mateo)
    page = client.post(address, typed(), headers=HTMX).content.decode()
    assert 'name="version" value="1"' in page
    assert "<html" not in page
    review = Review.objects.get()
    assert [(c.text, c.blocking) for c in review.comments.all()] == [("Why?", True)]


def test_a_plain_submit_saves_and_shows_it_again(sign_in, mateo, address):
    client = sign_in(mateo)
    assert client.post(address, typed()).url == address
    assert "Why?" in client.get(address).content.decode()


def test_a_comment_is_removed(sign_in, mateo, address):
    client = sign_in(mateo)
    client.post(address, typed())
    client.post(address, typed(1, remove="k1"))
    assert not Review.objects.get().comments.exists()


def test_another_window_gets_both_texts(sign_in, mateo, address):
    client = sign_in(mateo)
    client.post(address, typed(summary="From the other window"))
    answer = client.post(address, typed(summary="From this window"), headers=HTMX)
    assert answer.status_code == 409
    assert "From the other window" in answer.content.decode()
    whole = client.post(address, typed(summary="From this window"))
    assert whole.status_code == 409
    assert "From this window" in whole.content.decode()
    assert "From the other window" in whole.content.decode()
    client.post(address, typed(summary="From this window", overwrite="1"))
    assert Review.objects.get().summary == "From this window"


def test_the_same_words_again_are_no_conflict(sign_in, mateo, address):
    client = sign_in(mateo)
    client.post(address, typed())
    assert client.post(address, typed(), headers=HTMX).status_code == 200


def test_what_cannot_be_stored_is_said_and_kept(sign_in, mateo, address):
    answer = sign_in(mateo).post(address, typed(summary="x" * 20_001))
    assert answer.status_code == 422
    assert "x" * 20_001 in answer.content.decode()


def test_preview_then_publish(sign_in, mateo, amara, held, address, submission):
    client = sign_in(mateo)
    preview = client.post(address, typed(preview="1", summary="A *good* start")).url
    page = client.get(preview).content.decode()
    assert "<em>good</em>" in page
    assert "Why?" in page
    answer = client.post(f"{address}publish/", {"version": 1})
    assert answer.url == submission.get_absolute_url()
    assert "<em>good</em>" in sign_in(amara).get(answer.url).content.decode()


def test_who_publishes_reads_who_is_told(sign_in, mateo, amara, bela, cohort, address):
    client = sign_in(mateo)
    client.post(address, typed(summary="A good start"))
    assert f"{amara} is told." in client.post(f"{address}publish/", {"version": 1}, follow=True).text
    work = factory.make_team_work(cohort, amara, bela)
    round = work.rounds.get()
    round.claim(by=mateo)
    address = f"/rounds/{round.pk}/review/"
    client.post(address, typed(summary="A good start"))
    assert "The team is told." in client.post(f"{address}publish/", {"version": 1}, follow=True).text


def test_a_refused_publication_says_why_in_the_workspace(sign_in, mateo, address):
    client = sign_in(mateo)
    client.post(address, typed(verdict=""))
    page = client.post(f"{address}publish/", {"version": 1}, follow=True).content.decode()
    assert "Choose a verdict first." in page


def test_the_mentee_sees_nothing_of_a_draft(sign_in, mateo, amara, held, address, submission):
    sign_in(mateo).post(address, typed(summary="Secret so far"))
    for page in (submission.get_absolute_url(), held.get_absolute_url()):
        assert "Secret so far" not in sign_in(amara).get(page).content.decode()


def test_a_lost_claim_keeps_the_words_in_sight(sign_in, mateo, ines, held, address):
    client = sign_in(mateo)
    client.post(address, typed(summary="Kept words"))
    held.release(by=mateo)
    held.claim(by=ines)
    page = client.get(address).content.decode()
    assert "Kept words" in page
    assert "Inês Duarte holds this round now" in page
    assert "Kept words" not in sign_in(ines).get(address).content.decode()


def test_requests_of_before_are_settled_here(sign_in, mateo, submission):
    factory.make_review(submission, mateo)
    request = submission.change_requests.get()
    work = factory.make_work(submission.project, addressed={request.pk: "Done so."})
    second = submission.hand_in(by=submission.author, work=work)
    second.claim(by=mateo)
    client, address = sign_in(mateo), f"/rounds/{second.pk}/review/"
    assert "Done so." in client.get(address).content.decode()
    client.post(
        address, {"version": 0, "summary": "Good.", "verdict": "accepted", f"decision-{request.pk}": "accepted"}
    )
    client.post(f"{address}publish/")
    submission.refresh_from_db()
    assert submission.state == "accepted"
