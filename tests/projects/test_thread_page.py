"""Threads as pages and as fragments: without JavaScript a page of their own, with htmx in place."""

import pytest

from projects.draft import Said
from projects.models import Remark
from tests import factory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def review(submission, waiting, mateo):
    notebook = factory.make_notebook(waiting, ["import pandas", "a = 1\nb = 2\nc = 3"])
    said = (
        Said("a", "Why this metric?", blocking=True),
        Said("b", "Why two?", file=notebook.pk, cell=2, line_from=2, line_to=3),
        Said("c", "A fine question.", submission.project.criteria.first().pk),
    )
    return factory.make_review(submission, mateo, factory.make_draft(comments=said))


@pytest.fixture
def comment(review):
    return review.comments.get(key="b")


def body(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_says_what_it_is_about(sign_in, amara, comment, waiting):
    page = body(sign_in(amara).get(comment.get_absolute_url()))
    assert f'<a href="/rounds/{waiting.pk}/#n{comment.file_id}-2-L2">Cell 2, lines 2 to 3 of eda.ipynb</a>' in page
    assert "b = 2\nc = 3" in page
    assert "Why two?" in page


def test_a_reply_without_scripts(sign_in, amara, comment):
    client = sign_in(amara)
    answer = client.post(comment.get_absolute_url(), {"text": "Because\r\n*two*.", "key": "k"})
    assert answer.url == comment.get_absolute_url()
    assert Remark.objects.get().text == "Because\n*two*."
    assert "<em>two</em>" in body(client.get(answer.url))


def test_a_reply_in_place(sign_in, amara, comment):
    client, address = sign_in(amara), comment.get_absolute_url()
    form = body(client.get(address, headers=HTMX))
    assert form.startswith("<article")
    assert f'hx-post="{address}"' in form
    thread = body(client.post(address, {"text": "Because.", "key": "k"}, headers=HTMX))
    assert "Because." in thread
    assert "<textarea" not in thread


def test_a_preview_keeps_what_is_typed_and_says_nothing(sign_in, amara, comment):
    for headers in ({}, HTMX):
        page = body(
            sign_in(amara).post(
                comment.get_absolute_url(), {"text": "So *so*", "key": "k", "preview": "1"}, headers=headers
            )
        )
        assert "<em>so</em>" in page
        assert "So *so*</textarea>" in page
    assert not Remark.objects.exists()


@pytest.mark.parametrize("text", ["", "x" * 20_001, "[" * 15_000])
def test_a_refusal_stands_at_the_field_and_keeps_the_words(sign_in, amara, comment, text):
    answer = sign_in(amara).post(comment.get_absolute_url(), {"text": text, "key": "k"})
    if answer.status_code != 302:
        page = body(answer, 422)
        assert 'aria-invalid="true"' in page
        assert f"{text}</textarea>" in page


def test_editing_shows_that_it_was_and_what_stood_there(sign_in, amara, mateo, comment):
    remark = comment.reply(by=amara, text="Because.")
    client, address = sign_in(amara), f"/remarks/{remark.pk}/edit/"
    assert "Because.</textarea>" in body(client.get(address))
    client.post(address, {"text": "Because of the seeds.", "version": "0"})
    page = body(sign_in(mateo).get(comment.get_absolute_url()))
    assert "edited" in page
    assert "Because of the seeds." in page
    assert "<blockquote>Because.</blockquote>" in page


def test_another_window_shows_both_texts(sign_in, amara, comment):
    remark = comment.reply(by=amara, text="Because.")
    client, address = sign_in(amara), f"/remarks/{remark.pk}/edit/"
    client.post(address, {"text": "From here", "version": "0"})
    for headers in ({}, HTMX):
        page = body(client.post(address, {"text": "From there", "version": "0"}, headers=headers), 409)
        assert "From here" in page
        assert "From there</textarea>" in page
    client.post(address, {"text": "From there", "version": "0", "overwrite": "1"})
    remark.refresh_from_db()
    assert remark.text == "From there"


def test_deleted_leaves_the_word_and_its_writer_still_reads_it(sign_in, amara, mateo, ada, comment):
    remark = comment.reply(by=amara, text="A slip.")
    sign_in(amara).post(f"/remarks/{remark.pk}/delete/")
    for person, reads in ((amara, True), (ada, True), (mateo, False)):
        page = body(sign_in(person).get(comment.get_absolute_url()))
        assert "Deleted" in page
        assert ("A slip." in page) is reads, person


def test_a_mentor_edits_and_deletes_their_own_comment(sign_in, mateo, amara, comment):
    client = sign_in(mateo)
    client.post(f"/comments/{comment.pk}/edit/", {"text": "Why *three*?", "version": "0"})
    assert "<em>three</em>" in body(client.get(comment.get_absolute_url()))
    client.post(f"/comments/{comment.pk}/delete/")
    assert "three" not in body(sign_in(amara).get(comment.get_absolute_url()))


def test_an_admin_reads_and_does_not_talk(sign_in, ada, comment):
    page = body(sign_in(ada).get(comment.get_absolute_url()))
    assert "<textarea" not in page
    assert body(sign_in(ada).post(comment.get_absolute_url(), {"text": "I say"}), 409)


def test_others_find_nothing(sign_in, comment, amara, bela, noor, olga, other_cohort):
    remark = comment.reply(by=amara, text="Because.")
    for person in (bela, noor, olga):
        client = sign_in(person)
        for address in (comment.get_absolute_url(), f"/remarks/{remark.pk}/edit/", f"/comments/{comment.pk}/edit/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {"text": "Mine"}).status_code == 404


def test_the_pages_of_the_work_show_threads(sign_in, amara, comment, submission, waiting):
    comment.reply(by=amara, text="Because of that.")
    for address in (submission.get_absolute_url(), waiting.get_absolute_url()):
        page = body(sign_in(amara).get(address))
        assert page.count(f'id="thread-{comment.pk}"') == 1
        assert "Because of that." in page
        assert "Why this metric?" in page
        assert "A fine question." in page


def test_a_hundred_threads_cost_no_more_queries(
    sign_in, amara, mateo, submission, waiting, django_assert_max_num_queries
):
    notebook = factory.make_notebook(waiting, [f"x = {n}" for n in range(50)])
    said = [Said(f"k{n}", "Why?", file=notebook.pk, cell=n % 50 + 1) for n in range(99)]
    review = factory.make_review(
        submission, mateo, factory.make_draft(comments=(Said("a", "Why?", blocking=True), *said))
    )
    for comment in review.comments.all()[:20]:
        comment.reply(by=amara, text="Because.")
    client = sign_in(amara)
    client.get(waiting.get_absolute_url())
    with django_assert_max_num_queries(14):
        assert body(client.get(waiting.get_absolute_url())).count('class="thread') >= 100
    with django_assert_max_num_queries(17):
        client.get(submission.get_absolute_url())


def test_the_button_takes_the_verdict_back(sign_in, amara, mateo, submission, waiting, review):
    assert "Take this verdict back" not in body(sign_in(amara).get(submission.get_absolute_url()))
    client = sign_in(mateo)
    assert "Take this verdict back" in body(client.get(submission.get_absolute_url()))
    assert client.post(f"/rounds/{waiting.pk}/review/take-back/").url == f"/rounds/{waiting.pk}/review/"
    again = client.post(f"/rounds/{waiting.pk}/review/take-back/", follow=True)
    assert "This review is not published." in body(again)
    assert "Why two?" not in body(sign_in(amara).get(waiting.get_absolute_url()))
