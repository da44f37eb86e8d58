"""Meetings arranged by the API: the rhythm looked at and made, turns filled, moved and opened again; as the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Attendance, Meeting
from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def call(sign_in):
    def call(person, method, path, data=None):
        more = {} if method == "get" else {"content_type": "application/json"}
        response = getattr(sign_in(person), method)(f"/api/v1/{path}", data, **more)
        return response.status_code, response.json() if response.content else None

    return call


@pytest.fixture
def first(cohort):
    return timezone.localdate() + timedelta(days=7)


@pytest.fixture
def rhythm(first):
    return {"first_day": str(first), "clock": "18:00", "skip": [str(first + timedelta(weeks=2))], "title": "Circle"}


def test_the_rhythm_is_looked_at_then_made_once(call, ada, mateo, cohort, rhythm, first):
    address = f"cohorts/{cohort.slug}/series/"
    status, plan = call(ada, "get", address, rhythm)
    assert status == 200
    assert [row["state"] for row in plan[:3]] == ["new", "skipped", "new"]
    assert plan[0]["coordinator_name"]
    assert not Meeting.objects.exists()
    assert call(mateo, "get", address, rhythm)[0] == call(mateo, "post", address, rhythm)[0] == 404
    status, made = call(ada, "post", address, rhythm)
    new = [row for row in plan if row["state"] == "new"]
    assert (status, [row["starts_at"] for row in made]) == (201, [row["starts_at"] for row in new])
    assert [row["coordinator"] for row in made] == [row["coordinator_name"] for row in new]
    assert call(ada, "post", address, rhythm)[1]["code"] == "nothing_missing"
    assert call(ada, "get", address, rhythm)[1][0]["meeting"] == made[0]["id"]


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"skip": ["2001-01-01"]}, 409, "skip"),
        ({"first_day": "2001-01-01"}, 409, "first_day"),
        ({"first_day": "2026-02-30"}, 400, "first_day"),
        ({"clock": "25:00"}, 400, "clock"),
        ({"weeks": 0}, 400, "weeks"),
        ({"which": "third"}, 400, "which"),
    ],
)
def test_a_wrong_rhythm_makes_nothing(call, ada, cohort, rhythm, wrong, status, said):
    answer, body = call(ada, "post", f"cohorts/{cohort.slug}/series/", rhythm | wrong)
    assert (answer, body.get("code", next(iter(body)))) == (status, said)
    assert not Meeting.objects.exists()


def test_turns_are_looked_at_then_filled(call, ada, amara, cohort):
    days = [timezone.now() + timedelta(days=count) for count in (3, 17)]
    meetings = [factory.make_meeting(cohort, starts_at=moment) for moment in days]
    address = f"cohorts/{cohort.slug}/turns/"
    proposed = call(ada, "get", address)[1]
    assert [row["meeting"] for row in proposed] == [row.pk for row in meetings]
    assert call(amara, "post", address)[0] == 404
    assert not Meeting.objects.exclude(coordinator=None).exists()
    assert call(ada, "post", address)[1] == proposed
    assert {row.coordinator.person.name for row in Meeting.objects.all()} == {"Amara Okafor", "Béla Kovács"}
    assert call(ada, "post", address)[1]["code"] == "nothing_to_fill"


def test_one_is_put_into_the_calendar_and_moved(call, ada, amara, cohort, mentee, other_cohort):
    soon = timezone.now().replace(microsecond=0) + timedelta(days=2)
    said = {"cohort": cohort.slug, "title": "A guest", "starts_at": soon.isoformat(), "coordinator": mentee.pk}
    assert call(amara, "post", "meetings/", said)[0] == 404
    assert list(call(ada, "post", "meetings/", said | {"minutes_long": 91})[1]) == ["minutes_long"]
    stranger = other_cohort.memberships.get().pk
    assert list(call(ada, "post", "meetings/", said | {"coordinator": stranger})[1]) == ["coordinator"]
    assert call(ada, "post", "meetings/", said | {"cohort": "none"})[0] == 404
    status, made = call(ada, "post", "meetings/", said)
    assert (status, made["coordinator"]) == (201, "Amara Okafor")
    address, later = f"meetings/{made['id']}/", (soon + timedelta(days=1)).isoformat()
    assert call(amara, "patch", address, {"starts_at": later})[0] == 404
    moved = call(ada, "patch", address, {"starts_at": later, "reason": "A strike", "seen": made["seen"]})[1]
    assert moved["starts_at"] != made["starts_at"]
    assert Notification.objects.filter(person=amara, body__contains="A strike").exists()
    again = call(ada, "patch", address, {"title": "Another guest", "seen": made["seen"]})
    assert (again[0], again[1]["code"]) == (409, "changed_meanwhile")
    assert call(ada, "patch", address, {"starts_at": "2001-01-01T10:00:00Z"})[1]["code"] == "day"


def test_coming_or_not(call, amara, noor, cohort, mentee):
    address = f"meetings/{factory.make_meeting(cohort).pk}"
    assert call(noor, "post", f"{address}/excuse/")[0] == 404
    assert call(amara, "post", f"{address}/excuse/")[0] == 204
    assert Attendance.objects.get().membership == mentee
    assert call(amara, "post", f"{address}/come/")[0] == 204
    assert not Attendance.objects.exists()


def test_what_was_written_before_and_opening_again(call, ada, amara, cohort, mentee):
    meeting = factory.make_meeting(cohort, coordinator=mentee, starts_at=timezone.now() - timedelta(hours=1))
    address = f"meetings/{meeting.pk}"
    call(amara, "put", f"{address}/minutes/", {"text": "One.", "version": 0})
    call(ada, "put", f"{address}/minutes/", {"text": "Two.", "version": 1})
    found = call(amara, "get", f"{address}/revisions/")[1]["results"]
    assert [(row["text"], row["by"]) for row in found] == [("Two.", "Ada Lindqvist"), ("One.", "Amara Okafor")]
    assert call(amara, "get", f"{address}/revisions/?what=agenda")[1]["results"] == []
    assert call(amara, "get", f"{address}/revisions/?what=else")[0] == 400
    call(amara, "post", f"{address}/close/")
    assert call(amara, "post", f"{address}/reopen/")[0] == 404
    assert call(ada, "post", f"{address}/reopen/")[1]["closed_at"] is None
    assert call(ada, "post", f"{address}/reopen/")[1]["code"] == "open"
