"""Suggestions and threads at a passage through the API."""

import pytest

from blog.models import Post
from tests.blog.test_api import send
from tests.factory import make_post

BODY = "A cat sat on teh mat. It purred."


@pytest.fixture
def post(amara, emre):
    return make_post(amara, body=BODY, state="in_editing", editor=emre)


def test_suggested_accepted_refused_withdrawn(sign_in, post, amara, emre, django_assert_max_num_queries):
    author, editor = sign_in(amara), sign_in(emre)
    own, board = f"/my-posts/{post.pk}/suggestions/", f"/editing/{post.pk}/suggestions/"
    numbers = []
    for quote, replacement in (("teh", "the"), ("purred", "sang"), ("cat", "dog")):
        made = send(editor, "post", board, quote=quote, replacement=replacement, why="So.")
        assert made.status_code == 201
        numbers.append(made.json()["id"])
    with django_assert_max_num_queries(8):
        listed = send(author, "get", own).json()
    assert next((row["quote"], row["passage"], row["by"]["name"]) for row in listed) == ("teh", "teh", "Emre Demir")
    assert send(author, "post", f"{own}{numbers[0]}/accept/").json()["state"] == "accepted"
    assert send(author, "post", f"{own}{numbers[0]}/accept/").status_code == 409
    assert send(author, "post", f"{own}{numbers[1]}/refuse/", word="No.").json()["word"] == "No."
    assert send(editor, "post", f"{board}{numbers[2]}/withdraw/").json()["state"] == "withdrawn"
    assert Post.objects.get().body == BODY.replace("teh", "the")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"quote": "teh", "replacement": "x" * 10_001}, 400),
        ({"quote": "teh", "replacement": "the", "start": -1}, 400),
        ({"quote": "teh", "replacement": "a\x00"}, 400),
        ({"quote": "dog", "replacement": "cat"}, 409),
        ({"start": 1, "replacement": " grey", "version": 1}, 201),
        ({"start": 1, "replacement": " grey", "version": 7}, 409),
        ({"start": 10**9, "replacement": " grey"}, 409),
    ],
)
def test_what_is_refused(sign_in, post, emre, data, status):
    assert send(sign_in(emre), "post", f"/editing/{post.pk}/suggestions/", **data).status_code == status


def test_a_thread_at_a_passage(sign_in, post, amara, emre, bela):
    author, editor = sign_in(amara), sign_in(emre)
    thread = send(editor, "post", f"/editing/{post.pk}/comments/", text="Which?", quote="cat").json()
    assert (thread["quote"], thread["start"]) == ("cat", 2)
    own = f"/my-posts/{post.pk}/comments/"
    assert send(author, "post", own, text="Mine.", parent=thread["id"]).json()["parent"] == thread["id"]
    assert send(author, "post", own, text="Mine.", parent=10**15).status_code == 404
    assert send(author, "post", f"{own}{thread['id']}/resolve/").json()["resolved_at"]
    assert send(sign_in(bela), "post", f"{own}{thread['id']}/reopen/").status_code == 404
    assert send(editor, "post", f"/editing/{post.pk}/comments/{thread['id']}/reopen/").json()["resolved_at"] is None
