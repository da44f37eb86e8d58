"""The same of matching by the API."""

from mentorship.cohorts.models import Assignment, Wish
from tests import factory

JSON = {"content_type": "application/json"}
SAID = {"languages": ["en"], "awake_from": "07:00", "awake_until": "23:00"}


def test_what_one_says_of_oneself(sign_in, amara, stream):
    client, unit = sign_in(amara), stream.units.get()
    assert client.get("/api/v1/availability/").json()["languages"] == []
    said = SAID | {"hours_a_week": 3, "streams": [stream.key], "topics": [unit.key]}
    answer = client.put("/api/v1/availability/", said, **JSON)
    assert answer.json() == said | {"awake_from": "07:00:00", "awake_until": "23:00:00"}
    assert client.put("/api/v1/availability/", SAID | {"languages": ["xx"]}, **JSON).status_code == 400
    wrong = client.put("/api/v1/availability/", SAID | {"awake_until": "07:00"}, **JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "awake_until")


def test_wishes(sign_in, amara, mateo, ada, mentee, mentor, other_cohort):
    client, sent = sign_in(amara), {"seat": mentee.pk, "about": mentor.pk, "veto": True}
    made = client.post("/api/v1/wishes/", sent, **JSON)
    assert made.status_code == 201
    assert sign_in(mateo).get("/api/v1/wishes/").json()["results"] == []
    assert len(sign_in(ada).get("/api/v1/wishes/").json()["results"]) == 1
    stranger = sent | {"about": other_cohort.memberships.get().pk}
    assert client.post("/api/v1/wishes/", stranger, **JSON).status_code == 404
    assert sign_in(mateo).post("/api/v1/wishes/", sent, **JSON).status_code == 404
    address = f"/api/v1/wishes/{made.json()['id']}/"
    assert sign_in(ada).delete(address).status_code == 404
    assert client.delete(address).status_code == 204
    assert not Wish.objects.exists()


def test_a_proposal_from_its_making_to_its_end(sign_in, ada, mateo, cohort, alone, ines):
    client, sent = sign_in(ada), {"cohort": cohort.slug}
    assert sign_in(mateo).post("/api/v1/proposals/", sent, **JSON).status_code == 404
    made = client.post("/api/v1/proposals/", sent, **JSON).json()
    assert client.post("/api/v1/proposals/", sent, **JSON).json()["code"] == "proposed_already"
    address = f"/api/v1/proposals/{made['id']}/"
    placed = client.post(address + "place/", {"version": 1, "mentee": alone.pk, "mentor": ines.pk}, **JSON).json()
    assert (placed["version"], placed["pairs"][0]["pinned"]) == (2, True)
    assert client.post(address + "apply/", {"version": 1}, **JSON).status_code == 409
    assert client.post(address + "solve/", {"version": 2}, **JSON).json()["pairs"][0]["mentor"] == ines.pk
    assert client.post(address + "apply/", {"version": 3}, **JSON).json()["state"] == "applied"
    assert Assignment.objects.active().get(mentee=alone).mentor == ines
    assert client.post(address + "discard/", {"version": 4}, **JSON).status_code == 409


def test_the_board_says_whose_account_is_closed(sign_in, ada, cohort, mateo, ines):
    mateo.is_active = False
    mateo.save()
    page = sign_in(ada).get(f"/cohorts/{cohort.slug}/assignments/").text
    assert "The account of Mateo Rojas is closed. 1 mentee needs somebody else" in " ".join(page.split())
    address = f"/cohorts/{cohort.slug}/assignments/{Assignment.objects.get().pk}/reassign/"
    sent = {"mentor": ines.pk, "reason": "Mateo has left", "summary": ""}
    assert sign_in(ada).post(address, sent).status_code == 302


def test_nobody_is_assigned_to_a_closed_account_by_the_board(sign_in, ada, cohort, alone, ines):
    factory.User.objects.filter(pk=ines.person_id).update(is_active=False)
    sent = {"mentees": [alone.pk], "mentor": ines.pk}
    assert sign_in(ada).post(f"/cohorts/{cohort.slug}/assignments/assign/", sent).status_code == 422
