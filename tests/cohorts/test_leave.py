"""Leaving and being removed: the seat is free again, nobody is left assigned."""

import pytest

from mentorship.cohorts.models import Application, Cohort, Membership
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory


def test_a_mentee_leaves_and_the_seat_is_free(sign_in, ada, amara, cohort, mentee, mentor):
    application = factory.make_application(cohort, amara, state="accepted", decided_at=factory.days_ago(9))
    response = sign_in(amara).post(f"/cohorts/{cohort.slug}/members/{mentee.pk}/leave/", {"reason": "A new job"})
    assert response.url == "/cohorts/"
    assert Cohort.objects.get(pk=cohort.pk).seats_taken == 1
    assert Application.objects.get(pk=application.pk).state == "withdrawn"
    assignment = mentee.assignments_as_mentee.get()
    assert (assignment.end_reason, Membership.objects.get(pk=mentor.pk).load) == ("A new job", 0)
    assert Notification.objects.get(person=ada).title == f"Amara Okafor has left {cohort}: a seat is free"
    assert sign_in(amara).get(f"/cohorts/{cohort.slug}/").status_code == 404


def test_who_was_removed_is_told(sign_in, ada, bela, cohort, alone):
    sign_in(ada).post(f"/cohorts/{cohort.slug}/members/{alone.pk}/leave/")
    assert Notification.objects.get(person=bela).kind == "membership_ended"


def test_nobody_is_removed_by_others(sign_in, bela, mateo, cohort, mentee):
    for person in (bela, mateo):
        assert sign_in(person).post(f"/cohorts/{cohort.slug}/members/{mentee.pk}/leave/").status_code == 404


def test_a_mentor_with_mentees_stays(sign_in, ada, cohort, mentor):
    page = sign_in(ada).post(f"/cohorts/{cohort.slug}/members/{mentor.pk}/leave/", follow=True)
    assert b"reassign them first" in page.content
    mentor.refresh_from_db()
    assert mentor.left_at is None


def test_leaving_twice(ada, alone):
    alone.leave(by=ada)
    with pytest.raises(Refused) as refusal:
        alone.leave(by=ada)
    assert refusal.value.code == "left_already"
    assert Cohort.objects.get().seats_taken == 1


def test_who_left_may_ask_again(ada, olga, open_cohort):
    answers = {"motivation": "a", "background": "b", "goal": "c", "hours_a_week": 5}
    Application.apply(cohort=open_cohort, person=olga, answers=answers).accept(by=ada)
    open_cohort.memberships.get(person=olga).leave(by=olga)
    Application.apply(cohort=open_cohort, person=olga, answers=answers).accept(by=ada)
    assert Cohort.objects.get().seats_taken == 1


def test_a_reason_with_a_nul_is_no_fault(sign_in, bela, cohort, alone):
    response = sign_in(bela).post(f"/cohorts/{cohort.slug}/members/{alone.pk}/leave/", {"reason": "a\x00b"})
    assert response.status_code == 302
