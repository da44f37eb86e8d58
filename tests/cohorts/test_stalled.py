"""Who has stalled: each signal on its own day, the sum that lists somebody, and that it all agrees with itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.cockpit import overview
from mentorship.cohorts.models import Cohort, Membership, Pause, Thresholds
from mentorship.cohorts.reminders import remind
from mentorship.cohorts.stalled import effect, gathered, stalled, standings_of
from mentorship.notifications.models import Notification
from projects.models import Submission
from tests import factory

NOW = timezone.now()


def ago(days):
    return NOW - timedelta(days=days)


@pytest.fixture
def begun(cohort):
    """Everyone joined forty days ago."""
    Membership.objects.filter(cohort=cohort).update(joined_at=ago(40))
    return cohort


def signals(mentee, at=NOW):
    (row,) = standings_of(Membership.objects.filter(pk=mentee.pk), at)
    return {signal.kind: signal for signal in row.signals}


def step(person, stream, days):
    stream.items.get(key__endswith="chapter-5").mark(by=person, state="done")
    person.progress_changes.update(at=ago(days))


def test_no_step_and_no_study_each_from_its_day_on(begun, mentee, amara, stream):
    step(amara, stream, 8)
    factory.make_study_entry(amara, created_at=ago(6))
    found = signals(mentee)
    assert set(found) == {"progress"}
    assert (found["progress"].text, found["progress"].since) == ("No step for 8 days", ago(8))
    assert set(signals(mentee, NOW + timedelta(days=1))) == {"progress", "study"}


def test_what_happened_before_joining_counts_for_nothing(begun, mentee):
    Membership.objects.filter(pk=mentee.pk).update(joined_at=ago(3))
    assert signals(mentee) == {}
    Membership.objects.filter(pk=mentee.pk).update(joined_at=ago(30))
    Cohort.objects.filter(pk=begun.pk).update(started_at=ago(2))
    assert signals(mentee) == {}


def test_a_review_without_an_answer(begun, mentee, amara, mateo):
    work = factory.make_submission(mentee, at=ago(10))
    factory.make_review(work, mateo, at=ago(9.5))
    assert signals(mentee)["round"].text == "A review without an answer for 9 days"
    work.hand_in(by=amara, work=factory.make_work(work.project))
    assert "round" not in signals(mentee)


def test_the_work_of_a_team_waits_for_each_of_them(begun, mentee, alone, amara, bela):
    work = factory.make_team_work(begun, amara, bela)
    Submission.objects.filter(pk=work.pk).update(
        state="awaiting_mentee", awaiting_mentor_since=None, awaiting_mentee_since=ago(12)
    )
    assert "round" in signals(mentee)
    assert "round" in signals(alone)


@pytest.mark.parametrize(
    ("moods", "told"),
    [((4, 3, 2), True), ((4, 3, 3), False), ((2, 3, 4), False), ((3, 2), False), ((5, 4, 4, 3), False)],
)
def test_mood_down_twice(begun, mentee, amara, moods, told):
    for day, mood in zip(range(len(moods), 0, -1), moods, strict=True):
        factory.make_study_entry(amara, day=ago(day).date(), mood=mood, created_at=ago(day))
    assert ("mood" in signals(mentee)) is told
    assert "mood" not in signals(mentee, NOW + timedelta(days=16))


def test_the_sum_lists_and_the_heaviest_comes_first(begun, mentee, alone, amara, bela, stream, mateo):
    factory.make_study_entry(amara, created_at=ago(1))
    factory.make_study_entry(bela, created_at=ago(9))
    everyone = standings_of(begun.memberships.mentees(), NOW)
    assert [row.facts.pk for row in stalled(everyone)] == [alone.pk]
    assert {row.facts.pk: row.weight for row in everyone} == {mentee.pk: 1, alone.pk: 2}
    work = factory.make_submission(mentee, at=ago(30))
    factory.make_review(work, mateo, at=ago(29))
    amara.progress_changes.update(at=ago(30))
    found = stalled(standings_of(begun.memberships.mentees(), NOW))
    assert [(row.facts.pk, row.weight) for row in found] == [(mentee.pk, 3), (alone.pk, 2)]


@pytest.mark.parametrize("state", ["open", "finished", "archived"])
def test_nobody_stalls_where_nothing_runs(stream, amara, state):
    other = factory.make_cohort(stream=stream, state=state)
    factory.make_membership(other, amara, joined_at=ago(40))
    (row,) = standings_of(other.memberships.mentees(), NOW)
    assert (row.signals, row.listed, row.silent) == ([], False, False)


def test_a_weight_of_nothing_leaves_a_signal_out(begun, mentee, ada):
    Thresholds.change(begun, by=ada, study_weight=0, progress_weight=2)
    assert set(signals(mentee)) == {"progress"}


@pytest.mark.parametrize("days", [3, 7, 20])
def test_list_cockpit_and_reminder_agree_on_silence(begun, mentee, ada, amara, days):
    """Whoever is reminded stands on the list, and the other way round, whatever the cohort's days are."""
    Thresholds.change(begun, by=ada, study_days=days, progress_days=2)
    for idle in (days - 0.1, days + 0.1):
        Membership.objects.filter(pk=mentee.pk).update(joined_at=ago(idle))
        Notification.objects.all().delete()
        remind(at=NOW)
        told = Notification.objects.filter(person=amara, kind="mentee_silent").exists()
        seen = overview(Cohort.objects.get(pk=begun.pk), NOW)
        assert told is (idle > days)
        assert ("Amara Okafor" in [row["name"] for row in seen.silent]) is told
        if told:
            assert "Amara Okafor" in [row["name"] for row in seen.stalled]


