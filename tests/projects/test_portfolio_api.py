"""One's own portfolio, by a program."""

import json

import pytest

from projects.models import PortfolioProject
from tests import factory

SAYS = {"why": "a", "what": "b", "data": "c", "result": "d", "shown": True}


@pytest.fixture
def accepted(submission, mateo):
    factory.make_review(submission, mateo, factory.accepting(submission))
    return submission


@pytest.fixture
def call(sign_in, amara):
    client = sign_in(amara)

    def call(method, address, body=None):
        answer = client.generic(method, f"/api/v1/{address}", json.dumps(body or {}), content_type="application/json")
        return answer.status_code, answer.json() if answer.content else None

    return call


def test_from_accepted_work_to_a_score(call, accepted):
    status, row = call("POST", "portfolio-projects/", {"submission": accepted.pk})
    assert (status, row["shown"]) == (201, False)
    address = f"portfolio-projects/{row['id']}/"
    assert call("PATCH", address, {"shown": True}) == (
        409, {"detail": "Before it is shown, say this too: why, what, data, result.", "code": "summary_missing"},
    )  # fmt: skip
    status, row = call("PATCH", address, SAYS | {"version": 1})
    assert (status, row["shown"], row["version"]) == (200, True, 2)
    assert call("PATCH", address, {"why": "late", "version": 1})[1]["code"] == "changed_meanwhile"
    ticks = {"table": "engineering", "kind": "unique", "facts": ["documentation"]}
    assert call("POST", f"{address}tick/", ticks)[1]["kinds"] == {"engineering": "unique"}
    score = call("GET", "portfolio/score/?table=engineering")[1]
    assert (score["total"], score["lines"][0]["factors"]) == (50, {"documentation": 5})
    assert score["next_steps"][-1]["total"] >= score["hireable"]
    assert call("POST", f"{address}move/", {"places": 3})[0] == 200


def test_what_is_wrong_is_said(call, accepted, cohort, bela):
    waiting = factory.make_submission(cohort.memberships.get(person=bela))
    assert call("POST", "portfolio-projects/", {"submission": waiting.pk})[0] == 404
    row = PortfolioProject.add(accepted, by=accepted.author)
    assert call("PATCH", f"portfolio-projects/{row.pk}/", {"why": "x" * 301})[0] == 400
    assert call("PATCH", f"portfolio-projects/{row.pk}/", {"why": "w " * 71})[1]["code"] == "summary_too_long"
    assert call("GET", "portfolio/score/?table=none")[0] == 400
    ticks = {"table": "engineering", "kind": "sota_paper", "facts": []}
    assert call("POST", f"portfolio-projects/{row.pk}/tick/", ticks)[1]["code"] == "no_such_kind"
    assert call("PATCH", "portfolio/", {"visibility": "world"})[0] == 400


def test_the_page_and_other_works(call):
    assert call("PATCH", "portfolio/", {"visibility": "public", "about": "Hello"})[1]["visibility"] == "public"
    status, work = call("POST", "other-works/", {"title": "A paper"})
    assert status == 201
    assert call("GET", "other-works/")[1]["count"] == 1
    assert call("DELETE", f"other-works/{work['id']}/")[0] == 204
    assert call("DELETE", f"other-works/{work['id']}/")[0] == 404


def test_others_read_only_what_is_shown(call, sign_in, accepted, amara, olga):
    factory.make_portfolio_project(accepted)
    address = f"/api/v1/portfolios/{amara.handle}/"
    assert sign_in().get(address).status_code == sign_in(olga).get(address).status_code == 404
    call("PATCH", "portfolio/", {"visibility": "public"})
    found = sign_in().get(address).json()
    assert [row["title"] for row in found["projects"]] == ["Rent in Lagos"]
    assert found["score"] is None
    call("PATCH", "portfolio/", {"shows_score": True})
    assert sign_in().get(address).json()["score"]["total"] == 0
