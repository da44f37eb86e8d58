"""Meetings, minutes, attendance and action items by the API: the same scopes, verbs and refusals."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Meeting
from tests import factory

NOW = timezone.now()


@pytest.fixture
def call(sign_in):
    """`call(person, "post", path, {…})` gives status and parsed body."""

    def call(person, method, path, data=None):
        response = getattr(sign_in(person), method)(f"/api/v1/{path}", data, content_type="application/json")
        return response.status_code, response.json() if response.content else None

    return call


@pytest.fixture
def meeting(cohort, mentee):
    return factory.make_meeting(cohort, coordinator=mentee, starts_at=NOW - timedelta(hours=1))


def test_writing_minutes_with_a_version(call, amara, bela, meeting):
    address = f"meetings/{meeting.pk}/minutes/"
    assert call(amara, "put", address, {"text": "Amara's.", "version": 0})[1]["notes_version"] == 1
    status, body = call(bela, "put", address, {"text": "Béla's.", "version": 0})
    assert (status, body["code"], body["text"], body["version"]) == (409, "changed_meanwhile", "Amara's.", 1)
    assert call(bela, "put", address, {"text": "Both.", "version": body["version"]})[0] == 200
    assert call(bela, "put", address, {"text": "Both."})[0] == 400
    assert call(bela, "post", f"meetings/{meeting.pk}/close/")[0] == 404
    assert call(amara, "post", f"meetings/{meeting.pk}/close/")[1]["closed_at"]
    assert call(bela, "put", f"meetings/{meeting.pk}/agenda/", {"text": "Late.", "version": 0})[1]["code"] == "closed"


def test_attendance(call, amara, bela, noor, mentee, alone, meeting, other_cohort):
    address = f"meetings/{meeting.pk}/attendance/"
    said = {"attendance": [{"membership": mentee.pk, "state": "present"}, {"membership": alone.pk, "state": "absent"}]}
    assert call(bela, "put", address, said)[0] == 404
    assert call(amara, "put", address, said)[1]["attendance"][1] == {
        "membership": alone.pk, "name": "Béla Kovács", "state": "absent",
    }  # fmt: skip
    wrong = {"attendance": [{"membership": other_cohort.memberships.get().pk, "state": "present"}]}
    assert call(amara, "put", address, wrong)[1]["code"] == "not_a_member"
    assert call(amara, "put", address, {"attendance": [{"membership": mentee.pk, "state": "asleep"}]})[0] == 400
    assert call(noor, "get", address)[0] == 404


def test_action_items(call, amara, bela, noor, alone, meeting, cohort):
    day = str(timezone.localdate(NOW, cohort.zone) + timedelta(days=3))
    given = {"meeting": meeting.pk, "owner": alone.pk, "text": "Find a baseline", "due_on": day}
    status, made = call(amara, "post", "action-items/", given)
    assert (status, made["owner_name"]) == (201, "Béla Kovács")
    address = f"action-items/{made['id']}/"
    assert call(noor, "post", "action-items/", given)[0] == call(noor, "get", address)[0] == 404
    assert call(amara, "post", "action-items/", given | {"due_on": "2001-01-01"})[1]["code"] == "due_on"
    assert call(amara, "post", "action-items/", given | {"owner": 10**17})[0] == 400
    assert call(bela, "patch", address, {"text": "Find two"})[1]["text"] == "Find two"
    assert call(amara, "post", address + "tick/", {})[0] == 404
    assert call(bela, "post", address + "tick/", {})[1]["done_at"]
    assert call(bela, "post", address + "tick/", {"done": False})[1]["done_at"] is None
    assert call(bela, "get", "action-items/?mine=true&open=true")[1]["count"] == 1
    assert call(amara, "get", "action-items/?mine=true")[1]["count"] == 0
    assert call(amara, "post", address + "drop/")[1]["dropped_at"]


def test_calling_off_is_for_admins(call, ada, amara, cohort):
    meeting = factory.make_meeting(cohort)
    assert call(amara, "post", f"meetings/{meeting.pk}/cancel/", {"reason": "x"})[0] == 404
    assert (
        call(ada, "post", f"meetings/{meeting.pk}/cancel/", {"reason": "A strike."})[1]["cancel_reason"] == "A strike."
    )
    assert call(ada, "post", f"meetings/{meeting.pk}/cancel/", {})[1]["code"] == "cancelled"
    assert Meeting.objects.get().cancelled_at
