"""The calendar through the API: the same scopes and verbs."""

from datetime import timedelta

import pytest
from django.utils.dateparse import parse_datetime

from mentorship.cohorts.models import Extension, Schedule
from tests import factory

JSON = {"content_type": "application/json"}


@pytest.fixture
def due(cohort):
    return factory.make_due(cohort)


def test_an_admin_moves_units_and_the_loser_of_two_is_told(sign_in, cohort, ada, amara):
    Schedule.draft(cohort, by=ada)
    address, client = f"/api/v1/schedules/{cohort.slug}/", sign_in(ada)
    read = sign_in(amara).get(address).json()
    assert (read["weeks"], read["skipped"], read["version"]) == (17, [], 1)
    (unit,) = read["units"]
    changed = read | {"skipped": [2], "units": [unit | {"first_week": 3, "last_week": 5}]}
    written = client.put(address, changed, **JSON)
    assert written.json()["units"][0]["last_week"] == 5
    assert client.put(address, changed, **JSON).status_code == 409
    strange = changed | {"version": 2, "units": [unit | {"unit": "no-such"}]}
    assert client.put(address, strange, **JSON).status_code == 400
    for first, last in ((5, 3), (2, 3), (3, 99)):
        weeks = [unit | {"first_week": first, "last_week": last}]
        assert client.put(address, changed | {"version": 2, "units": weeks}, **JSON).status_code == 409


def test_each_reads_their_own_time(sign_in, due, mentee, amara, bela, mateo):
    factory.make_extension(due, mentee).grant(by=mateo)
    (mine,) = sign_in(amara).get("/api/v1/due-dates/").json()["results"]
    (theirs,) = sign_in(bela).get(f"/api/v1/due-dates/?cohort={due.cohort.slug}").json()["results"]
    assert parse_datetime(mine["own_due_at"]) == due.due_at + timedelta(days=7)
    assert theirs["own_due_at"] == theirs["due_at"] == mine["due_at"]


def test_more_time_is_asked_for_and_answered(sign_in, due, amara, bela, mateo, mentee):
    until = (due.due_at + timedelta(days=3)).isoformat()
    said = {"due": due.pk, "until": until, "reason": "Flu"}
    mine, theirs = sign_in(amara), sign_in(mateo)
    made = mine.post("/api/v1/extensions/", said, **JSON)
    assert made.status_code == 201
    assert mine.post("/api/v1/extensions/", said, **JSON).json()["code"] == "asked_already"
    address = f"/api/v1/extensions/{made.json()['id']}/"
    assert mine.post(f"{address}grant/").status_code == 404
    assert sign_in(bela).get(address).status_code == 404
    assert theirs.post(f"{address}grant/", {"note": "Rest."}, **JSON).json()["state"] == "granted"
    given = {"mentee": mentee.pk, "until": (due.due_at + timedelta(days=5)).isoformat(), "reason": "Rest."}
    assert theirs.post(f"/api/v1/due-dates/{due.pk}/extend/", given, **JSON).status_code == 201
    assert mine.post(f"/api/v1/due-dates/{due.pk}/extend/", given, **JSON).status_code == 404
    assert Extension.objects.filter(state="granted").count() == 1


def test_only_what_may_be_written_is_written(sign_in, due, ada):
    address = f"/api/v1/due-dates/{due.pk}/"
    moment = (due.due_at + timedelta(days=1)).isoformat()
    answer = sign_in(ada).patch(address, {"due_at": moment, "id": 1, "by_hand": False, "cohort": "x"}, **JSON).json()
    assert (answer["id"], answer["by_hand"], answer["cohort"]) == (due.pk, True, due.cohort.slug)
    far = sign_in(ada).patch(address, {"due_at": "0001-01-01T00:00:00Z"}, **JSON)
    assert (far.status_code, far.json()["code"]) == (409, "day")
