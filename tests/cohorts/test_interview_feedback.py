"""How a mock interview went: once from each of the two, the other's read after one's own."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorship.cohorts.interviews import RUBRIC, InterviewRound
from mentorship.cohorts.models import InterviewFeedback
from mentorship.cohorts.models.interview_feedback import asked_of
from mentorship.cohorts.reminders_hours import ask_how_it_went, remind_of_bookings
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
SAID = {"went_well": "Asked before coding.", "next_time": "Test aloud."}


@pytest.fixture
def booking(cohort, mateo, amara):
    host = cohort.memberships.get(person=mateo)
    return factory.make_slot(host, 2, at=AT).book(by=amara, topic="Graphs", at=AT)


@pytest.fixture
def after(booking):
    return booking.slot.ends_at


def give(booking, person, at, level=2):
    levels = {point.key: level for point in asked_of(booking, person)}
    return InterviewFeedback.give(booking=booking, by=person, levels=levels, at=at, **SAID)


def refused(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def test_every_round_has_points_of_its_own():
    assert set(RUBRIC) == set(InterviewRound.values)
    assert all(len({point.key for point in points}) == 4 for points in RUBRIC.values())


def test_each_is_asked_about_the_other(booking, mateo, amara):
    assert [point.key for point in asked_of(booking, mateo)] == ["clarifies", "works", "cost", "tests"]
    assert [point.key for point in asked_of(booking, amara)] == ["clear", "room", "useful"]


def test_one_reads_the_others_after_giving_ones_own(booking, mateo, amara, bela, ada, after):
    def read(person, at=after):
        return {row.by.person for row in InterviewFeedback.objects.visible_to(person, at)}

    give(booking, mateo, after)
    assert (read(mateo), read(amara)) == ({mateo}, set())
    give(booking, amara, after)
    assert read(mateo) == read(amara) == {mateo, amara}
    assert read(bela) == read(ada) == set()


def test_or_a_week_later(booking, mateo, amara, after):
    give(booking, mateo, after)
    assert InterviewFeedback.objects.visible_to(amara, after + timedelta(days=7)).exists()


def test_what_is_refused(booking, mateo, amara, bela, after):
    assert refused(lambda: give(booking, mateo, booking.slot.starts_at - timedelta(seconds=1))) == "not_begun"
    assert refused(lambda: give(booking, mateo, after + timedelta(days=31))) == "too_late"
    assert refused(lambda: give(booking, mateo, after, level=4)) == "levels"
    one = {"clear": 1}
    assert refused(lambda: InterviewFeedback.give(booking=booking, by=amara, levels=one, at=after, **SAID)) == "levels"
    give(booking, mateo, after)
    assert refused(lambda: give(booking, mateo, after)) == "given_already"
    said = {"levels": {"clear": 1, "room": 1, "useful": 1}, "went_well": "  ", "next_time": "x"}
    assert refused(lambda: InterviewFeedback.give(booking=booking, by=amara, at=after, **said)) == "went_well"
    with pytest.raises(Refused):
        InterviewFeedback.give(booking=booking, by=bela, levels={}, at=after, **SAID)


def test_both_are_reminded_a_day_before_once(booking, mateo, amara):
    start = booking.slot.starts_at
    assert remind_of_bookings(at=start - timedelta(days=1, seconds=1)) == 0
    assert remind_of_bookings(at=start - timedelta(hours=20)) == 2
    assert remind_of_bookings(at=start - timedelta(hours=1)) == 0
    assert Notification.objects.filter(kind="hours_soon").count() == 2


def test_what_was_booked_late_or_called_off_needs_no_reminder(booking, cohort, mateo, bela):
    booking.cancel(by=booking.guest.person, at=AT)
    start = booking.slot.starts_at
    booking.slot.book(by=bela, at=start - timedelta(hours=5))
    assert remind_of_bookings(at=start - timedelta(hours=4)) == 0


def test_who_has_not_said_how_it_went_is_asked_once(booking, mateo, amara, after):
    give(booking, mateo, after)
    assert ask_how_it_went(at=after + timedelta(hours=23)) == 0
    assert ask_how_it_went(at=after + timedelta(days=3)) == 1
    assert ask_how_it_went(at=after + timedelta(days=4)) == 0
    assert Notification.objects.get(kind="interview_feedback_missing").person == amara
