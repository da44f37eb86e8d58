"""The timer: one at a time, minutes on the right days, never a guess."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentorship.common.errors import Refused
from mentorship.study.models import StudyEntry, Timer
from mentorship.study.timer.showing import running_of
from mentorship.study.timer.stopping import stop
from tests.cohorts.test_at_once import at_once, codes
from tests.factory import make_person

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def after(minutes, seconds=0):
    return NOON + timedelta(minutes=minutes, seconds=seconds)


def logged(person):
    return list(StudyEntry.objects.filter(person=person).order_by("day").values_list("day", "minutes"))


def refused(verb, **arguments):
    with pytest.raises(Refused) as refusal:
        verb(**arguments)
    return refusal.value.code


def test_what_it_ran_is_logged_and_pauses_are_not(amara, stream):
    item = stream.items.first()
    timer = Timer.start(by=amara, item=item, at=NOON)
    timer.pause(at=after(20))
    assert running_of(amara, after(50)).elapsed == "20 min"
    timer.resume(at=after(50))
    (entry,) = stop(timer=timer, note="Folds", mood=4, at=after(55, 59))
    assert (entry.minutes, entry.item, entry.note, entry.mood) == (25, item, "Folds", 4)
    assert (timer.outcome, running_of(amara, after(60))) == ("logged", None)


def test_one_at_a_time(amara, bela):
    timer = Timer.start(by=amara, at=NOON)
    assert refused(Timer.start, by=amara, at=after(1)) == "timer_runs"
    timer.pause(at=after(1))
    assert refused(Timer.start, by=amara, at=after(2)) == "timer_runs"
    assert refused(timer.pause, at=after(2)) == "timer_paused"
    Timer.start(by=bela, at=NOON)
    timer.discard(at=after(3))
    for verb in (timer.pause, timer.resume, timer.discard):
        assert refused(verb, at=after(4)) == "timer_ended"
    assert refused(stop, timer=timer, at=after(4)) == "timer_ended"
    assert logged(amara) == []
    assert refused(Timer.start, by=amara, at=after(2)) == "timer_overlaps"  # a clock that was put back


@pytest.mark.parametrize("ended", [None, after(9)])
def test_the_database_takes_no_second_one(amara, ended):
    Timer.start(by=amara, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Timer.objects.create(person=amara, started_at=after(5), ended_at=ended, outcome="logged" if ended else "")


def test_across_midnight_it_is_an_entry_a_day_and_no_minute_is_lost(amara):
    eleven = datetime(2026, 3, 11, 22, 29, 30, tzinfo=UTC)  # half past eleven in Lagos
    timer = Timer.start(by=amara, at=eleven)
    stop(timer=timer, at=eleven + timedelta(minutes=61))
    assert logged(amara) == [(date(2026, 3, 11), 31), (date(2026, 3, 12), 30)]


def test_across_a_change_of_summer_time_it_is_what_passed(db):
    person = make_person(timezone="Europe/Berlin")
    began = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half past one; at two it is three
    stop(timer=Timer.start(by=person, at=began), at=began + timedelta(hours=1))
    assert logged(person) == [(date(2026, 3, 29), 60)]


def test_below_a_minute_nothing_is_logged(amara):
    timer = Timer.start(by=amara, at=NOON)
    assert stop(timer=timer, at=after(0, 59)) == []
    assert (timer.outcome, logged(amara)) == ("too_short", [])


def test_a_clock_that_was_put_back_gives_no_negative_minutes(amara):
    timer = Timer.start(by=amara, at=NOON)
    assert stop(timer=timer, at=NOON - timedelta(hours=3)) == []


def test_forgotten_for_more_than_a_day_it_asks(amara):
    timer = Timer.start(by=amara, at=NOON)
    late = NOON + timedelta(days=2)
    assert refused(stop, timer=timer, at=late) == "timer_forgotten"
    assert Timer.objects.get().state() == "running"
    stop(timer=timer, minutes=40, at=late)
    assert logged(amara) == [(date(2026, 3, 11), 40)]


def test_of_days_that_are_closed_it_asks_too(amara):
    timer = Timer.start(by=amara, at=NOON)
    timer.pause(at=after(30))
    late = NOON + timedelta(days=9)
    assert refused(stop, timer=timer, at=late) == "timer_forgotten"
    assert refused(stop, timer=timer, minutes=30, day=date(2026, 3, 11), at=late) == "day_closed"
    stop(timer=timer, minutes=30, at=late)
    assert logged(amara) == [(date(2026, 3, 13), 30)]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_start_one_and_stop_it_once():
    person = make_person()
    assert codes(at_once([lambda: Timer.start(by=person, at=NOON)] * 4)) == ["done"] + ["timer_runs"] * 3
    copies = [Timer.objects.get() for _ in range(4)]
    found = at_once([lambda copy=copy: stop(timer=copy, at=after(30)) for copy in copies])
    assert codes(found) == ["done"] + ["timer_ended"] * 3
    assert [minutes for _day, minutes in logged(person)] == [30]
