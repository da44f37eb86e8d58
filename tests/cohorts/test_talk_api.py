"""Announcements, questions and posts of groups by the API."""

import pytest

from mentorship.cohorts.models import Announcement, CohortQuestion, GroupPost
from tests import factory

JSON = "application/json"


@pytest.fixture
def pair(cohort, amara, bela):
    pair = factory.make_pair(cohort, amara, bela)
    pair.join(by=bela)
    return pair


def test_announcements(sign_in, cohort, mateo, amara, noor):
    asked = {"cohort": cohort.slug, "title": "A guest", "text": "Come *early*."}
    made = sign_in(mateo).post("/api/v1/announcements/", asked, JSON)
    assert made.status_code == 201, made.content
    address = f"/api/v1/announcements/{made.json()['id']}/"
    assert sign_in(amara).post("/api/v1/announcements/", asked, JSON).status_code == 404
    assert sign_in(noor).get(address).status_code == 404
    assert sign_in(amara).post(f"{address}read/").status_code == 204
    assert sign_in(amara).get(address).json()["readers"] is None
    assert sign_in(mateo).get("/api/v1/announcements/", {"cohort": cohort.slug}).json()["results"][0]["readers"] == 1
    assert sign_in(mateo).patch(address, {"text": "Later", "version": 0}, JSON).json()["edits"] == 1
    stale = sign_in(mateo).patch(address, {"text": "No", "version": 0}, JSON)
    assert (stale.status_code, stale.json()["saved"]) == (409, "Later")
    past = asked | {"publish_at": "2020-01-01T00:00:00Z"}
    assert sign_in(mateo).post("/api/v1/announcements/", past, JSON).json()["code"] == "publish_at"
    assert sign_in(mateo).delete(address).status_code == 204
    assert sign_in(amara).get(address).status_code == 404
    assert Announcement.objects.get().earlier.count() == 2


def test_questions(sign_in, cohort, amara, bela, noor, other_cohort):
    asked = {"cohort": cohort.slug, "title": "How do I split time series?", "text": "Random is wrong."}
    made = sign_in(amara).post("/api/v1/questions/", asked, JSON)
    assert made.status_code == 201, made.content
    address = f"/api/v1/questions/{made.json()['id']}/"
    answer = sign_in(bela).post(f"{address}answer/", {"text": "Forward chaining"}, JSON).json()
    assert sign_in(bela).post(f"{address}accept/", {"answer": answer["id"]}, JSON).status_code == 404
    assert sign_in(amara).post(f"{address}accept/", {"answer": answer["id"]}, JSON).json()["accepted"] == answer["id"]
    found = sign_in(noor).get("/api/v1/questions/", {"q": "chaining"}).json()["results"]
    assert [row["title"] for row in found] == ["How do I split time series?"]
    assert sign_in(noor).post(f"{address}answer/", {"text": "a"}, JSON).status_code == 404
    assert sign_in(noor).post("/api/v1/questions/", asked, JSON).status_code == 404
    assert sign_in(amara).delete(address).status_code == 204
    assert not CohortQuestion.objects.standing().exists()


def test_posts_of_a_group(sign_in, pair, amara, bela, mateo):
    asked = {"group": pair.pk, "text": f"Hello @{bela.handle}", "key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}
    made = sign_in(amara).post("/api/v1/group-posts/", asked, JSON)
    assert made.status_code == 201, made.content
    assert sign_in(amara).post("/api/v1/group-posts/", asked, JSON).json()["id"] == made.json()["id"]
    reply = {"group": pair.pk, "text": "Hi", "reply_to": made.json()["id"]}
    assert sign_in(bela).post("/api/v1/group-posts/", reply, JSON).status_code == 201
    assert sign_in(mateo).post("/api/v1/group-posts/", reply, JSON).status_code == 404
    assert sign_in(mateo).get("/api/v1/group-posts/", {"group": pair.pk}).json()["results"] == []
    assert len(sign_in(bela).get("/api/v1/group-posts/", {"group": pair.pk}).json()["results"]) == 2
    assert GroupPost.objects.count() == 2
