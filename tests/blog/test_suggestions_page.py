"""Suggestions and threads at a passage beside the text, with and without scripts."""

import pytest

from blog.models import EditorComment, Suggestion
from tests.factory import make_passage_comment, make_post, make_suggestion

BODY = "A cat sat on teh mat.\n\nIt purred <b>all</b> day long."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def post(amara, emre):
    return make_post(amara, title="Why", body=BODY, state="in_editing", editor=emre)


def test_suggested_and_accepted_without_script(sign_in, post, amara, emre):
    editor, author = sign_in(emre), sign_in(amara)
    data = {"quote": "on teh mat.\r\n\r\nIt", "replacement": "on the mat. It", "words": "A slip.", "suggest": "1"}
    answer = editor.post(f"/blog/{post.pk}/suggestions/", data)
    assert (answer.status_code, answer.url) == (302, f"{post.desk_url}#suggestions")
    page = author.get(post.desk_url).content.decode()
    assert "<del>" in page
    assert "A slip." in page
    number = Suggestion.objects.get().pk
    assert author.post(f"/blog/{post.pk}/suggestions/{number}/accept/").status_code == 302
    assert "on the mat. It purred &lt;b&gt;all" in author.get(post.desk_url).content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"quote": "a dog", "replacement": "kept words", "suggest": "1"}, "does not stand in the saved text"),
        ({"quote": "a", "replacement": "kept words", "suggest": "1"}, "several times"),
        ({"quote": "cat", "words": "kept words" + "x" * 500, "suggest": "1"}, "more of it is a comment"),
        ({"quote": " ", "words": "kept words", "comment": "1"}, "Quote the passage"),
        ({"quote": "cat", "replacement": "kept words", "comment": "1"}, "Write what you want to say first"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_refused_is_kept(sign_in, post, emre, data, said, htmx):
    answer = sign_in(emre).post(f"/blog/{post.pk}/suggestions/", data, headers=HTMX if htmx else {})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "kept words" in page
    assert not Suggestion.objects.exists()


def test_a_place_that_is_no_number_is_looked_for(sign_in, post, emre):
    data = {"quote": "cat", "replacement": "dog", "start": "-1", "version": "x" * 99, "suggest": "1"}
    assert sign_in(emre).post(f"/blog/{post.pk}/suggestions/", data).status_code == 302


def test_what_is_accepted_reaches_the_text_that_is_being_typed(sign_in, post, amara, emre):
    suggestion = make_suggestion(post, emre, "teh", "the")
    page = sign_in(amara).post(f"/blog/{post.pk}/suggestions/{suggestion.pk}/accept/", headers=HTMX).content.decode()
    assert 'data-from="1" data-version="2" data-start="13" data-passage="teh" data-replacement="the"' in page


def test_decided_meanwhile_it_says_so(sign_in, post, amara, emre):
    suggestion = make_suggestion(post, emre, "teh", "the")
    suggestion.withdraw(by=emre)
    client, address = sign_in(amara), f"/blog/{post.pk}/suggestions/{suggestion.pk}/accept/"
    answer = client.post(address, headers=HTMX)
    assert (answer.status_code, "This suggestion is withdrawn" in answer.content.decode()) == (409, True)
    client.post(address)
    assert "This suggestion is withdrawn" in client.get(post.desk_url).content.decode()


def test_a_thread_is_answered_resolved_and_opened_again(sign_in, post, amara, emre):
    thread = make_passage_comment(post, emre, "purred")
    author, root = sign_in(amara), f"/blog/{post.pk}/comments/{thread.pk}/"
    assert author.post(f"{root}answer/", {"text": "It did."}).status_code == 302
    assert author.post(f"{root}answer/", {"text": ""}, headers=HTMX).status_code == 409
    for verb in ("resolve", "reopen"):
        page = author.post(f"{root}{verb}/", headers=HTMX).content.decode()
        assert "It did." in page
        assert ("Resolved by" in page) == (verb == "resolve")
    assert EditorComment.objects.count() == 2


def test_the_desk_asks_no_more_for_many(sign_in, post, amara, emre, django_assert_max_num_queries):
    for number, word in enumerate(["cat", "sat", "teh", "mat", "purred", "day"]):
        make_suggestion(post, emre, word, f"w{number}")
        make_passage_comment(post, emre, word)
    client = sign_in(amara)
    with django_assert_max_num_queries(12):
        page = client.get(post.desk_url).content.decode()
    assert page.count('id="suggestion-') == page.count('id="comment-') == 6


def test_who_may_not_write_selects_in_the_source(sign_in, cohort, post, emre, mateo):
    assert '<details class="source" id="source" open>' in sign_in(mateo).get(post.desk_url).content.decode()
    assert '<details class="source" id="source">' in sign_in(emre).get(post.desk_url).content.decode()
