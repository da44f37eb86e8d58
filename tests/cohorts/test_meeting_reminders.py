"""Turns, open minutes, action items and the lead's month: due and not yet told, whatever the beat did."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import ActionItem, Attendance, Away, Cohort, Membership
from mentorship.cohorts.reminders_meetings import remind_of_meetings
from mentorship.notifications.models import Notification
from tests import factory

NOW = timezone.now()


def told(person, *kinds):
    rows = Notification.objects.filter(person=person, kind__in=kinds).order_by("pk")
    return [(row.kind, row.threshold) for row in rows]


def remind(*days):
    for day in days:
        remind_of_meetings(at=NOW + timedelta(days=day))


def test_whose_turn_it_is_hears_a_week_and_a_day_before(amara, bela, cohort, mentee):
    factory.make_meeting(cohort, coordinator=mentee, starts_at=NOW + timedelta(days=10))
    remind(0, 2.9, 3.1, 3.2, 6, 8.9, 9.1, 9.2, 9.9, 10.1)
    assert told(amara, "turn_soon") == [("turn_soon", 7), ("turn_soon", 1)]
    assert told(bela, "turn_soon") == []


def test_after_an_outage_only_the_nearest_is_told_and_another_time_anew(ada, amara, cohort, mentee):
    meeting = factory.make_meeting(cohort, coordinator=mentee, starts_at=NOW + timedelta(days=10))
    remind(9.5, 9.6)
    assert told(amara, "turn_soon") == [("turn_soon", 1)]
    meeting.edit(by=ada, starts_at=NOW + timedelta(days=14))
    remind(9.7)
    assert told(amara, "turn_soon") == [("turn_soon", 1), ("turn_soon", 7)]


@pytest.mark.parametrize("how", ["cancelled", "left", "finished"])
def test_nobody_is_reminded_of_what_is_not(ada, amara, cohort, mentee, how):
    meeting = factory.make_meeting(cohort, coordinator=mentee, starts_at=NOW + timedelta(days=3))
    factory.make_action(meeting, mentee, due_on=NOW.date())
    if how == "cancelled":
        meeting.cancel(by=ada)
        ActionItem.objects.get().drop(by=ada)
    elif how == "left":
        mentee.leave(by=ada)
    else:
        Cohort.objects.update(state="finished")
    remind(0, 2)
    assert told(amara, "turn_soon", "action_due", "action_late") == []


def test_minutes_that_nobody_closes(amara, cohort, mentee):
    meeting = factory.make_meeting(cohort, coordinator=mentee, starts_at=NOW, notes="Said.")
    remind(1, 2.1, 2.2, 5, 7.1, 7.2, 20)
    assert told(amara, "minutes_open") == [("minutes_open", 2), ("minutes_open", 7)]
    meeting.close(by=amara, at=NOW + timedelta(days=21))
    remind(22)
    assert len(told(amara, "minutes_open")) == 2


def test_an_action_item_two_days_before_on_the_day_and_after_it(amara, cohort, mentee):
    due = timezone.localdate(NOW, cohort.zone) + timedelta(days=5)
    item = factory.make_action(factory.make_meeting(cohort), mentee, due_on=due)
    remind(0, 2, 3, 3.1, 5, 5.1, 6, 6.2, 11, 12, 13)
    kinds = [("action_soon", 0), ("action_due", 0), ("action_late", 1), ("action_late", 7)]
    assert told(amara, "action_soon", "action_due", "action_late") == kinds
    item.change(by=amara, owner=mentee, text=item.text, due_on=due + timedelta(days=30), at=NOW)
    remind(33.2)
    assert told(amara, "action_soon", "action_due", "action_late")[4:] == [("action_soon", 0)]


def test_the_day_is_that_of_the_cohort_s_calendar(amara, stream):
    cohort = factory.make_cohort(stream=stream, timezone="Pacific/Auckland")
    seat = factory.make_membership(cohort, amara)
    factory.make_action(factory.make_meeting(cohort), seat, due_on=date(2027, 5, 4))
    remind_of_meetings(at=datetime(2027, 5, 3, 11, 0, tzinfo=UTC))  # 23:00 of the 3rd there
    assert told(amara, "action_due") == []
    remind_of_meetings(at=datetime(2027, 5, 3, 12, 30, tzinfo=UTC))
    assert told(amara, "action_due") == [("action_due", 0)]


@pytest.fixture
def lived(cohort, mentee, alone, ada):
    """Two meetings in May, one of them called off, by the calendar of Berlin."""
    Cohort.objects.update(
        starts_on=date(2027, 4, 20), ends_on=date(2027, 12, 1), started_at=datetime(2027, 4, 20, tzinfo=UTC)
    )
    Membership.objects.update(joined_at=datetime(2027, 4, 20, tzinfo=UTC))
    held = factory.make_meeting(cohort, coordinator=mentee, starts_at=datetime(2027, 4, 30, 22, 30, tzinfo=UTC))
    factory.make_meeting(
        cohort, title="Session 4", starts_at=datetime(2027, 5, 20, 16, tzinfo=UTC), cancelled_at=NOW,
        cancel_reason="A strike.",
    )  # fmt: skip
    states = {mentee.pk: "present", alone.pk: "absent"}
    Attendance.note(held, by=ada, states=states, at=datetime(2027, 5, 2, tzinfo=UTC))
    factory.make_action(held, alone, due_on=date(2027, 5, 10))
    return cohort


def test_the_lead_s_month_is_told_once(ada, lived):
    for moment in ((2027, 5, 31, 21), (2027, 5, 31, 23), (2027, 6, 1, 5), (2027, 6, 20, 0)):
        remind_of_meetings(at=datetime(*moment, tzinfo=UTC))
    rows = Notification.objects.filter(person=ada, kind="meetings_month").order_by("pk")
    assert [row.subject for row in rows] == [f"cohort:{lived.pk}:2027-04", f"cohort:{lived.pk}:2027-05"]
    assert rows[1].title == f"{lived} in May 2027: 1 meeting"
    assert "Session 3: led by Amara Okafor; 1 came, 0 excused, 1 absent; minutes open." in rows[1].body
    assert "Session 4: called off (A strike.)." in rows[1].body
    assert "Action items open: 1, 1 of them overdue." in rows[1].body


def test_months_that_an_outage_left_out_are_caught_up(ada, lived):
    remind_of_meetings(at=datetime(2027, 8, 3, tzinfo=UTC))
    remind_of_meetings(at=datetime(2027, 8, 4, tzinfo=UTC))
    rows = Notification.objects.filter(person=ada, kind="meetings_month").order_by("pk")
    assert [row.subject[-2:] for row in rows] == ["05", "06", "07"]
    assert "no meeting" in rows[2].title


def test_many_due_cost_no_query_each_once_they_are_told(cohort, mentee, django_assert_max_num_queries):
    meeting = factory.make_meeting(cohort, coordinator=mentee, starts_at=NOW + timedelta(days=3))
    for _ in range(15):
        factory.make_action(meeting, mentee, due_on=NOW.date())
    remind(0)
    with django_assert_max_num_queries(11):
        assert remind_of_meetings(at=NOW) == 0


# --- nobody leads yet -----------------------------------------------------------------------------------------
def test_two_weeks_before_somebody_leads_it(amara, bela, cohort):
    near = factory.make_meeting(cohort, starts_at=NOW + timedelta(days=15))
    far = factory.make_meeting(cohort, starts_at=NOW + timedelta(days=29))
    remind(0.5)
    near.refresh_from_db()
    assert near.coordinator is None
    remind(1.5, 1.6)
    near.refresh_from_db()
    far.refresh_from_db()
    assert (near.coordinator.person, far.coordinator) == (amara, None)
    assert len(told(amara, "turn_given")) == 1
    remind(15.5)
    far.refresh_from_db()
    assert far.coordinator.person == bela


@pytest.mark.parametrize("state", ["open", "finished"])
def test_only_where_the_cohort_runs(amara, state):
    cohort = factory.make_cohort(state=state)
    factory.make_membership(cohort, amara)
    meeting = factory.make_meeting(cohort, starts_at=NOW + timedelta(days=3))
    remind(0)
    meeting.refresh_from_db()
    assert meeting.coordinator is None


def test_where_nobody_is_there_it_is_tried_again(cohort, amara, bela):
    meeting = factory.make_meeting(cohort, starts_at=NOW + timedelta(days=10))
    for person in (amara, bela):
        factory.make_away(person, 0, 20)
    remind(0)
    meeting.refresh_from_db()
    assert meeting.coordinator is None
    Away.objects.filter(person=bela).delete()
    remind(1)
    meeting.refresh_from_db()
    assert meeting.coordinator.person == bela
