"""The same story as the pages', told by a program."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import Round, Submission
from tests import factory

JSON = {"content_type": "application/json"}


@pytest.fixture
def body(project):
    return {
        "project": project.key,
        "title": "Rent",
        "write_up": "It *matters*.",
        "answers": {row.key: "Because." for row in project.criteria.all()},
    }


@pytest.fixture
def second(submission, mateo):
    factory.make_review(submission, mateo)
    return submission


def post(client, address, body=None, **headers):
    return client.post(f"/api/v1/{address}", json.dumps(body or {}), headers=headers, **JSON)


def test_projects_are_read_by_everybody(sign_in, project):
    found = sign_in().get(f"/api/v1/projects/{project.key}/").json()
    assert [row["key"] for row in found["criteria"]] == ["why-1", "why-2"]
    assert sign_in().get("/api/v1/projects/").json()["count"] == 1


def test_a_round_is_handed_in(sign_in, amara, seat, body):
    client = sign_in(amara)
    made = post(client, "submissions/", body)
    assert made.status_code == 201
    found = client.get(f"/api/v1/submissions/{made.json()['id']}/").json()
    assert (found["state"], [row["number"] for row in found["rounds"]]) == ("awaiting_mentor", [1])
    round = client.get(f"/api/v1/rounds/{found['rounds'][0]['id']}/").json()
    assert [row["text"] for row in round["answers"]] == ["Because.", "Because."]


def test_files_come_in_multipart(sign_in, amara, seat, body):
    answers = {f"answers.{key}": text for key, text in body.pop("answers").items()}
    data = body | answers | {"files": [SimpleUploadedFile("a.csv", b"a\n"), SimpleUploadedFile("b.csv", b"b\n")]}
    assert sign_in(amara).post("/api/v1/submissions/", data).status_code == 201
    assert Round.objects.get().files.count() == 2


def test_the_same_key_has_one_effect_and_with_other_words_none(sign_in, amara, seat, body):
    client, key = sign_in(amara), {"Idempotency-Key": "k"}
    assert post(client, "submissions/", body, **key).json() == post(client, "submissions/", body, **key).json()
    other = post(client, "submissions/", body | {"title": "Else"}, **key)
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"answers": {}}, "answers"),
        ({"answers": {"why-1": "\ud800", "why-2": "x"}}, "answers"),
        ({"write_up": "a\x00b"}, "write_up"),
        ({"commit": "zzzzzzz", "repository_url": "https://example.org/r"}, "commit"),
        ({"repository_url": "javascript:alert(1)"}, "repository_url"),
    ],
)
def test_what_is_wrong_is_said_by_field(sign_in, amara, seat, body, change, field):
    answer = post(sign_in(amara), "submissions/", body | change)
    assert answer.status_code == 400
    assert field in answer.json()


def test_only_what_is_listed_is_written(sign_in, amara, bela, seat, body):
    extra = {"state": "accepted", "author": bela.handle, "accepted_at": "2020-01-01T00:00:00Z", "rounds_count": 9}
    post(sign_in(amara), "submissions/", body | extra)
    made = Submission.objects.get()
    assert (made.state, made.author, made.accepted_at, made.rounds_count) == ("awaiting_mentor", amara, None, 1)


def test_a_list_holds_what_one_may_open(sign_in, submission, bela, mateo, noor, other_cohort):
    def ids(person):
        return [row["id"] for row in sign_in(person).get("/api/v1/submissions/").json()["results"]]

    assert ids(submission.author) == ids(mateo) == [submission.pk]
    assert ids(bela) == ids(noor) == []


def test_a_review_from_claim_to_publication(sign_in, mateo, waiting, submission):
    client, address = sign_in(mateo), f"rounds/{waiting.pk}"
    assert post(client, f"{address}/claim/").json()["claimed_until"]
    said = [{"text": "Why?", "criterion": "why-1", "blocking": True}]
    draft = {"version": 0, "verdict": "changes_requested", "summary": "Good.", "comments": said}
    saved = client.put(f"/api/v1/{address}/draft/", json.dumps(draft), **JSON).json()
    assert (saved["version"], saved["comments"][0]["criterion"]) == (1, "why-1")
    lost = client.put(f"/api/v1/{address}/draft/", json.dumps(draft | {"summary": "Else"}), **JSON)
    assert (lost.status_code, lost.json()["saved"]["summary"]) == (409, "Good.")
    published = post(client, f"{address}/publish/", {"version": 1})
    assert published.json()["reviews"][0]["verdict"] == "changes_requested"
    assert post(client, f"{address}/publish/").status_code == 409


def test_the_next_round(sign_in, amara, second, body):
    request = second.change_requests.get()
    work = body | {"addressed": {str(request.pk): "Recall too."}}
    answer = post(sign_in(amara), f"submissions/{second.pk}/rounds/", work)
    assert (answer.status_code, answer.json()["number"]) == (201, 2)
    found = sign_in(amara).get(f"/api/v1/submissions/{second.pk}/").json()
    assert [(row["state"], row["addressed_in"]) for row in found["change_requests"]] == [("addressed", 2)]
    assert post(sign_in(amara), f"submissions/{second.pk}/rounds/", work).status_code == 409


def test_extending_and_releasing(sign_in, mateo, ines, waiting):
    client, address = sign_in(mateo), f"rounds/{waiting.pk}"
    assert post(client, f"{address}/extend/").status_code == 409
    post(client, f"{address}/claim/")
    assert post(sign_in(ines), f"{address}/claim/").json()["code"] == "claimed_by_other"
    assert post(client, f"{address}/extend/").json()["extensions"] == 1
    assert post(client, f"{address}/release/").json()["claimed_until"] is None


def test_withdrawing(sign_in, amara, submission):
    assert post(sign_in(amara), f"submissions/{submission.pk}/withdraw/").json()["state"] == "withdrawn"
    assert post(sign_in(amara), f"submissions/{submission.pk}/withdraw/").status_code == 409


def test_the_queue(sign_in, mateo, bela, submission):
    rows = sign_in(mateo).get("/api/v1/queue/?tab=mine").json()["results"]
    assert [(row["submission"], row["number"]) for row in rows] == [(submission.pk, 1)]
    assert sign_in(bela).get("/api/v1/queue/").json()["results"] == []


def test_a_list_costs_the_same_for_many(sign_in, cohort, mateo, ada, django_assert_max_num_queries):
    for _ in range(8):
        factory.make_submission(factory.make_membership(cohort, factory.make_person()))
    client = sign_in(ada)
    client.get("/api/v1/submissions/")
    with django_assert_max_num_queries(3):
        assert len(client.get("/api/v1/submissions/").json()["results"]) == 8
