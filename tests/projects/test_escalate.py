"""Rounds that wait: their mentor is reminded, others are asked to help, somebody else gets the round."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.notifications.models import Notification
from projects.escalation import escalate
from projects.models import HandOver, Round
from tests import factory

NOW = timezone.now()
MINUTE = timedelta(minutes=1)


def told(kind):
    rows = Notification.objects.filter(kind=kind).order_by("pk")
    return [(row.person.name, row.threshold) for row in rows]


def days(count):
    return NOW + timedelta(days=count) + MINUTE


def every_day(until, since=0):
    for half in range(2 * since, 2 * until + 1):
        escalate(at=days(half / 2))
        escalate(at=days(half / 2) + 5 * MINUTE)


@pytest.fixture
def round(seat):
    return factory.make_submission(seat, at=NOW).rounds.get()


def test_a_mentor_is_reminded_half_way_and_when_it_is_due(round):
    every_day(5)
    assert told("round_waiting") == [("Mateo Rojas", 1), ("Mateo Rojas", 2)]
    assert [row.created_at for row in Notification.objects.filter(kind="round_waiting")] == [days(2), days(4)]


def test_a_longer_promise_reminds_later(round, cohort, mateo):
    cohort.memberships.get(person=mateo).promise(10, by=mateo)
    every_day(5)
    assert told("round_waiting") == [("Mateo Rojas", 1)]


def test_nobody_is_reminded_of_days_away(round, mateo, ines):
    factory.make_away(mateo, 1, 10, now=NOW)
    every_day(11)
    assert told("round_waiting") == []
    every_day(30, since=11)
    assert len(told("round_waiting")) == 2


def test_some_days_without_beat_are_one_reminder(round):
    assert escalate(at=days(5)) == 1
    assert escalate(at=days(5.5)) == 0
    assert told("round_waiting") == [("Mateo Rojas", 2)]


def test_whose_claim_ends_is_told_once_for_each_end(round, ines):
    round.claim(by=ines, at=days(1))
    for hour in range(24, 48):
        escalate(at=days(hour / 24))
    assert told("claim_ends") == [("Inês Duarte", 0)]
    assert Notification.objects.get(kind="claim_ends").title.endswith("ends in 6 hours")
    round.extend_claim(by=ines, at=days(1.9))
    escalate(at=days(2.9))
    assert len(told("claim_ends")) == 2
    assert told("round_waiting") == []


def test_without_a_mentor_of_its_own_the_cohort_is_reminded_once(cohort, bela, ines):
    factory.make_submission(cohort.memberships.get(person=bela), at=NOW)
    assert escalate(at=days(3)) == 1
    assert escalate(at=days(3)) == 0
    assert sorted(told("round_waiting")) == [("Inês Duarte", 1), ("Mateo Rojas", 1)]


def test_a_reviewed_round_reminds_nobody(round, mateo):
    factory.make_review(round.submission, mateo, at=days(1))
    every_day(12)
    assert told("round_waiting") == told("round_offered") == []


def test_two_days_late_it_is_offered_to_the_others(round, ines):
    every_day(5)
    assert told("round_offered") == []
    every_day(7, since=5)
    assert told("round_offered") == [("Inês Duarte", 0)]
    assert told("round_offered_own") == [("Mateo Rojas", 0)]
    round.refresh_from_db()
    assert round.offered_at == days(6)


def test_who_is_away_is_not_asked(round, ines):
    factory.make_away(ines, 0, 30, now=NOW)
    every_day(7)
    assert told("round_offered") == []


def test_a_round_that_is_being_reviewed_is_not_offered(round, mateo, ines):
    round.claim(by=mateo, at=days(5.9))
    escalate(at=days(6.5))
    assert told("round_offered") == []
    escalate(at=days(7))
    assert told("round_offered") == [("Inês Duarte", 0)]


def test_who_takes_it_on_is_known_to_its_mentor_and_changes_nothing_else(round, mateo, ines, seat):
    escalate(at=days(6))
    round.refresh_from_db()
    round.claim(by=ines, at=days(6.2))
    row = HandOver.objects.get()
    assert (row.from_mentor, row.to_mentor, row.cause) == (mateo, ines, "taken")
    assert told("round_taken_over") == [("Mateo Rojas", 0)]
    assert seat.assignments_as_mentee.active().get().mentor.person == mateo


def test_its_own_mentor_takes_it_after_all(round, mateo):
    escalate(at=days(6))
    round.refresh_from_db()
    round.claim(by=mateo, at=days(6.2))
    assert not HandOver.objects.exists()


def test_five_days_late_it_is_handed_over_with_what_was_said_so_far(submission, mateo, amara, ines):
    factory.make_review(submission, mateo, at=NOW)
    submission.hand_in(by=amara, work=factory.make_work(submission.project), at=NOW)
    draft = Round.objects.get(number=2)
    draft.claim(by=mateo, at=NOW)
    draft.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(summary="Half a thought."), version=0)
    every_day(10)
    round = Round.objects.get(number=2)
    assert round.held_for(ines, days(9.5))
    assert round.draft_of(mateo).summary == "Half a thought."
    note = Notification.objects.get(kind="round_handed_over")
    assert note.person == ines
    assert "Round 1, Mateo Rojas: changes requested. A good start." in note.body
    assert "Open: Why this metric?" in note.body
    assert "Half a thought" not in note.body


def test_it_goes_to_whoever_has_the_fewest_in_hand_and_then_to_the_next(round, cohort, ines):
    lena = factory.make_person("Lena Vogt")
    factory.make_membership(cohort, lena, role="mentor")
    escalate(at=days(6))
    other = factory.make_submission(factory.make_membership(cohort, factory.make_person()), at=days(8)).rounds.get()
    other.claim(by=ines, at=days(8.9))
    escalate(at=days(9))
    assert Round.objects.get(pk=round.pk).held_for(lena, days(9))
    escalate(at=days(9.5))
    escalate(at=days(10.1))
    assert [row.to_mentor for row in HandOver.objects.order_by("pk")] == [lena, ines]


def test_nobody_left_is_told_to_the_admins_once(round, ines, ada):
    every_day(20)
    assert [row.to_mentor for row in HandOver.objects.all()] == [ines]
    assert told("round_stranded") == [("Ada Lindqvist", 0)]


def test_weeks_without_beat_still_leave_time_to_help(round, ines):
    escalate(at=days(30))
    assert not HandOver.objects.exists()
    escalate(at=days(31))
    assert not HandOver.objects.exists()
    escalate(at=days(32.1))
    assert HandOver.objects.get().to_mentor == ines


def test_as_many_queries_for_nothing_due(cohort, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        escalate(at=NOW)
