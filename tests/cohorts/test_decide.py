"""Accepting, waitlisting and declining; seats."""

import pytest
from django.db import IntegrityError, connection

from mentorship.cohorts.models import Application, Cohort, Membership
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory

VERBS = {"accepted": "accept", "waitlisted": "waitlist", "declined": "decline"}
STATES = Application.State.values


def make(cohort, person, state):
    decided = factory.days_ago(1) if state in ("accepted", "declined") else None
    return factory.make_application(cohort, person, state=state, decided_at=decided)


@pytest.mark.parametrize("after", VERBS)
@pytest.mark.parametrize("before", STATES)
def test_each_decision_from_each_state(ada, olga, open_cohort, before, after):
    application = make(open_cohort, olga, before)
    if before in Application.FROM[Application.State(after)]:
        getattr(application, VERBS[after])(by=ada, note="Because.")
        row = Application.objects.get(pk=application.pk)
        assert (row.state, row.decided_by, row.decision_note) == (after, ada, "Because.")
        assert row.decided_at is not None
        told = Notification.objects.get(person=olga)
        assert told.kind == f"application_{after}"
        assert "Because." in told.body
    else:
        with pytest.raises(Refused):
            getattr(application, VERBS[after])(by=ada)
        assert Application.objects.get(pk=application.pk).state == before
        assert not Notification.objects.exists()
    joined = Membership.objects.filter(person=olga).count()
    assert joined == (after == "accepted" and before in Application.FROM[Application.State.ACCEPTED])
    assert Cohort.objects.get(pk=open_cohort.pk).seats_taken == joined


@pytest.mark.parametrize("after", STATES)
@pytest.mark.parametrize("before", STATES)
def test_raw_sql_moves_only_where_the_verbs_do(olga, open_cohort, before, after):
    application = make(open_cohort, olga, before)
    legal = before == after or before in Application.FROM.get(Application.State(after), [])
    sql = "UPDATE cohorts_application SET state = %s, decided_at = now() WHERE id = %s"
    with connection.cursor() as cursor:
        if legal:
            cursor.execute(sql, [after, application.pk])
        else:
            with pytest.raises(IntegrityError, match="cannot go from"):
                cursor.execute(sql, [after, application.pk])


def test_a_full_cohort_accepts_nobody_and_changes_nothing(ada, olga, amara, bela, open_cohort):
    for person in (amara, bela):
        factory.make_application(open_cohort, person).accept(by=ada)
    application = factory.make_application(open_cohort, olga)
    with pytest.raises(Refused) as refusal:
        application.accept(by=ada)
    assert refusal.value.code == "full"
    assert Application.objects.get(pk=application.pk).state == "submitted"
    assert not Notification.objects.filter(person=olga).exists()
    assert not Event.objects.filter(verb="accept", subject_id=application.pk).exists()


def test_the_database_holds_the_seats(open_cohort):
    with pytest.raises(IntegrityError, match="cohort_seats_hold"), connection.cursor() as cursor:
        cursor.execute("UPDATE cohorts_cohort SET seats_taken = 3 WHERE id = %s", [open_cohort.pk])


def test_who_belongs_already_is_not_accepted_again(ada, amara, cohort):
    application = factory.make_application(cohort, amara)
    with pytest.raises(Refused) as refusal:
        application.accept(by=ada)
    assert refusal.value.code == "is_member"
    assert Cohort.objects.get(pk=cohort.pk).seats_taken == 2


def test_after_the_end_nobody_decides(ada, olga):
    application = factory.make_application(factory.make_cohort(state="finished"), olga)
    with pytest.raises(Refused) as refusal:
        application.decline(by=ada)
    assert refusal.value.code == "cohort_over"


def test_a_changed_mind_does_not_pass_a_newer_application(ada, olga, open_cohort):
    declined = make(open_cohort, olga, "declined")
    factory.make_application(open_cohort, olga)
    with pytest.raises(Refused) as refusal:
        declined.waitlist(by=ada)
    assert refusal.value.code == "newer"


def test_the_waiting_list_has_an_order(ada, amara, bela, olga, open_cohort):
    rows = [
        factory.make_application(open_cohort, person, submitted_at=factory.days_ago(days))
        for person, days in ((amara, 1), (bela, 3), (olga, 2))
    ]
    for row in rows:
        row.waitlist(by=ada)
    assert [row.place() for row in rows] == [3, 1, 2]
    assert [row.person for row in open_cohort.applications.waitlist()] == [bela, olga, amara]