def test_the_reminder_comes_again_at_twice_and_three_times_the_days(begun, mentee, ada, amara):
    Thresholds.change(begun, by=ada, study_days=4, progress_days=4)
    Membership.objects.filter(pk=mentee.pk).update(joined_at=NOW)
    for day in (3, 4.1, 5, 8.1, 9, 12.1, 40):
        remind(at=NOW + timedelta(days=day))
    told = Notification.objects.filter(person=amara, kind="mentee_silent").order_by("pk")
    assert list(told.values_list("threshold", flat=True)) == [4, 8, 12]


def test_the_effect_of_other_thresholds(begun, mentee, alone, amara, bela):
    factory.make_study_entry(amara, created_at=ago(3))
    factory.make_study_entry(bela, created_at=ago(9))
    facts = gathered(begun.memberships.mentees(), NOW)
    usual = Thresholds()
    seen = effect(facts, usual, Thresholds(study_days=2), NOW)
    assert ([row.facts.pk for row in seen.appear], seen.leave, seen.stay) == ([mentee.pk], [], 1)
    seen = effect(facts, usual, Thresholds(study_days=10), NOW)
    assert (seen.appear, [row.facts.pk for row in seen.leave], seen.stay) == ([], [alone.pk], 0)


def test_a_pause_stops_everything_and_afterwards_it_counts_from_the_return(begun, mentee):
    today = timezone.localdate(NOW, mentee.person.zone)
    back = today + timedelta(days=5)
    Pause.objects.create(membership=mentee, reason="work", first_day=today, returns_on=back)
    (row,) = standings_of(Membership.objects.filter(pk=mentee.pk), NOW)
    assert (row.facts.paused_until, row.signals, row.listed) == (back, [], False)
    assert overview(begun, NOW).silent_count == 1  # Béla alone
    assert signals(mentee, NOW + timedelta(days=10)) == {}
    assert set(signals(mentee, NOW + timedelta(days=13))) == {"progress", "study"}


@pytest.mark.parametrize("count", [1, 30])
def test_two_queries_for_any_number(begun, count, django_assert_num_queries):
    people = [factory.make_person() for _ in range(count)]
    Membership.objects.bulk_create(Membership(cohort=begun, person=person, role="mentee") for person in people)
    with django_assert_num_queries(2):
        standings_of(begun.memberships.mentees(), NOW)
