"""Triage by the API: the same scopes, verbs and refusals as the pages."""

import pytest

from mentorship.cohorts.models import Application, ApplicationQuestion, ApplicationScore
from tests import factory

ANSWERS = {"motivation": "To switch.", "background": "Physics.", "goal": "A job.", "hours_a_week": 10}


@pytest.fixture
def call(sign_in):
    def call(person, method, path, data=None):
        response = getattr(sign_in(person), method)(f"/api/v1/{path}", data, content_type="application/json")
        return response.status_code, response.json()

    return call


def test_questions_are_read_and_answered(call, ada, olga, open_cohort):
    row = ApplicationQuestion.ask(cohort=open_cohort, by=ada, label="Which?", kind="choice", choices=["a", "b"])
    assert call(None, "get", f"cohorts/{open_cohort.slug}/questions/")[1][0]["choices"] == ["a", "b"]
    wrong = ANSWERS | {"cohort": open_cohort.slug, "own_answers": {str(row.pk): "c"}}
    status, body = call(olga, "post", "applications/", wrong)
    assert (status, list(body["own_answers"])) == (400, [str(row.pk)])
    given = {"own_answers": {str(row.pk): "b", "999": "Not asked"}}
    status, body = call(olga, "post", "applications/", ANSWERS | {"cohort": open_cohort.slug} | given)
    assert (status, body["own_answers"]) == (201, [{"question": row.pk, "label": "Which?", "text": "b"}])
    address = f"applications/{body['id']}/"
    assert call(olga, "patch", address, {"goal": "More"})[1]["own_answers"][0]["text"] == "b"
    assert call(olga, "patch", address, {"own_answers": {str(row.pk): "a"}})[1]["own_answers"][0]["text"] == "a"


def test_scores_wait_for_one_s_own(call, ada, noor, olga, open_cohort):
    row = factory.make_application(open_cohort, olga)
    factory.make_membership(open_cohort, noor, role="mentor").name_reviewer(by=ada)
    ApplicationScore.give(row, by=ada, score=2)
    address = f"applications/{row.pk}/"
    assert call(noor, "get", address + "scores/") == (200, [])
    assert call(noor, "post", address + "score/", {"score": 9})[0] == 400
    assert call(noor, "post", address + "score/", {"score": 5})[1]["score"] == 5
    assert [one["score"] for one in call(noor, "get", address + "scores/")[1]] == [2, 5]
    assert call(olga, "get", address + "scores/")[0] == 404
    assert call(noor, "post", address + "accept/")[0] == 404


def test_a_line_is_moved_and_many_are_decided(call, ada, olga, bela, open_cohort):
    rows = [factory.make_application(open_cohort, person) for person in (olga, bela)]
    for row in rows:
        row.waitlist(by=ada)
    assert call(ada, "post", f"applications/{rows[1].pk}/move/", {"to": 1}) == (200, {"to": 1})
    assert list(open_cohort.applications.waitlist()) == rows[::-1]
    chosen = {"cohort": open_cohort.slug, "verb": "accept", "applications": [row.pk for row in rows]}
    assert call(olga, "post", "applications/decide/", chosen)[0] == 404
    assert call(ada, "post", "applications/decide/", chosen)[0] == 200
    assert call(ada, "post", "applications/decide/", chosen)[1]["code"] == "not_all"
    assert Application.objects.filter(state="accepted").count() == 2
