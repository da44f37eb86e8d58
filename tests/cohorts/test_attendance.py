"""Who was at a meeting: noted by who leads, corrected by admins, excused by oneself, and counted when missed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Attendance, Membership
from mentorship.cohorts.stalled import gathered
from mentorship.common.errors import Refused
from tests import factory

NOW = timezone.now()


@pytest.fixture
def meeting(cohort, mentee):
    Membership.objects.update(joined_at=NOW - timedelta(days=30))
    return factory.make_meeting(cohort, coordinator=mentee, starts_at=NOW - timedelta(hours=1), notes="Said.")


def states(meeting):
    return dict(Attendance.objects.filter(meeting=meeting).values_list("membership", "state"))


def test_the_coordinator_notes_it_and_the_last_word_holds(sign_in, amara, bela, mentee, alone, mentor, meeting):
    address = meeting.get_absolute_url() + "attendance/"
    form = {f"seat-{mentee.pk}": "present", f"seat-{alone.pk}": "absent", f"seat-{mentor.pk}": ""}
    assert sign_in(bela).post(address, form).status_code == 404
    assert sign_in(amara).post(address, form).status_code == 302
    sign_in(amara).post(address, form | {f"seat-{alone.pk}": "excused"})
    assert states(meeting) == {mentee.pk: "present", alone.pk: "excused"}
    assert "Béla Kovács: excused" in sign_in(bela).get(meeting.get_absolute_url()).text


def test_bad_input_comes_back(sign_in, amara, mentee, meeting):
    answer = sign_in(amara).post(meeting.get_absolute_url() + "attendance/", {f"seat-{mentee.pk}": "asleep"})
    assert answer.status_code == 422
    assert "valid choice" in answer.text
    assert not Attendance.objects.exists()


def test_who_is_of_another_cohort_is_not_noted(amara, meeting, other_cohort):
    with pytest.raises(Refused, match="was not in the cohort"):
        Attendance.note(meeting, by=amara, states={other_cohort.memberships.get().pk: "present"})


def test_not_before_it_begins_and_only_by_an_admin_after_it_is_closed(ada, amara, cohort, mentee, meeting):
    coming = factory.make_meeting(cohort, coordinator=mentee)
    with pytest.raises(Refused, match="not begun"):
        Attendance.note(coming, by=amara, states={mentee.pk: "present"})
    meeting.close(by=amara)
    with pytest.raises(Refused, match="closed"):
        Attendance.note(meeting, by=amara, states={mentee.pk: "present"})
    Attendance.note(meeting, by=ada, states={mentee.pk: "present"})
    assert states(meeting) == {mentee.pk: "present"}


def test_saying_beforehand_that_one_cannot_come(sign_in, bela, cohort, alone):
    coming = factory.make_meeting(cohort)
    client, address = sign_in(bela), coming.get_absolute_url()
    client.post(address + "excuse/")
    assert states(coming) == {alone.pk: "excused"}
    assert "I come after all" in client.get(address).text
    client.post(address + "come/")
    assert states(coming) == {}


def test_a_meeting_that_has_begun_is_not_excused_from(bela, meeting):
    with pytest.raises(Refused, match="has begun"):
        Attendance.excuse(meeting, by=bela)


def test_missed_in_a_row_up_to_the_last_one_without_those_that_were_excused(cohort, mentee, alone, ada):
    Membership.objects.update(joined_at=NOW - timedelta(days=60))
    held = [factory.make_meeting(cohort, starts_at=NOW - timedelta(weeks=n)) for n in range(1, 6)]
    off = factory.make_meeting(cohort, starts_at=NOW - timedelta(days=2))
    for meeting, state in zip(
        [*held, off], ["absent", "excused", "absent", "present", "absent", "absent"], strict=True
    ):
        Attendance.note(meeting, by=ada, states={alone.pk: state, mentee.pk: "present"})
    off.cancel(by=ada)
    facts = {row.pk: row.missed for row in gathered(cohort.memberships.mentees(), NOW)}
    assert facts[alone.pk] == [held[0].starts_at, held[2].starts_at]
    assert facts[mentee.pk] == []
    assert Attendance.objects.missed().filter(membership=alone).count() == 3
