"""Outcomes, thresholds and leaving by the API: the verbs of the pages."""

import pytest

from mentorship.cohorts.models import Membership, Outcome, Thresholds

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(cohort):
    return f"/api/v1/cohorts/{cohort.slug}"


def post(client, url, data):
    return client.post(url, data, content_type="application/json")


def test_outcomes_are_proposed_and_decided_all_or_none(base, cohort, ada, amara, bela, sign_in):
    client, url = sign_in(ada), f"{base}/outcomes/"
    rows = {row["name"]: row for row in client.get(url).json()["results"]}
    assert {row["proposal"] for row in rows.values()} == {"unfinished"}
    seats = [rows[person.name]["membership"] for person in (amara, bela)]
    wrong = [
        {"membership": seats[0], "result": "graduated", "reason": "Ill"},
        {"membership": seats[1], "result": "left"},
    ]
    assert post(client, url, {"outcomes": wrong}).json()["code"] == "left"
    assert not Outcome.objects.exists()
    right = [{"membership": seat, "result": "graduated", "was": ""} for seat in seats]
    assert post(client, url, {"outcomes": right}).json()["code"] == "reason_needed"
    right = [row | {"reason": "Both were ill"} for row in right]
    assert [row["result"] for row in post(client, url, {"outcomes": right}).json()] == ["graduated"] * 2
    late = [{"membership": seats[0], "result": "unfinished", "was": ""}]
    assert post(client, url, {"outcomes": late}).json()["code"] == "changed_meanwhile"


@pytest.mark.parametrize("data", [{}, {"outcomes": []}, {"outcomes": [{"membership": 1, "result": "crowned"}]}])
def test_what_is_no_decision_is_said(base, ada, sign_in, data):
    assert post(sign_in(ada), f"{base}/outcomes/", data).status_code == 400


def test_thresholds_are_read_and_changed(base, cohort, ada, sign_in):
    client, url = sign_in(ada), f"{base}/thresholds/"
    seen = client.get(url).json()["seen"]
    assert post(client, url, {"progress_days": 10, "seen": seen}).json()["progress_days"] == 10
    assert post(client, url, {"progress_days": 12, "seen": seen}).json()["code"] == "changed_meanwhile"
    assert post(client, url, {"progress_days": 0}).status_code == 400
    assert post(client, url, {"progress_weight": 0, "study_weight": 0}).status_code == 409
    assert Thresholds.of(cohort).progress_days == 10


def test_one_leaves_and_an_admin_ends_anybodys(base, cohort, ada, amara, bela, mateo, sign_in):
    seats = {seat.person: seat.pk for seat in cohort.memberships.select_related("person")}
    assert post(sign_in(bela), f"{base}/leave/", {"membership": seats[amara]}).status_code == 404
    assert post(sign_in(bela), f"{base}/leave/", {"membership": seats[bela]}).status_code == 204
    assert post(sign_in(ada), f"{base}/leave/", {"membership": seats[mateo]}).json()["code"] == "has_mentees"
    assert post(sign_in(ada), f"{base}/leave/", {"membership": seats[amara], "reason": "Moved"}).status_code == 204
    assert list(Membership.objects.active().filter(cohort=cohort).values_list("person", flat=True)) == [mateo.pk]
