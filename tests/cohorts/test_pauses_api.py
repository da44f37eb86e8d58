"""Pauses, leaving and coming back by the API: the scopes, verbs and refusals of the pages."""

from datetime import timedelta

import pytest

from mentorship.cohorts.models import Departure
from mentorship.cohorts.models.away import today_of
from tests import factory


@pytest.fixture
def call(sign_in):
    def call(person, method, path, data=None):
        response = getattr(sign_in(person), method)(f"/api/v1/{path}", data, content_type="application/json")
        return response.status_code, response.json()

    return call


@pytest.fixture
def asked(amara, mentee):
    today = today_of(amara)
    days = {"first_day": str(today), "returns_on": str(today + timedelta(days=9))}
    return {"membership": mentee.pk, "reason": "work", "note": "A deadline"} | days


def test_a_pause_is_taken_and_ended(call, amara, bela, mateo, ada, asked):
    assert (call(bela, "post", "pauses/", asked)[0], call(mateo, "post", "pauses/", asked)[0]) == (404, 404)
    status, made = call(amara, "post", "pauses/", asked)
    assert (status, made["name"], made["ended_at"]) == (201, amara.name, None)
    address = f"pauses/{made['id']}/"
    assert call(amara, "post", "pauses/", asked)[1]["code"] == "overlaps"
    assert call(mateo, "get", address)[1]["note"] == "A deadline"
    assert call(bela, "get", address)[0] == 404
    assert call(mateo, "post", f"{address}end/")[0] == 404
    assert call(ada, "post", f"{address}end/")[1]["ended_at"]
    assert call(amara, "post", f"{address}end/")[1]["code"] == "over"


def test_a_pause_that_cannot_be(call, amara, asked):
    assert call(amara, "post", "pauses/", asked | {"returns_on": asked["first_day"]})[1]["code"] == "returns_on"
    assert call(amara, "post", "pauses/", asked | {"first_day": "2020-01-01"})[1]["code"] == "first_day"
    assert list(call(amara, "post", "pauses/", asked | {"reason": "moon"})[1]) == ["reason"]


def test_one_leaves_and_is_seen_by_the_next_cohort(call, amara, bela, mateo, ada, cohort, mentee, mentor, open_cohort):
    words = {"membership": mentee.pk, "kind": "time", "text": "Two jobs.", "thanks": "You listened."}
    assert call(bela, "post", "departures/", words)[0] == 404
    assert call(mateo, "post", "departures/", words | {"membership": mentor.pk})[1]["code"] == "has_mentees"
    status, made = call(amara, "post", "departures/", words)
    assert (status, made["kind"], made["door_open"]) == (201, "time", True)
    assert call(amara, "post", "departures/", words)[0] == 404
    assert [call(who, "get", f"departures/{made['id']}/")[0] for who in (amara, ada, mateo)] == [200, 200, 404]
    factory.make_application(open_cohort, amara)
    address = f"cohorts/{open_cohort.slug}/returning/"
    (row,) = call(ada, "get", address)[1]["results"]
    assert (row["name"], row["cohort"], row["asked"]) == (amara.name, cohort.name, "submitted")
    assert call(mateo, "get", address)[0] == 404
    assert Departure.objects.get().thanks == "You listened."
