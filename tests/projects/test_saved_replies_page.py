"""The pages of saved replies, and the API."""

import pytest

from projects.models import SavedReply
from tests import factory


@pytest.fixture
def typed():
    return {"title": "Which split?", "text": "Split by time, {name}.", "criterion": "why-1"}


def test_a_reply_is_kept_and_found(sign_in, cohort, mateo, typed):
    client = sign_in(mateo)
    assert client.post("/replies/new/", typed).url == "/replies/"
    page = client.get("/replies/").content.decode()
    assert "Which split?" in page
    assert "On: Why 1?" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"text": "x" * 4001}, "at most 4000 characters"),
        ({"criterion": "why-9"}, "Select a valid choice"),
        ({"project": "nowhere"}, "Select a valid choice"),
        ({"shared": "on"}, "Say which project a shared reply is for."),
    ],
)
def test_what_is_wrong_is_said_at_the_field(sign_in, cohort, mateo, typed, change, said):
    answer = sign_in(mateo).post("/replies/new/", typed | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Which split?" in answer.content.decode() or change.get("title") == ""
    assert not SavedReply.objects.exists()


def test_the_other_window_is_shown_beside_what_was_typed(sign_in, cohort, mateo, typed):
    reply = factory.make_reply(mateo)
    client, address = sign_in(mateo), f"/replies/{reply.pk}/"
    client.post(address, typed | {"version": "1"})
    answer = client.post(address, typed | {"text": "Mine", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine" in page
    assert "Split by time, {name}." in page
    client.post(address, typed | {"text": "Mine", "version": "2"})
    assert SavedReply.objects.get().text == "Mine"


def test_removing(sign_in, cohort, mateo, ines):
    reply = factory.make_reply(mateo)
    assert sign_in(ines).post(f"/replies/{reply.pk}/remove/").status_code == 404
    assert sign_in(mateo).post(f"/replies/{reply.pk}/remove/").status_code == 302
    assert sign_in(mateo).post(f"/replies/{reply.pk}/remove/").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_for_many(sign_in, cohort, mateo, count, django_assert_max_num_queries):
    for _ in range(count):
        factory.make_reply(mateo, criterion="why-1")
    client = sign_in(mateo)
    client.get("/replies/")
    with django_assert_max_num_queries(6):
        assert client.get("/replies/").status_code == 200


def test_by_api(sign_in, cohort, mateo, ines, amara, project, typed):
    api, address = sign_in(mateo), "/api/v1/saved-replies/"
    made = api.post(address, typed | {"project": project.key, "shared": True}, "application/json")
    assert made.status_code == 201
    one = f"{address}{made.json()['id']}/"
    assert sign_in(ines).get(one).json()["title"] == "Which split?"
    assert sign_in(amara).get(one).status_code == 404
    assert sign_in(amara).post(address, typed, "application/json").status_code == 400
    changed = typed | {"project": project.key, "shared": True, "text": "By time.", "version": 1}
    assert sign_in(ines).put(one, changed, "application/json").json()["version"] == 2
    conflict = api.put(one, changed, "application/json")
    assert (conflict.status_code, conflict.json()["saved"]["text"]) == (409, "By time.")
    assert "criterion" in api.put(one, changed | {"version": 2, "criterion": "?"}, "application/json").json()
    assert api.delete(one).status_code == 204
    assert api.get(address).json()["results"] == []
