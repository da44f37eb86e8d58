"""A pause: taken once, ended by itself or early, told to who has to know, and quiet meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts.models import Membership, Pause
from mentorship.cohorts.reminders import remind
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

TODAY = date.today()  # noqa: DTZ011 - as the factory's cohorts
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


def day(count):
    return TODAY + timedelta(days=count)


def pause(seat, first=0, until=7, by=None, **fields):
    fields = {"reason": "work", "at": NOW} | fields
    return Pause.take(seat, by=by or seat.person, first_day=day(first), returns_on=day(until), **fields)


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def told(person, kind):
    return list(Notification.objects.filter(person=person, kind=kind).order_by("pk").values_list("title", flat=True))


def test_mentor_and_admins_are_told_and_the_history_knows(mentee, amara, mateo, ada):
    row = pause(mentee, note="A  launch\nat work")
    assert row.note == "A launch at work"
    assert told(mateo, "pause") == told(ada, "pause") == [f"Amara Okafor takes a pause until {day(7):%-d %B}"]
    assert not told(amara, "pause")
    assert Event.objects.filter(verb="pause", subject_id=row.pk, actor=amara).exists()


def test_an_admin_may_and_the_mentee_is_told(mentee, amara, ada):
    pause(mentee, by=ada)
    assert "You have a pause" in told(amara, "pause")[0]


def test_nobody_else_may(mentee, mentor, mateo, bela):
    assert refused(lambda: pause(mentee, by=mateo)) == refused(lambda: pause(mentee, by=bela)) == "not_yours"
    assert refused(lambda: pause(mentor)) == "not_a_mentee"


@pytest.mark.parametrize(
    ("first", "until", "code"),
    [(-15, 3, "first_day"), (57, 60, "first_day"), (3, 3, "returns_on"), (-5, 0, "returns_on"), (0, 85, "returns_on")],
)
def test_days_that_make_no_sense(mentee, first, until, code):
    assert refused(lambda: pause(mentee, first, until)) == code


def test_not_past_the_end_of_the_cohort(mentee, cohort):
    type(cohort).objects.filter(pk=cohort.pk).update(ends_on=day(10))
    mentee.cohort.refresh_from_db()
    assert refused(lambda: pause(mentee, 0, 11)) == "returns_on"


def test_one_at_a_time_and_none_over_another(mentee):
    first = pause(mentee, 0, 7)
    assert refused(lambda: pause(mentee, 6, 9)) == refused(lambda: pause(mentee, 20, 25)) == "overlaps"
    first.end(by=mentee.person, at=NOW + timedelta(days=3))
    assert (first.first_day, first.returns_on) == (day(0), day(3))
    assert refused(lambda: pause(mentee, 2, 9)) == "overlaps"
    pause(mentee, 3, 9)


def test_raw_rows_do_not_overlap_either(mentee):
    pause(mentee)
    for ended in (None, NOW):
        with pytest.raises(IntegrityError, match="pause_"), transaction.atomic():
            Pause.objects.create(membership=mentee, reason="work", first_day=day(3), returns_on=day(9), ended_at=ended)


def test_it_ends_by_itself_and_greets_once(mentee, amara, mateo):
    pause(mentee)
    remind(at=NOW + timedelta(days=6))
    assert Pause.objects.active(on=day(6)).exists()
    assert not told(amara, "pause_over")
    for hours in (0, 0, 30):
        remind(at=NOW + timedelta(days=7, hours=hours))
    assert not Pause.objects.active(on=day(7)).exists()
    assert told(amara, "pause_over") == [f"Welcome back to {mentee.cohort}"]
    assert told(mateo, "pause_over") == ["Amara Okafor is back from a pause"]


def test_back_early_and_called_off(mentee, amara, mateo):
    row = pause(mentee)
    row.end(by=amara, at=NOW + timedelta(days=2))
    assert told(mateo, "pause_over") == ["Amara Okafor is back"]
    assert refused(lambda: row.end(by=amara, at=NOW)) == "over"
    later = pause(mentee, 5, 9, at=NOW + timedelta(days=2))
    later.end(by=amara, at=NOW + timedelta(days=3))
    assert told(mateo, "pause_over")[-1] == "Amara Okafor takes no pause after all"
    assert len(told(amara, "pause_over")) == 1


def test_silence_is_counted_from_the_return(mentee, amara, mateo):
    Membership.objects.filter(pk=mentee.pk).update(joined_at=NOW - timedelta(days=5))
    pause(mentee, 0, 14)
    for after in (3, 10, 13, 15, 20):
        remind(at=NOW + timedelta(days=after))
    assert not told(amara, "mentee_silent")
    remind(at=NOW + timedelta(days=22))
    assert len(told(amara, "mentee_silent")) == len(told(mateo, "mentee_silent_mentor")) == 1


def test_work_that_was_returned_waits_longer(mentee, amara, mateo):
    from projects.reminders import remind as remind_of_work

    work = factory.make_submission(mentee)
    factory.make_review(work, mateo)
    work.refresh_from_db()
    since = work.awaiting_mentee_since
    pause(mentee, 0, 10)
    for after in (8, 12, 16):
        remind_of_work(at=since + timedelta(days=after))
    assert not told(amara, "changes_waiting")
    remind_of_work(at=since + timedelta(days=18))
    assert len(told(amara, "changes_waiting")) == 1


@pytest.mark.django_db(transaction=True)
def test_two_windows_take_one_pause():
    seat = factory.make_membership(factory.make_cohort(), factory.make_person())
    results = at_once([lambda: pause(Membership.objects.select_related("person", "cohort").get(pk=seat.pk))] * 6)
    assert codes(results) == ["done"] + ["overlaps"] * 5
