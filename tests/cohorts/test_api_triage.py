"""Triage by the API: the same scopes, verbs and refusals as the pages."""

import pytest

from mentorship.cohorts.models import Application, ApplicationQuestion, ApplicationScore
from tests import factory

ANSWERS = {"motivation": "To switch.", "background": "Physics.", "goal": "A job.", "hours_a_week": 10}


@pytest.fixture
def call(sign_in):
    def call(person, method, path, data=None):
        response = getattr(sign_in(person), method)(f"/api/v1/{path}", data, content_type="application/json")
        return response.status_code, response.json() if response.content else None

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


def test_questions_are_worded_moved_and_removed(call, ada, olga, open_cohort):
    base = f"cohorts/{open_cohort.slug}/questions/"
    assert call(olga, "post", base, {"label": "Why?", "kind": "text"})[0] == 404
    first = call(ada, "post", base, {"label": "Why?", "kind": "text"})[1]
    few = {"label": "Which?", "kind": "choice", "choices": ["a"]}
    assert call(ada, "post", base, few)[0] == call(ada, "post", base, few | {"choices": ["a", "a"]})[0] == 400
    second = call(ada, "post", base, few | {"choices": ["a", "b"]})[1]
    changed = call(ada, "patch", f"{base}{second['id']}/", {"label": "Which one?"})[1]
    assert (changed["label"], changed["choices"]) == ("Which one?", ["a", "b"])
    moved = call(ada, "post", f"{base}{second['id']}/move/", {"step": -1})[1]
    assert [row["id"] for row in moved] == [second["id"], first["id"]]
    assert call(ada, "post", f"{base}{second['id']}/move/", {"step": 3})[0] == 400
    own = {"own_answers": {str(first["id"]): "Because."}}
    call(olga, "post", "applications/", ANSWERS | {"cohort": open_cohort.slug} | own)
    assert call(ada, "patch", f"{base}{first['id']}/", {"kind": "link"})[1]["code"] == "answered"
    for row in (first, second):
        assert call(ada, "delete", f"{base}{row['id']}/")[0] == 204
        assert call(ada, "patch", f"{base}{row['id']}/", {})[0] == 404
    assert call(ada, "get", base) == (200, [])


def test_reviewers_are_named_and_see_what_waits_for_them(call, ada, noor, olga, bela, open_cohort):
    rows = [factory.make_application(open_cohort, person) for person in (olga, bela)]
    seat = factory.make_membership(open_cohort, noor, role="mentor")
    base = f"cohorts/{open_cohort.slug}/reviewers/"
    assert call(ada, "get", base)[1] == [{"id": seat.pk, "name": "Noor Haddad", "reviews": False}]
    assert call(noor, "post", base, {"membership": seat.pk})[0] == 404
    assert call(ada, "post", base, {"membership": seat.pk})[1]["reviews"] is True
    ApplicationScore.give(rows[0], by=ada, score=2)
    waiting = call(noor, "get", "applications/?unscored=true")[1]["results"]
    assert [row["scored"] for row in waiting] == [
        {"count": 1, "mine": None, "mean": None}, {"count": 0, "mine": None, "mean": None},
    ]  # fmt: skip
    ApplicationScore.give(rows[0], by=noor, score=5)
    assert [row["id"] for row in call(noor, "get", "applications/?unscored=true")[1]["results"]] == [rows[1].pk]
    assert call(noor, "get", f"applications/{rows[0].pk}/")[1]["scored"] == {"count": 2, "mine": 5, "mean": 3.5}
    assert call(olga, "get", f"applications/{rows[0].pk}/")[1]["scored"] is None
    assert call(ada, "post", base, {"membership": seat.pk, "reviews": False})[1]["reviews"] is False
    assert call(noor, "get", "applications/")[1]["count"] == 0


def test_mails_are_seen_before_they_go(call, ada, olga, bela, noor, open_cohort):
    rows = [factory.make_application(open_cohort, person) for person in (olga, bela, noor)]
    mail = call(ada, "post", f"applications/{rows[0].pk}/preview/", {"verb": "decline", "note": "Next time."})[1]
    assert mail["to"] == olga.email
    assert "Next time." in mail["body"]
    assert call(olga, "post", f"applications/{rows[0].pk}/preview/", {"verb": "decline"})[0] == 404
    chosen = {"cohort": open_cohort.slug, "verb": "accept", "applications": [row.pk for row in rows]}
    shown = call(ada, "post", "applications/decide/preview/", chosen)[1]
    assert [row["hindrance"] for row in shown] == ["", "", "finds no seat left"]
    assert [bool(row["mail"]) for row in shown] == [True, True, False]
    assert call(olga, "post", "applications/decide/preview/", chosen)[0] == 404
    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}


def test_one_s_place_in_line(call, ada, olga, open_cohort):
    row = factory.make_application(open_cohort, olga)
    assert call(olga, "get", f"applications/{row.pk}/")[1]["place"] is None
    row.waitlist(by=ada)
    assert call(olga, "get", f"applications/{row.pk}/")[1]["place"] == 1


def test_a_draft_is_kept_until_it_is_sent(call, ada, olga, open_cohort, cohort):
    row = ApplicationQuestion.ask(cohort=open_cohort, by=ada, label="Which?", kind="text")
    base = f"cohorts/{open_cohort.slug}/draft/"
    assert call(olga, "get", base)[1]["answers"] == {}
    typed = {"answers": {"goal": "A jo", "else": "x"}, "own_answers": {str(row.pk): "b", "999": "x"}, "version": 0}
    saved = call(olga, "put", base, typed)[1]
    assert (saved["answers"], saved["own_answers"], saved["version"]) == ({"goal": "A jo"}, {str(row.pk): "b"}, 1)
    status, body = call(olga, "put", base, typed | {"answers": {"goal": "Other"}})
    assert (status, body["code"], body["saved"]["answers"]) == (409, "elsewhere", {"goal": "A jo"})
    assert call(olga, "put", base, typed | {"answers": "x"})[0] == 400
    assert call(olga, "put", f"cohorts/{cohort.slug}/draft/", typed)[0] == 404
    assert call(ada, "put", f"cohorts/{cohort.slug}/draft/", typed)[1]["code"] == "not_open"
    assert call(ada, "get", base)[1]["answers"] == {}
    assert call(olga, "delete", base)[0] == 204
    assert call(olga, "get", base)[1]["answers"] == {}
