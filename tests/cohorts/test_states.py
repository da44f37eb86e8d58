"""A cohort's way from draft to archive."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from mentorship.cohorts.models import Cohort
from mentorship.common.errors import Refused
from mentorship.people.models import Event
from tests import factory

LEGAL = {
    "open": {"draft", "running"},
    "start": {"open"},
    "finish": {"running"},
    "archive": {"finished"},
}
AFTER = {"open": "open", "start": "running", "finish": "finished", "archive": "archived"}


@pytest.mark.parametrize("verb", LEGAL)
@pytest.mark.parametrize("state", Cohort.State.values)
def test_each_verb_from_each_state(ada, verb, state):
    cohort = factory.make_cohort(state=state)
    if state in LEGAL[verb]:
        getattr(cohort, verb)(by=ada)
        assert Cohort.objects.get(pk=cohort.pk).state == cohort.state == AFTER[verb]
        event = Event.objects.get(subject_type="cohorts.cohort", subject_id=cohort.pk)
        assert (event.verb, event.actor, event.detail) == (verb, ada, {"from": state, "to": AFTER[verb]})
    else:
        with pytest.raises(Refused) as refusal:
            getattr(cohort, verb)(by=ada)
        assert refusal.value.code == "illegal_state"
        assert Cohort.objects.get(pk=cohort.pk).state == state
        assert not Event.objects.filter(subject_id=cohort.pk, subject_type="cohorts.cohort").exists()


@pytest.mark.parametrize("before", Cohort.State.values)
@pytest.mark.parametrize("after", Cohort.State.values)
def test_raw_sql_moves_only_where_the_verbs_do(db, before, after):
    cohort = factory.make_cohort(state=before)
    legal = before == after or before in Cohort.FROM.get(Cohort.State(after), [])
    with connection.cursor() as cursor:
        sql, arguments = "UPDATE cohorts_cohort SET state = %s WHERE id = %s", [after, cohort.pk]
        if legal:
            cursor.execute(sql, arguments)
        else:
            with pytest.raises(IntegrityError, match="cannot go from"):
                cursor.execute(sql, arguments)


def test_starting_keeps_when(ada):
    cohort = factory.make_cohort(state="open")
    at = factory.days_ago(3)
    cohort.start(by=ada, at=at)
    assert Cohort.objects.get(pk=cohort.pk).started_at == at


def test_nothing_opens_after_its_last_day_to_apply(ada):
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011
    cohort = factory.make_cohort(state="draft", applications_close_on=yesterday, timezone="UTC")
    with pytest.raises(Refused, match="last day to apply is over"):
        cohort.open(by=ada)


def test_a_cohort_with_assignments_goes_on_running(ada, cohort):
    with pytest.raises(Refused) as refusal:
        cohort.open(by=ada)
    assert refusal.value.code == "has_assignments"
    with pytest.raises(IntegrityError, match="cannot go back"), connection.cursor() as cursor:
        cursor.execute("UPDATE cohorts_cohort SET state = 'open' WHERE id = %s", [cohort.pk])


def test_nobody_is_left_without_an_answer(ada, olga, cohort):
    application = factory.make_application(cohort, olga)
    with pytest.raises(Refused, match="1 person still waits"):
        cohort.finish(by=ada)
    application.decline(by=ada)
    cohort.finish(by=ada)
    assert cohort.state == "finished"


def test_the_archive_ends_assignments(ada, cohort):
    cohort.finish(by=ada)
    assignment = cohort.assignments.get()
    assert assignment.ended_at is None
    cohort.archive(by=ada)
    assignment.refresh_from_db()
    assert assignment.end_reason == "The cohort was archived."
    assert assignment.mentor.load == 0
