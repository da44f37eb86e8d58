"""The hand-written rules can be taken back and put there again, on rows that stand."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests import factory

RULES = {
    "application_state_transition",
    "apprenticeship_fits",
    "assignment_of_members",
    "charter_fixed",
    "cohort_clock_forward",
    "cohort_state_transition",
    "due_date_sequence",
    "invitation_bound",
    "invitation_closed",
    "meeting_sequence",
    "membership_apprenticeship_ended",
    "membership_fixed",
    "membership_left_assigned",
    "membership_test_or_real",
}


def triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'cohorts_%'"
        )
        return sorted(name for (name,) in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_the_rules_go_and_come_back():
    cohort = factory.make_cohort()
    mentee = factory.make_membership(cohort, factory.make_person())
    factory.make_assignment(mentee, factory.make_membership(cohort, factory.make_person(), role="mentor"))
    before = triggers()
    assert set(before) == RULES
    try:
        call_command("migrate", "cohorts", "0001", verbosity=0)
        assert triggers() == []
    finally:
        call_command("migrate", verbosity=0)
    assert triggers() == before
