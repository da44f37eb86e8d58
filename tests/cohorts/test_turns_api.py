"""Turns, visits and points by the API: the scopes, verbs and refusals of the meeting's page."""

import pytest

from mentorship.cohorts.models import Meeting, Visit
from tests import factory


@pytest.fixture
def call(sign_in):
    def call(person, method, path, data=None):
        more = {} if method == "get" else {"content_type": "application/json"}
        response = getattr(sign_in(person), method)(f"/api/v1/{path}", data, **more)
        return response.status_code, response.json()

    return call


@pytest.fixture
def meeting(cohort, mentee):
    """Led by Amara."""
    return factory.make_meeting(cohort, coordinator=mentee, link="https://meet.example/3", agenda="Baselines")


def test_turns_change_hands(call, amara, bela, mateo, noor, mentor, alone, meeting):
    theirs = factory.make_meeting(meeting.cohort, coordinator=alone)
    asked = {"meeting": meeting.pk, "other": alone.pk, "in_return": theirs.pk}
    assert call(bela, "post", "exchanges/", asked)[0] == 404
    assert list(call(amara, "post", "exchanges/", asked | {"other": mentor.pk})[1]) == ["other"]
    assert call(amara, "post", "exchanges/", asked | {"in_return": meeting.pk})[1]["code"] == "in_return"
    status, made = call(amara, "post", "exchanges/", asked)
    assert (status, made["state"], made["other_name"]) == (201, "asked", "Béla Kovács")
    address = f"exchanges/{made['id']}/"
    assert call(amara, "post", "exchanges/", asked)[1]["code"] == "asked_already"
    assert (call(amara, "post", f"{address}agree/")[0], call(noor, "get", address)[0]) == (404, 404)
    assert call(bela, "post", f"{address}agree/")[1]["state"] == "agreed"
    assert dict(Meeting.objects.values_list("pk", "coordinator")) == {
        meeting.pk: alone.pk, theirs.pk: made["asker"],
    }  # fmt: skip
    assert call(amara, "post", f"{address}withdraw/")[1]["code"] == "answered_already"


def test_a_mentor_is_asked_to_come(call, amara, bela, mateo, noor, olga, meeting, other_cohort):
    assert call(bela, "get", "visits/mentors/", {"meeting": meeting.pk})[0] == 404
    assert [one["name"] for one in call(amara, "get", "visits/mentors/", {"meeting": meeting.pk})[1]["results"]] == [
        noor.name
    ]
    asked = {"meeting": meeting.pk, "mentor": noor.pk, "note": "How do you split?"}
    assert call(bela, "post", "visits/", asked)[0] == 404
    assert list(call(amara, "post", "visits/", asked | {"mentor": mateo.pk})[1]) == ["mentor"]
    made = call(amara, "post", "visits/", asked)[1]
    address = f"visits/{made['id']}/"
    assert call(amara, "post", "visits/", asked)[1]["code"] == "asked_already"
    seen = call(noor, "get", address)[1]
    assert (seen["note"], seen["link"], seen["agenda"]) == ("How do you split?", "", "")
    assert (call(bela, "get", address)[1]["note"], call(olga, "get", address)[0]) == ("", 404)
    assert call(bela, "post", f"{address}accept/")[0] == 404
    assert call(noor, "post", f"{address}accept/")[1]["link"] == "https://meet.example/3"
    assert call(noor, "post", f"{address}accept/")[1]["code"] == "answered_already"
    assert call(bela, "post", f"{address}withdraw/")[0] == 404
    assert call(amara, "post", f"{address}withdraw/")[1]["state"] == "withdrawn"
    assert call(noor, "get", address)[0] == 404
    assert Visit.objects.get().state == "withdrawn"


def test_points_are_brought_up_and_settled(call, ada, amara, bela, noor, meeting, other_cohort):
    said = {"meeting": meeting.pk, "text": "Recall or precision?"}
    assert call(noor, "post", "points/", said)[0] == 404
    assert list(call(bela, "post", "points/", said | {"text": " "})[1]) == ["text"]
    made = call(bela, "post", "points/", said)[1]
    other = call(ada, "post", "points/", said | {"text": "And now?"})[1]
    assert call(bela, "post", f"points/{other['id']}/settle/")[0] == 404
    assert call(amara, "post", f"points/{made['id']}/settle/")[1]["settled_at"]
    assert [one["id"] for one in call(bela, "get", "points/", {"open": "true"})[1]["results"]] == [other["id"]]
    Meeting.objects.update(closed_at=meeting.starts_at, closed_by=ada)
    assert call(bela, "post", "points/", said)[1]["code"] == "closed"
