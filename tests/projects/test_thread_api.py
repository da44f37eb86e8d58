"""Threads for programs: the same scopes, verbs and refusals as the pages."""

import json

import pytest

from projects.draft import Said
from tests import factory


@pytest.fixture
def comment(submission, mateo):
    said = Said("a", "Why this metric?", blocking=True), Said("b", "A fine plot.")
    return factory.make_review(submission, mateo, factory.make_draft(comments=said)).comments.get(key="b")


def send(client, verb, address, **data):
    return getattr(client, verb)(address, json.dumps(data), content_type="application/json")


def test_reply_edit_delete(sign_in, amara, comment):
    client, address = sign_in(amara), f"/api/v1/comments/{comment.pk}/"
    answer = send(client, "post", f"{address}reply/", text="Thank *you*.", key="k")
    assert answer.status_code == 201
    remark = answer.json()
    assert send(client, "post", f"{address}reply/", text="Thank *you*.", key="k").json() == remark
    own = f"/api/v1/remarks/{remark['id']}/"
    assert send(client, "patch", own, text="Thanks.", version=0).json()["version"] == 1
    conflict = send(client, "patch", own, text="Thank you!", version=0)
    assert (conflict.status_code, conflict.json()["saved"]) == (409, "Thanks.")
    assert client.delete(own).json()["text"] == ""
    shown = client.get(address).json()
    assert shown["remarks"][0]["deleted_at"]
    assert shown["text"] == "A fine plot."


def test_a_mentor_edits_what_they_said(sign_in, mateo, amara, comment):
    address = f"/api/v1/comments/{comment.pk}/"
    assert send(sign_in(amara), "patch", address, text="Mine", version=0).status_code == 404
    shown = send(sign_in(mateo), "patch", address, text="A plot.", version=0).json()
    assert [was["text"] for was in shown["history"]] == ["A fine plot."]
    sign_in(mateo).delete(address)
    assert sign_in(amara).get(address).json()["history"] == []


def test_nonsense_is_named(sign_in, amara, comment):
    client, address = sign_in(amara), f"/api/v1/comments/{comment.pk}/reply/"
    for said in ({}, {"text": ""}, {"text": "x" * 20_001}, {"text": "a", "key": "<"}):
        assert send(client, "post", address, **said).status_code == 400


def test_others_find_nothing(sign_in, comment, bela, noor, other_cohort):
    for person in (bela, noor):
        assert sign_in(person).get(f"/api/v1/comments/{comment.pk}/").status_code == 404
        assert send(sign_in(person), "post", f"/api/v1/comments/{comment.pk}/reply/", text="I").status_code == 404


def test_a_verdict_is_taken_back(sign_in, mateo, comment, submission):
    round = submission.rounds.get()
    answer = sign_in(mateo).post(f"/api/v1/rounds/{round.pk}/take_back/")
    assert (answer.status_code, answer.json()["state"]) == (200, "draft")
    again = sign_in(mateo).post(f"/api/v1/rounds/{round.pk}/take_back/")
    assert (again.status_code, again.json()["code"]) == (409, "not_published")
