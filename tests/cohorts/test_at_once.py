"""Many at once, on real connections: seats, capacity and double calls hold."""

import threading
from datetime import time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mentorship.cohorts.matching import assign, reassign
from mentorship.cohorts.models import Application, Assignment, Cohort, Meeting, Membership
from mentorship.cohorts.series import Rhythm, make
from mentorship.common.errors import Refused
from tests import factory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    """Run every call in a thread of its own, all let go together; what each raised, or None."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            call()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def codes(results):
    assert all(error is None or isinstance(error, Refused) for error in results), results
    return sorted(error.code if error else "done" for error in results)


def test_fifty_accepted_at_once_for_one_seat_are_one_member():
    ada = factory.make_person(groups=["admins"])
    cohort = factory.make_cohort(state="open", seats=1)
    rows = [factory.make_application(cohort, factory.make_person()) for _ in range(50)]
    results = at_once([lambda row=row: row.accept(by=ada) for row in rows])
    assert codes(results) == ["done"] + ["full"] * 49
    assert Membership.objects.count() == Application.objects.filter(state="accepted").count() == 1
    assert Cohort.objects.get().seats_taken == 1


def test_one_application_accepted_eight_times_takes_one_seat():
    ada = factory.make_person(groups=["admins"])
    row = factory.make_application(factory.make_cohort(state="open"), factory.make_person())
    copies = [Application.objects.get(pk=row.pk) for _ in range(8)]
    results = at_once([lambda copy=copy: copy.accept(by=ada) for copy in copies])
    assert codes(results) == ["done"] + ["illegal_state"] * 7
    assert Cohort.objects.get().seats_taken == Membership.objects.count() == 1


def test_one_person_applying_eight_times_at_once_has_one_application():
    person, cohort = factory.make_person(), factory.make_cohort(state="open")
    answers = {"motivation": "a", "background": "b", "goal": "c", "hours_a_week": 9}
    results = at_once([lambda: Application.apply(cohort=cohort, person=person, answers=answers)] * 8)
    assert codes(results) == ["already_applied"] * 7 + ["done"]


def test_a_mentor_never_has_more_than_they_can_take():
    ada, cohort = factory.make_person(groups=["admins"]), factory.make_cohort(seats=12)
    mentor = factory.make_membership(cohort, factory.make_person(), role="mentor", capacity=3)
    mentees = [factory.make_membership(cohort, factory.make_person()) for _ in range(12)]
    results = at_once([lambda mentee=mentee: assign(mentee=mentee, mentor=mentor, by=ada) for mentee in mentees])
    assert codes(results) == ["done"] * 3 + ["no_room"] * 9
    mentor.refresh_from_db()
    assert mentor.load == Assignment.objects.active().count() == 3


def test_a_mentee_has_one_mentor_whoever_assigns_at_once():
    ada, cohort = factory.make_person(groups=["admins"]), factory.make_cohort()
    mentors = [factory.make_membership(cohort, factory.make_person(), role="mentor") for _ in range(6)]
    mentee = factory.make_membership(cohort, factory.make_person())
    results = at_once([lambda mentor=mentor: assign(mentee=mentee, mentor=mentor, by=ada) for mentor in mentors])
    assert codes(results) == ["done"] + ["has_mentor"] * 5
    assert sum(Membership.objects.mentors().values_list("load", flat=True)) == 1


def test_mentees_swapped_between_two_mentors_at_once_do_not_lock_each_other_out():
    ada, cohort = factory.make_person(groups=["admins"]), factory.make_cohort()
    one, two = (factory.make_membership(cohort, factory.make_person(), role="mentor", capacity=9) for _ in range(2))
    mentees = [factory.make_membership(cohort, factory.make_person()) for _ in range(8)]
    for number, mentee in enumerate(mentees):
        assign(mentee=mentee, mentor=(one, two)[number % 2], by=ada)
    results = at_once([
        lambda number=number, mentee=mentee: reassign(
            mentee=mentee, mentor=(two, one)[number % 2], reason="Swap", by=ada
        )
        for number, mentee in enumerate(mentees)
    ])  # fmt: skip
    assert codes(results) == ["done"] * 8
    assert list(Membership.objects.mentors().values_list("load", flat=True)) == [4, 4]


def test_leaving_and_archiving_at_once():
    ada, cohort = factory.make_person(groups=["admins"]), factory.make_cohort(state="finished")
    mentor = factory.make_membership(cohort, factory.make_person(), role="mentor")
    mentees = [factory.make_membership(cohort, factory.make_person()) for _ in range(4)]
    for mentee in mentees:
        assign(mentee=mentee, mentor=mentor, by=ada)
    calls = [lambda mentee=mentee: mentee.leave(by=ada) for mentee in mentees]
    results = at_once([*calls, lambda: cohort.archive(by=ada)])
    assert codes(results) == ["done"] * 5
    mentor.refresh_from_db()
    assert mentor.load == 0
    assert Cohort.objects.get().seats_taken == 0


def test_a_rhythm_made_five_times_at_once_is_made_once():
    ada, cohort = factory.make_person(groups=["admins"]), factory.make_cohort()
    factory.make_membership(cohort, factory.make_person())
    now = timezone.now()
    rhythm = Rhythm(timezone.localdate(now, cohort.zone) + timedelta(days=1), time(18, 0))
    results = at_once([lambda: make(cohort=cohort, rhythm=rhythm, by=ada, at=now)] * 5)
    assert codes(results) == ["done"] + ["nothing_missing"] * 4
    assert (
        Meeting.objects.count() == Meeting.objects.values("regular_on").distinct().count() == len(rhythm.days(cohort))
    )


def test_two_who_save_minutes_at_once_do_not_lose_each_others_words():
    cohort, people = factory.make_cohort(), [factory.make_person() for _ in range(4)]
    for person in people:
        factory.make_membership(cohort, person)
    meeting = factory.make_meeting(cohort)
    copies = [(person, Meeting.objects.select_related("cohort").get(pk=meeting.pk)) for person in people]
    results = at_once([
        lambda by=by, copy=copy: copy.write("notes", f"By {by.pk}.", by=by, version=0) for by, copy in copies
    ])  # fmt: skip
    assert codes(results) == ["changed_meanwhile"] * 3 + ["done"]
    assert Meeting.objects.get().notes_version == 1


def test_minutes_closed_at_once_are_sent_once():
    cohort = factory.make_cohort()
    lead = factory.make_membership(cohort, factory.make_person())
    factory.make_membership(cohort, factory.make_person())
    meeting = factory.make_meeting(cohort, coordinator=lead, starts_at=timezone.now(), notes="Said.")
    copies = [Meeting.objects.select_related("coordinator__person", "cohort").get(pk=meeting.pk) for _ in range(4)]
    assert codes(at_once([lambda copy=copy: copy.close(by=lead.person) for copy in copies])) == ["closed"] * 3 + [
        "done"
    ]
