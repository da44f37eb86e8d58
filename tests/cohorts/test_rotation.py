"""Whose turn it is: led least, then longest ago; nobody away, nobody twice in a row; the same each time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts import rotation
from mentorship.cohorts.models import Away, Exchange, Meeting, Membership, Pause
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once

NOW = timezone.now()


def weeks(number):
    return NOW + timedelta(weeks=number)


def meet(cohort, number, coordinator=None):
    return factory.make_meeting(cohort, title=f"Session {number}", starts_at=weeks(number), coordinator=coordinator)


def leaders(cohort):
    rotation.fill(cohort=cohort, by=factory.make_person(groups=["admins"]), at=NOW)
    rows = cohort.meetings.upcoming(NOW).select_related("coordinator__person")
    return [row.coordinator.person.get_short_name() if row.coordinator else "" for row in rows]


@pytest.fixture
def chiara(cohort, alone):
    return factory.make_membership(cohort, factory.make_person("Chiara Conti"))


def test_who_led_least_and_longest_ago_is_next(cohort, mentee, alone, chiara):
    meet(cohort, -6, mentee)
    meet(cohort, -4, alone)
    meet(cohort, -2, alone)
    for number in (1, 3, 5, 7):
        meet(cohort, number)
    assert leaders(cohort) == ["Chiara", "Amara", "Chiara", "Béla"]


def test_it_deals_the_same_each_time(cohort, mentee, alone, chiara):
    meetings = [meet(cohort, number) for number in range(1, 8)]
    first = rotation.propose(cohort, meetings)
    assert first == rotation.propose(cohort, meetings)
    assert [seat.person.get_short_name() for seat in first.values()][:3] == ["Amara", "Béla", "Chiara"]


def test_a_newcomer_does_not_lead_twice_in_a_row(cohort, mentee, alone, chiara):
    for number, seat in ((-8, mentee), (-7, alone), (-6, mentee), (-5, alone)):
        meet(cohort, number, seat)
    for number in (1, 2, 3):
        meet(cohort, number)
    assert leaders(cohort) == ["Chiara", "Amara", "Chiara"]


def test_who_is_away_on_that_day_is_passed_over_and_comes_back(cohort, amara, mentee, alone):
    factory.make_away(amara, 5, 9)
    for number in (1, 2):
        meet(cohort, number)
    assert leaders(cohort) == ["Béla", "Amara"]


def test_when_everybody_is_away_nobody_is_guessed(cohort, amara, bela, mentee, alone):
    for person in (amara, bela):
        factory.make_away(person, 1, 20)
    meet(cohort, 1)
    with pytest.raises(Refused, match="No mentee is there"):
        leaders(cohort)
    assert Meeting.objects.get().coordinator is None


def test_the_turns_of_who_leaves_go_to_who_is_next(ada, bela, cohort, mentee, alone):
    first, past = meet(cohort, 1, mentee), meet(cohort, -1, mentee)
    called_off = factory.make_meeting(cohort, starts_at=weeks(2), coordinator=mentee, cancelled_at=NOW)
    mentee.leave(by=ada)
    for row in (first, past, called_off):
        row.refresh_from_db()
    assert (first.coordinator, past.coordinator, called_off.coordinator) == (alone, mentee, mentee)
    assert Notification.objects.get(person=bela, kind="turn_given").title.startswith("You lead Session 1")


def test_the_turn_of_a_mentor_who_leaves_goes_on_too(ada, cohort, mentee, mentor):
    meeting = meet(cohort, 1, mentor)
    cohort.assignments.active().get().end(by=ada, reason="Moved on")
    Membership.objects.get(pk=mentor.pk).leave(by=ada)
    meeting.refresh_from_db()
    assert meeting.coordinator == mentee


def paused(seat, first, until):
    today = timezone.localdate(NOW, seat.person.zone)
    first_day, returns_on = today + timedelta(days=first), today + timedelta(days=until)
    Pause.take(seat, by=seat.person, reason="rest", first_day=first_day, returns_on=returns_on, at=NOW)


def gone(seat, first, until):
    today = timezone.localdate(NOW, seat.person.zone)
    Away.take(by=seat.person, first_day=today + timedelta(first), last_day=today + timedelta(until - 1), at=NOW)


@pytest.mark.parametrize("leave", [paused, gone])
def test_turns_in_a_pause_or_on_days_away_go_to_who_is_next(leave, amara, bela, cohort, mentee, alone, chiara):
    before, first, second, after = (meet(cohort, number, mentee) for number in (1, 2, 3, 5))
    meet(cohort, -1, alone)  # Chiara has led least
    leave(mentee, 10, 25)
    for row in (before, first, second, after):
        row.refresh_from_db()
    assert [row.coordinator for row in (before, first, second, after)] == [mentee, chiara, alone, mentee]
    told = Notification.objects.filter(kind="turn_given").values_list("person__name", "title")
    assert [title.split(" of ")[0] for _, title in told.order_by("person__name")] == [
        "You lead Session 3", "You lead Session 2",
    ]  # fmt: skip
    word = Notification.objects.get(person=amara, kind="turn_taken")
    assert word.body == "Session 2: Chiara Conti\nSession 3: Béla Kovács"


def test_where_nobody_else_is_there_nobody_is_guessed_in_a_pause(amara, bela, cohort, mentee, alone):
    factory.make_away(bela, 1, 20)
    meeting = meet(cohort, 1, mentee)
    paused(mentee, 0, 14)
    meeting.refresh_from_db()
    assert meeting.coordinator is None
    assert Notification.objects.get(person=amara, kind="turn_taken").body == "Session 1: nobody yet"


def test_nobody_is_asked_to_lead_when_away(amara, bela, cohort, mentee, alone):
    meeting = meet(cohort, 1, mentee)
    factory.make_away(bela, 5, 9)
    with pytest.raises(Refused, match="not there on that day"):
        Exchange.ask(meeting, by=amara, other=alone)


@pytest.mark.django_db(transaction=True)
def test_a_pause_and_dealing_turns_at_once():
    ada, cohort = factory.make_person(groups=["admins"]), factory.make_cohort()
    seats = [factory.make_membership(cohort, factory.make_person()) for _ in range(2)]
    meetings = [meet(cohort, number) for number in range(1, 5)]
    here = Membership.objects.select_related("person", "cohort").get(pk=seats[0].pk)
    calls = [lambda: paused(here, 0, 60), lambda: gone(seats[1], 70, 75)]
    results = at_once([*calls, lambda: rotation.fill(cohort=cohort, by=ada, at=NOW)])
    assert results == [None, None, None]
    for meeting in meetings:
        meeting.refresh_from_db()
        assert meeting.coordinator == seats[1]


def test_the_last_one_to_leave_leaves_meetings_without_a_coordinator(ada, cohort, mentee, alone):
    meeting = meet(cohort, 1, mentee)
    alone.leave(by=ada)
    mentee.leave(by=ada)
    meeting.refresh_from_db()
    assert meeting.coordinator is None


def test_the_proposal_is_shown_and_taken_by_an_admin_alone(sign_in, ada, amara, cohort, mentee, alone):
    meet(cohort, 1)
    address = f"/cohorts/{cohort.slug}/meetings/"
    assert "Amara Okafor is next" in sign_in(ada).get(address).text
    assert "Let those lead who are next" not in sign_in(amara).get(address).text
    assert sign_in(ada).post(address + "turns/fill/").status_code == 302
    assert Meeting.objects.get().coordinator == mentee
    assert "You lead it" in sign_in(amara).get(address).text
