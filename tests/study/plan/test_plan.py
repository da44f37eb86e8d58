"""The plan of a week: slots that never overlap, ready weeks, planned against done, and the calendar."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts.calendar_sources import ahead_of, entries_of
from mentorship.cohorts.ical import feed
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.study.models import PlanSlot
from mentorship.study.plan.doing import doing_of, occurrences
from mentorship.study.plan.weeks import WEEKS, adopt
from tests.cohorts.test_at_once import at_once, codes
from tests.factory import make_person, make_study_entry

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)  # a Wednesday
EVENING = {"weekday": 2, "starts": time(19), "minutes": 60, "what": "theory"}


def plan(person, at=NOON, **said):
    return PlanSlot.add(by=person, at=at, **EVENING | said)


def refused(verb, **said):
    with pytest.raises(Refused) as refusal:
        verb(**said)
    return refusal.value.code


def test_slots_may_meet_and_never_overlap(amara, bela):
    plan(amara)
    assert refused(plan, person=amara, starts=time(19, 59)) == "slot_overlaps"
    plan(amara, starts=time(20))
    plan(amara, weekday=3)
    plan(bela)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanSlot.objects.create(person=amara, weekday=2, begins=1100, minutes=90, what="theory", since=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"starts": time(23, 30)}, "slot_past_midnight"),
        ({"minutes": 4}, "slot_too_short"),
        ({"weekday": 7}, "weekday_unknown"),
        ({"what": "item"}, "slot_item"),
    ],
)
def test_what_no_week_has_is_refused(amara, said, code):
    assert refused(plan, person=amara, **said) == code


def test_a_changed_plan_leaves_the_past_as_it_was(amara):
    slot = plan(amara, at=NOON - timedelta(weeks=3))
    moved = slot.change(**EVENING | {"minutes": 90}, at=NOON)
    moved.change(**EVENING | {"minutes": 30}, at=NOON)
    assert refused(slot.change, **EVENING) == "slot_gone"
    make_study_entry(amara, day=date(2026, 3, 4), minutes=50)
    doing = doing_of(amara, NOON)
    assert [(row.planned, row.done) for row in doing.weeks[:5]] == [(30, 0), (60, 50), (60, 0), (60, 0), (0, 0)]
    assert [row.planned for row in doing.days] == [0, 0, 30, 0, 0, 0, 0]
    PlanSlot.objects.visible_to(amara).live().get().remove(at=NOON)
    assert [row.planned for row in doing_of(amara, NOON).weeks[:2]] == [0, 60]


@pytest.mark.parametrize("key", sorted(WEEKS))
def test_every_ready_week_fits(amara, key):
    plan(amara)
    made = adopt(by=amara, key=key, at=NOON)
    assert PlanSlot.objects.live().count() == len(made) == len(WEEKS[key].slots)
    assert refused(adopt, by=amara, key="none") == "week_unknown"


def test_the_week_of_the_interview_notes():
    slots = WEEKS["interviews"].slots
    days = {what: [slot.weekday for slot in slots if slot.what == what] for what in {slot.what for slot in slots}}
    assert len(days["theory"]) in (4, 5)
    assert sorted(days["exercises"]) == list(range(7))
    assert len(days["coding"]) in (2, 3)
    assert {*days["portfolio"], *days["kaggle"], *days["papers"]} == {5, 6}
    assert all(60 <= slot.minutes <= 120 for slot in slots if slot.what == "theory")


def test_times_are_those_of_ones_own_clock_summer_and_winter(db):
    person = make_person(timezone="Europe/Berlin")
    slot = plan(person, weekday=6)
    found = occurrences([slot], date(2026, 3, 22), date(2026, 3, 29), person.zone)
    assert [at.astimezone(UTC).hour for _slot, _day, at in found] == [18, 17]
    skipped = plan(person, weekday=6, starts=time(2, 30))
    ((_slot, _day, at),) = occurrences([skipped], date(2026, 3, 29), date(2026, 3, 29), person.zone)
    assert at.astimezone(UTC).astimezone(person.zone).time() == time(3, 30)


def test_it_stands_in_the_calendar(amara, bela):
    now = clock.now()
    plan(amara, at=now)
    entries = entries_of(amara, at=now)
    assert 6 <= len(entries) <= 7
    assert {entry.starts_at.astimezone(amara.zone).hour for entry in entries} == {19}
    assert b"SUMMARY:Study: Theory" in feed(entries, "Mine")
    assert ahead_of(amara, now) == []
    assert entries_of(bela, at=now) == []


def test_on_its_page(sign_in, amara, bela, stream, django_assert_max_num_queries):
    client, item = sign_in(amara), stream.items.first()
    assert "A week to begin with" in client.get("/study/plan/").text
    client.post("/study/plan/adopt/", {"week": "evenings"})
    said = {"weekday": "4", "starts": "07:15", "minutes": "45", "what": "theory", "item": item.pk}
    assert client.post("/study/plan/", said).url == "/study/plan/"
    slot = PlanSlot.objects.get(item=item)
    assert slot.what == "item"
    again = client.post("/study/plan/", said)
    assert (again.status_code, "at that time" in again.text, 'value="07:15"' in again.text) == (422, True, True)
    with django_assert_max_num_queries(9):
        assert item.title in client.get("/study/plan/").text
    assert client.post(f"/study/plan/{slot.pk}/", said | {"starts": "25:00"}).status_code == 422
    assert client.post(f"/study/plan/{slot.pk}/", said | {"starts": "08:00"}).url == "/study/plan/"
    assert sign_in(bela).get(f"/study/plan/{slot.pk}/").status_code == 404
    client.post(f"/study/plan/{slot.pk}/remove/")
    assert not PlanSlot.objects.filter(item=item).exists()


def test_in_the_api(sign_in, amara, stream):
    client, json, item = sign_in(amara), "application/json", stream.items.first()
    said = {"weekday": 0, "starts": "19:00", "minutes": 60, "what": "theory"}
    made = client.post("/api/v1/plan-slots/", said, content_type=json)
    assert (made.status_code, made.json()["starts"]) == (201, "19:00")
    assert client.post("/api/v1/plan-slots/", said, content_type=json).json()["code"] == "slot_overlaps"
    address = f"/api/v1/plan-slots/{made.json()['id']}/"
    changed = client.patch(address, {"what": "item", "item": item.key}, content_type=json).json()
    assert (changed["what"], changed["item"], changed["starts"]) == ("item", item.key, "19:00")
    assert client.patch(address, {"what": "papers"}, content_type=json).json()["item"] is None
    assert client.post("/api/v1/plan-slots/adopt/", {"week": "none"}, content_type=json).status_code == 400
    assert len(client.post("/api/v1/plan-slots/adopt/", {"week": "weekend"}, content_type=json).json()) == 5
    assert client.get("/api/v1/plan-slots/doing/").json()["weeks"][0]["planned"] > 0
    assert client.delete(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_one():
    person = make_person()
    assert codes(at_once([lambda: plan(person)] * 4)) == ["done"] + ["slot_overlaps"] * 3
    copies = [PlanSlot.objects.get() for _ in range(3)]
    later = NOON + timedelta(days=1)
    found = at_once([lambda copy=copy: copy.change(**EVENING | {"minutes": 75}, at=later) for copy in copies])
    assert codes(found) == ["done"] + ["slot_gone"] * 2
    assert codes(at_once([lambda: adopt(by=person, key="weekend", at=later)] * 3)) == ["done"] * 3
    assert PlanSlot.objects.live().count() == 5


def test_an_item_is_planned_from_its_own_page(sign_in, amara, stream):
    item = stream.items.first()
    page = sign_in(amara).get(f"/study/plan/?item={item.key}").content.decode()
    assert f'<option value="{item.pk}" selected>{item.title}</option>' in page
    assert sign_in(amara).get("/study/plan/?item=no-such").status_code == 200
