"""Reminders of undecided applications and of silence: due and not yet told, whatever the beat did."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts import tasks
from mentorship.cohorts.models import Cohort, Membership
from mentorship.cohorts.reminders import remind
from mentorship.notifications.models import Notification
from mentorship.study.models import StudyEntry
from tests import factory

NOW = timezone.now()


@pytest.fixture
def joined(cohort):
    """It began thirty days ago, everyone joined then and did nothing since; Amara has Mateo, Béla nobody."""
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=(NOW - timedelta(days=30)).date())
    Membership.objects.filter(cohort=cohort).update(joined_at=NOW - timedelta(days=30))
    return NOW - timedelta(days=30)


def told(person, kind=None):
    rows = Notification.objects.filter(person=person).exclude(kind="application_submitted")
    return list(rows.filter(kind=kind or "mentee_silent").order_by("pk").values_list("threshold", flat=True))


def days(start, number, hours=1):
    return start + timedelta(days=number, hours=hours)


def test_an_application_is_told_to_every_admin_at_three_and_seven_days(ada, olga, open_cohort):
    second = factory.make_person("Second Admin", groups=["admins"])
    factory.make_application(open_cohort, olga, submitted_at=NOW)
    for day in (1, 2.9, 3.1, 3.2, 5, 6.9, 7.1, 8, 40):
        remind(at=days(NOW, day, 0))
    for admin in (ada, second):
        assert told(admin, "application_undecided") == [3, 7]
    assert "has waited 3 days" in Notification.objects.filter(person=ada).order_by("pk")[0].title


def test_after_a_week_without_beat_only_the_highest_is_told(ada, olga, open_cohort):
    factory.make_application(open_cohort, olga, submitted_at=NOW)
    remind(at=days(NOW, 9))
    remind(at=days(NOW, 9))
    assert told(ada, "application_undecided") == [7]


@pytest.mark.parametrize("state", ["waitlisted", "accepted", "declined", "withdrawn"])
def test_an_answered_application_is_quiet(ada, olga, open_cohort, state):
    decided = NOW if state in ("accepted", "declined") else None
    factory.make_application(open_cohort, olga, submitted_at=days(NOW, -9), state=state, decided_at=decided)
    assert remind(at=NOW) == 0


def test_a_new_admin_hears_of_what_is_due_once(ada, olga, open_cohort):
    factory.make_application(open_cohort, olga, submitted_at=days(NOW, -4))
    remind(at=NOW)
    late = factory.make_person("Late Admin", groups=["admins"])
    remind(at=NOW)
    remind(at=NOW)
    assert told(ada, "application_undecided") == told(late, "application_undecided") == [3]


def test_silence_is_told_to_the_mentee_and_their_mentor(amara, bela, mateo, joined):
    for day in (6, 7, 8, 13, 14, 20, 21, 22, 60):
        remind(at=days(joined, day))
    assert told(amara) == told(bela) == [7, 14, 21]
    assert told(mateo, "mentee_silent_mentor") == [7, 14, 21]
    first = Notification.objects.filter(person=amara).order_by("pk")[0]
    assert "Item" in first.body
    assert "7 days" in first.body


def test_two_weeks_without_beat_are_one_mail(amara, joined):
    remind(at=days(joined, 15))
    assert told(amara) == [14]
    remind(at=days(joined, 16))
    assert told(amara) == [14]


@pytest.mark.parametrize("how", ["step", "study"])
def test_who_comes_back_is_quiet_and_a_new_silence_is_told_again(amara, stream, joined, how):
    remind(at=days(joined, 8))
    back = days(joined, 9)
    if how == "step":
        item = stream.items.get(key__endswith="chapter-5")
        item.mark(by=amara, state="done")
        amara.progress_changes.update(at=back)
    else:
        StudyEntry.objects.create(person=amara, day=back.date(), minutes=30, created_at=back)
    remind(at=days(joined, 15))
    assert told(amara) == [7]
    remind(at=days(back, 7.5))
    assert told(amara) == [7, 7]


@pytest.mark.parametrize("state", ["draft", "open", "finished", "archived"])
def test_only_running_cohorts_count(amara, stream, state):
    cohort = factory.make_cohort(stream=stream, state=state)
    factory.make_membership(cohort, amara, joined_at=days(NOW, -30))
    assert remind(at=NOW) == 0


def test_silence_begins_when_the_cohort_does(amara, cohort, joined):
    Cohort.objects.filter(pk=cohort.pk).update(started_at=days(NOW, -3))
    assert remind(at=NOW) == 0


def test_who_left_is_left_in_peace(ada, bela, alone, joined):
    alone.leave(by=ada)
    remind(at=NOW)
    assert told(bela) == []


def test_a_new_mentor_hears_of_the_silence_too(ada, amara, mentee, ines, joined):
    from mentorship.cohorts.matching import reassign

    remind(at=NOW)
    reassign(mentee=mentee, mentor=ines, reason="Away", by=ada)
    remind(at=NOW)
    assert told(ines.person, "mentee_silent_mentor") == [21]
    assert told(amara) == [21]


def test_two_beats_are_one(joined, amara):
    tasks.remind()
    Notification.objects.all().delete()
    tasks.remind()
    assert told(amara) == []


def test_many_silent_cost_no_query_each_for_finding_them(cohort, joined, django_assert_max_num_queries):
    people = [factory.make_person() for _ in range(20)]
    Membership.objects.bulk_create(Membership(cohort=cohort, person=p, role="mentee", joined_at=joined) for p in people)
    assert remind(at=NOW) == 22
    with django_assert_max_num_queries(8):
        assert remind(at=NOW) == 0


def test_nobody_is_silent_before_the_first_day(cohort, amara):
    """A cohort that was set running early."""
    today = timezone.localdate()
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=today + timedelta(days=3))
    Membership.objects.filter(cohort=cohort).update(joined_at=timezone.now() - timedelta(days=20))
    remind(at=timezone.now() + timedelta(days=9))
    assert not Notification.objects.filter(kind="mentee_silent").exists()
    remind(at=timezone.now() + timedelta(days=11))
    assert Notification.objects.filter(kind="mentee_silent", person=amara, threshold=7).exists()
