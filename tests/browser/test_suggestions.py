"""Suggestions in a browser: a selection becomes one, and accepting it takes nothing from who is typing."""

import pytest
from playwright.sync_api import expect

from blog.models import Post, Suggestion
from blog.writing import Text, begin
from tests.browser.conftest import check_looks
from tests.factory import make_passage_comment, make_suggestion

BODY = "A cat 🐈 sat on teh mat.\n\nIt purred all day long."


@pytest.fixture
def post(transactional_db, amara, emre):
    post = begin(by=amara, text=Text("Why it purrs", "", BODY))
    post.ask_for_editing(by=amara)
    post.take(by=emre)
    return post


def test_a_selection_becomes_a_suggestion_and_accepting_it_loses_nothing_typed(open_page, post, amara, emre):
    editor, author = open_page(emre), open_page(amara)
    editor.goto(post.desk_url)
    start = BODY.index("teh mat") + 1  # the cat is two of a browser's characters
    editor.locator("#id_body").evaluate(f"text => {{ text.focus(); text.setSelectionRange({start}, {start + 7}) }}")
    editor.get_by_role("button", name="Suggest", exact=True).click()
    expect(editor.get_by_label("The passage")).to_have_value("teh mat")
    editor.get_by_label("What should stand there").fill("the mat")
    editor.get_by_role("button", name="Suggest this change").click()
    expect(editor.locator(".passage ins")).to_contain_text("the")
    suggestion = Suggestion.objects.get()
    assert (suggestion.start, suggestion.quote) == (start - 1, "teh mat")

    author.goto(post.desk_url)
    text = author.locator("#id_body")
    text.press("Control+End")
    text.press_sequentially(" And slept.")
    author.get_by_role("button", name="Accept the suggestion").click()
    expect(text).to_have_value(BODY.replace("teh", "the") + " And slept.")
    expect(author.locator("#save-state")).to_contain_text("Saved at")
    assert Post.objects.get().body == BODY.replace("teh", "the") + " And slept."


def test_the_page_is_clean(open_page, post, amara, emre):
    make_suggestion(post, emre, "teh mat", "the mat")
    make_passage_comment(post, emre, "purred")
    make_suggestion(post, emre, "all day", "").refuse(by=amara, word="No.")
    check_looks(open_page, post.desk_url, amara)
