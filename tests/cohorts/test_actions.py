"""What is taken on at a meeting: owner, day, ticking, and where it stands until it is done."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentorship.cohorts.models import ActionItem
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory

NOW = timezone.now()


@pytest.fixture
def meeting(cohort, mentee):
    """Yesterday, led by Amara."""
    return factory.make_meeting(cohort, coordinator=mentee, starts_at=NOW - timedelta(days=1))


@pytest.fixture
def today(cohort):
    return timezone.localdate(NOW, cohort.zone)


@pytest.fixture
def address(meeting):
    return meeting.get_absolute_url()


def test_taking_on_telling_and_ticking(sign_in, amara, bela, alone, meeting, address, today):
    form = {"text": "Find a baseline", "owner": alone.pk, "due_on": str(today + timedelta(days=7))}
    assert sign_in(amara).post(address + "actions/", form).status_code == 302
    item = ActionItem.objects.get()
    assert Notification.objects.get(person=bela, kind="action_given").title.endswith("Find a baseline")
    page = sign_in(bela).get(address).text
    assert "Find a baseline" in page
    tick = f"/cohorts/{meeting.cohort.slug}/meetings/actions/{item.pk}/tick/"
    assert sign_in(amara).post(tick).status_code == 404
    for _ in range(2):
        assert sign_in(bela).post(tick, {"next": "/home/"}).url == "/home/"
    item.refresh_from_db()
    assert item.done_at
    sign_in(bela).post(tick, {"open": "1"})
    assert ActionItem.objects.open().count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": ""}, "required"),
        ({"text": "x" * 201}, "200 characters"),
        ({"owner": "0"}, "valid choice"),
        ({"due_on": "yesterday"}, "valid date"),
        ({"due_on": "2001-01-01"}, "from today on"),
        ({"due_on": "2999-01-01"}, "within a year"),
    ],
)
def test_what_is_wrong_comes_back_at_its_field(sign_in, amara, alone, address, today, change, words):
    form = {"text": "Find a baseline", "owner": alone.pk, "due_on": str(today)} | change
    answer = sign_in(amara).post(address + "actions/", form)
    assert answer.status_code == 422
    assert words in answer.text
    assert not ActionItem.objects.exists()


def test_the_same_form_twice_is_one_item(amara, alone, meeting, today):
    one = ActionItem.add(meeting, by=amara, owner=alone, text="A", due_on=today)
    assert ActionItem.add(meeting, by=amara, owner=alone, text="A", due_on=today, key=one.key) == one


def test_it_stands_in_the_next_agenda_until_it_is_done(sign_in, amara, alone, cohort, meeting):
    item = factory.make_action(meeting, alone, text="Read chapter 5")
    following = factory.make_meeting(cohort, title="Session 4")
    assert "Still open from before" in sign_in(amara).get(following.get_absolute_url()).text
    item.tick(by=alone.person)
    assert "Read chapter 5" not in sign_in(amara).get(following.get_absolute_url()).text


def test_it_stands_on_its_owner_s_home(sign_in, amara, bela, mateo, alone, mentor, meeting):
    factory.make_action(meeting, alone, text="Read chapter 5")
    factory.make_action(meeting, mentor, text="Find a paper")
    assert "Read chapter 5" in sign_in(bela).get("/home/").text
    assert "Find a paper" in sign_in(mateo).get("/home/").text
    assert "Read chapter 5" not in sign_in(amara).get("/home/").text


def test_changing_the_owner_tells_the_new_one(sign_in, amara, bela, mentee, alone, meeting, today):
    item = factory.make_action(meeting, mentee)
    address = f"/cohorts/{meeting.cohort.slug}/meetings/actions/{item.pk}/"
    form = {"text": "Share both", "owner": alone.pk, "due_on": str(today + timedelta(days=9))}
    assert sign_in(bela).post(address, form).status_code == 404
    assert sign_in(amara).post(address, form).status_code == 302
    assert Notification.objects.filter(person=bela, kind="action_given").count() == 1
    assert sign_in(bela).post(address + "drop/").status_code == 302
    item.refresh_from_db()
    assert item.dropped_at
    with pytest.raises(Refused, match="dropped"):
        item.tick(by=bela)


def test_an_overdue_one_can_be_said_otherwise_without_another_day(amara, mentee, meeting, today):
    item = factory.make_action(meeting, mentee, due_on=today - timedelta(days=3))
    item.change(by=amara, owner=mentee, text="Said better", due_on=item.due_on)
    assert ActionItem.objects.get().text == "Said better"


def test_the_owner_is_of_the_cohort_and_there(ada, alone, meeting, other_cohort, today):
    with pytest.raises(Refused, match="belong to this cohort"):
        ActionItem.add(meeting, by=ada, owner=other_cohort.memberships.get(), text="A", due_on=today)
    alone.leave(by=ada)
    with pytest.raises(Refused, match="belong to this cohort"):
        ActionItem.add(meeting, by=ada, owner=alone, text="A", due_on=today)
    with pytest.raises(IntegrityError, match="action_owner_of_cohort"), transaction.atomic():
        factory.make_action(meeting, other_cohort.memberships.get())


def test_a_stranger_takes_on_nothing(sign_in, noor, olga, address):
    for person in (noor, olga):
        assert sign_in(person).post(address + "actions/", {}).status_code == 404
