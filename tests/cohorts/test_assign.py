"""Assigning, reassigning, ending; capacity; what the database holds by itself."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from mentorship.cohorts.matching import assign, reassign
from mentorship.cohorts.models import Assignment, Membership
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event, User
from tests import factory


def told(person):
    return list(Notification.objects.filter(person=person).values_list("kind", flat=True))


def load(mentor):
    return Membership.objects.get(pk=mentor.pk).load


def test_both_are_told(ada, alone, mentor):
    assignment = assign(mentee=alone, mentor=mentor, by=ada)
    assert assignment.cohort_id == alone.cohort_id
    assert (told(alone.person), told(mentor.person)) == (["assigned_mentor"], ["assigned_mentee"])
    assert load(mentor) == 2
    assert Event.objects.get(verb="assign").subject_id == assignment.pk


def test_who_has_a_mentor_gets_no_second(ada, mentee, ines):
    with pytest.raises(Refused) as refusal:
        assign(mentee=mentee, mentor=ines, by=ada)
    assert refusal.value.code == "has_mentor"
    assert load(ines) == 0


def test_a_full_mentor_gets_no_more(ada, alone, mentor):
    mentor.set_capacity(1, by=ada)
    with pytest.raises(Refused, match="1 of 1 mentees: no room"):
        assign(mentee=alone, mentor=mentor, by=ada)


def test_nobody_from_another_cohort(ada, alone, other_cohort):
    outsider = other_cohort.memberships.get()
    with pytest.raises(Refused) as refusal:
        assign(mentee=alone, mentor=outsider, by=ada)
    assert refusal.value.code == "not_a_mentor"
    assert load(outsider) == 0


def test_nobody_mentors_themselves(ada, cohort, bela, alone):
    himself = factory.make_membership(cohort, bela, role="mentor")
    with pytest.raises(Refused) as refusal:
        assign(mentee=alone, mentor=himself, by=ada)
    assert refusal.value.code == "oneself"


def test_a_mentor_who_left_gets_nobody(ada, alone, ines):
    ines.leave(by=ada)
    with pytest.raises(Refused) as refusal:
        assign(mentee=alone, mentor=ines, by=ada)
    assert refusal.value.code == "not_a_mentor"


def test_reassigning_ends_the_old_one_with_a_reason_and_tells_all_three(ada, mentee, mentor, ines):
    new = reassign(mentee=mentee, mentor=ines, reason="Mateo is away", by=ada)
    old = Assignment.objects.exclude(pk=new.pk).get()
    assert (old.end_reason, old.ended_at is not None) == ("Mateo is away", True)
    assert (load(mentor), load(ines)) == (0, 1)
    assert told(mentor.person) == ["assignment_ended"]
    assert told(mentee.person) == ["assigned_mentor"]
    assert told(ines.person) == ["assigned_mentee"]


def test_a_refused_reassignment_leaves_all_as_it_was(ada, mentee, mentor, ines):
    ines.set_capacity(0, by=ada)
    with pytest.raises(Refused, match="no room"):
        reassign(mentee=mentee, mentor=ines, reason="Away", by=ada)
    assert Assignment.objects.get().ended_at is None
    assert load(mentor) == 1
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("who", "reason", "code"), [("mentor", "Away", "same_mentor"), ("ines", " ", "reason_missing")]
)
def test_what_a_reassignment_needs(request, ada, mentee, who, reason, code):
    with pytest.raises(Refused) as refusal:
        reassign(mentee=mentee, mentor=request.getfixturevalue(who), reason=reason, by=ada)
    assert refusal.value.code == code


def test_ending_tells_both_and_happens_once(ada, mentee, mentor):
    assignment = Assignment.objects.get()
    assignment.end(by=ada, reason="A pause")
    assert (told(mentee.person), told(mentor.person)) == (["assignment_ended"], ["assignment_ended"])
    with pytest.raises(Refused) as refusal:
        Assignment.objects.get().end(by=ada, reason="Again")
    assert refusal.value.code == "ended_already"
    assert load(mentor) == 0


def test_capacity_is_not_below_the_load(ada, mentor):
    with pytest.raises(Refused, match="1 mentees are theirs"):
        mentor.set_capacity(0, by=ada)
    mentor.set_capacity(1, by=ada)
    assert Membership.objects.get(pk=mentor.pk).capacity == 1


def raw(**columns):
    names, values = ", ".join(columns), list(columns.values())
    marks = ", ".join(["%s"] * len(values))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cohorts_assignment ({names}, started_at, end_reason) VALUES ({marks}, now(), '')",  # noqa: S608
            values,
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_raw_sql_assigns_only_within_a_cohort_and_in_roles(ada, cohort, other_cohort, alone, mentor, bela):
    stranger = other_cohort.memberships.get()
    himself = factory.make_membership(cohort, bela, role="mentor")
    row = {"cohort_id": cohort.pk, "mentee_id": alone.pk, "mentor_id": mentor.pk, "assigned_by_id": ada.pk}
    wrong = {
        "assignment_mentor_of_cohort": row | {"mentor_id": stranger.pk},
        "assignment_mentee_of_cohort": row | {"mentee_id": himself.pk},
        "nobody mentors themselves": row | {"mentor_id": himself.pk},
    }
    for message, columns in wrong.items():
        with pytest.raises(IntegrityError, match=message):
            raw(**columns)
    raw(**row)
    with pytest.raises(IntegrityError, match="assignment_one_active"):
        raw(**row)


def test_raw_sql_moves_no_member_and_lets_nobody_leave_while_assigned(mentee, mentor, ines, other_cohort):
    wrong = {
        "person, cohort and role of a membership are fixed": f"cohort_id = {other_cohort.pk}",
        "an assigned member cannot leave": "left_at = now()",
        "membership_capacity_holds": "capacity = 0",
    }
    for message, change in wrong.items():
        with pytest.raises(IntegrityError, match=message), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE cohorts_membership SET {change} WHERE id = %s", [mentor.pk])  # noqa: S608
    Membership.objects.filter(pk=ines.pk).update(left_at=factory.days_ago(-1))
    with pytest.raises(IntegrityError, match="people who are in the cohort"), transaction.atomic():
        Assignment.objects.filter(mentee=mentee).update(mentor=ines)


def test_a_mentor_is_not_deleted_while_assigned(mateo, mentor, ada, ines):
    pair = Assignment.objects.get()
    for doomed in (mateo, mentor):
        with pytest.raises(ProtectedError), transaction.atomic():
            doomed.delete()
    for table, pk in (("people_user", mateo.pk), ("cohorts_membership", mentor.pk)):
        statement = f"SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM {table} WHERE id = {pk}"  # noqa: S608 - names of ours
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    pair.refresh_from_db()
    assert (pair.mentor, pair.ended_at, load(mentor)) == (mentor, None, 1)


def test_a_mentor_whose_account_is_closed_is_named_and_handed_over(sign_in, mateo, mentee, mentor, ada, ines, cohort):
    User.objects.filter(pk=mateo.pk).update(is_active=False)
    page = sign_in(ada).get(f"/cohorts/{cohort.slug}/assignments/").content.decode()
    assert "The account of Mateo Rojas is closed. 1 mentee needs somebody else" in page
    made = reassign(mentee=mentee, mentor=ines, reason="Account closed", by=ada)
    assert (made.mentor, load(mentor), load(ines)) == (ines, 0, 1)
    assert "assigned_mentor" in told(mentee.person)
