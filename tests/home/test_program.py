"""The charter and the questions and answers: every fact that the program states about itself."""

import re

import pytest


@pytest.fixture
def charter(client, db) -> str:
    return client.get("/charter/").content.decode()


@pytest.fixture
def faq(client, db) -> str:
    return client.get("/faq/").content.decode()


def test_the_charter_has_six_promises(charter):
    promises = charter.partition('<ol class="promises">')[2].partition("</ol>")[0]
    assert promises.count("<li ") == 6


@pytest.mark.parametrize("word", ["sex, race, religion", "time", "teach themselves", "guide", "network", "comes back"])
def test_the_charter_names_what_is_promised(charter, word):
    assert word in charter


@pytest.mark.parametrize(
    "question", ["who", "worth-it", "degree", "language", "projects", "data", "notebooks", "interviews"]
)
def test_each_question_of_the_program_is_answered_and_listed(faq, question):
    assert f'<h2 id="{question}">' in faq
    assert f'<a href="#{question}">' in faq


def test_the_answers_keep_their_figures(faq):
    text = re.sub(r"<[^>]+>", "", faq)
    assert "it is 4: 3 strong projects of your own" in text
    assert "1 larger project in a group" in text
    assert "list of over 150 tutorials" in text
    assert "about five years earlier" in text


@pytest.mark.parametrize(
    "address",
    [
        "https://twitter.com/HrSaghir",
        "https://www.kaggle.com/",
        "https://jupyter.org/",
        "https://github.com/adam-p/markdown-here/wiki/Markdown-Cheatsheet",
        "https://product.hubspot.com/blog/git-and-github-tutorial-for-beginners",
        "https://towardsdatascience.com/how-to-create-a-free-github-pages-website-53743d7524e1",
        "https://mlmentorship.github.io/mentees/",
        "https://www.youtube.com/watch?v=HsPRlgtLm58",
    ],
)
def test_the_answers_keep_their_links(faq, address):
    assert f'href="{address}"' in faq


def test_neither_page_asks_the_database(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        client.get("/charter/")
        client.get("/faq/")
