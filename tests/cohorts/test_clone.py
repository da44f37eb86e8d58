"""A cohort from an earlier one: every date moved, weekdays and clocks kept, nobody's data along."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from mentorship.cohorts.cloning import FIELDS, Plan, clone, preview
from mentorship.cohorts.models import ApplicationQuestion, Charter, Cohort, Schedule, Thresholds
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory
from tests.guests import make_charter, make_invitation

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 1, 5)


@pytest.fixture
def source(stream, ada, amara, mateo):
    """From Monday 5 January 2026 on, sixteen weeks; a mentee, a mentor, and something of everything."""
    cohort = factory.make_cohort(
        stream=stream, name="Winter 3", seats=7, hours_a_week=9, promise_days=6, for_whom="Beginners.",
        starts_on=MONDAY,
        ends_on=MONDAY + timedelta(weeks=16, days=-1), applications_close_on=MONDAY - timedelta(days=3),
    )  # fmt: skip
    mentee = factory.make_membership(cohort, amara)
    factory.make_assignment(mentee, factory.make_membership(cohort, mateo, role="mentor", capacity=3))
    make_charter(cohort, ada, "## Version one")
    make_charter(cohort, ada, "## Version two")
    ApplicationQuestion.ask(cohort=cohort, by=ada, kind="choice", label="Which?", choices=["A", "B"], required=True)
    Thresholds.change(cohort, by=ada, progress_days=12)
    schedule = Schedule.draft(cohort, by=ada, skipped=[3])
    schedule.adjust({schedule.units.get().unit_id: (2, 5)}, skipped=[3], by=ada, version=1)
    thursday = datetime(2026, 1, 15, 19, 0, tzinfo=BERLIN)
    for weeks in range(0, 14, 2):
        factory.make_meeting(cohort, title=f"Session {weeks}", starts_at=thursday + timedelta(weeks=weeks))
    make_invitation(cohort, ada)
    return cohort


def plan(source, first_day, **more):
    return Plan(source, first_day, "Next", "next", **more)


def made(source, ada, first_day, **more):
    return clone(plan(source, first_day, **more), by=ada)


def test_what_was_decided_comes_along(source, ada):
    new = made(source, ada, date(2026, 9, 7))
    assert (new.state, new.seats_taken) == ("draft", 0)
    assert {name: getattr(new, name) for name in FIELDS} == {name: getattr(source, name) for name in FIELDS}
    assert (new.starts_on, new.ends_on, new.applications_close_on) == (
        date(2026, 9, 7), date(2026, 12, 27), date(2026, 9, 4),
    )  # fmt: skip
    assert (Charter.of(new).version, Charter.of(new).text) == (1, "## Version two")
    question = new.application_questions.get()
    assert (question.kind, question.label, question.choices, question.required) == (
        "choice",
        "Which?",
        ["A", "B"],
        True,
    )
    assert Thresholds.of(new).progress_days == 12
    schedule = Schedule.of(new)
    assert schedule.skipped == [3]
    assert list(schedule.units.values_list("first_week", "last_week")) == [(2, 5)]


def test_nobodys_data_comes_along(source, ada):
    before = Notification.objects.count()
    new = made(source, ada, date(2026, 9, 7))
    related = ("memberships", "applications", "assignments", "invitations", "groups")
    assert {name: getattr(new, name).count() for name in related} == dict.fromkeys(related, 0)
    assert not new.meetings.exclude(coordinator=None, notes="", agenda="", link="").exists()
    assert Notification.objects.count() == before
    assert Event.objects.get(verb="clone").detail == {"from": source.pk}


@pytest.mark.parametrize("first_day", [date(2026, 9, 7), date(2026, 9, 9), date(2026, 3, 2), date(2025, 8, 31)])
def test_meetings_stay_on_their_weekday_and_clock_through_summer_time(source, ada, first_day):
    new = made(source, ada, first_day)
    local = [row.starts_at.astimezone(BERLIN) for row in new.meetings.order_by("starts_at")]
    assert len(local) == 7
    assert {(moment.weekday(), moment.hour, moment.minute) for moment in local} == {(3, 19, 0)}
    assert {(b.date() - a.date()).days for a, b in pairwise(local)} == {14}
    assert first_day <= local[0].date() <= first_day + timedelta(days=17)
    assert len({moment.utcoffset() for moment in local}) == (1 if first_day.month == 12 else 2)


def test_a_meeting_that_was_moved_goes_back_to_the_day_of_the_rhythm(source, ada):
    row = source.meetings.order_by("starts_at").first()
    moved = row.starts_at + timedelta(days=2)
    type(row).objects.filter(pk=row.pk).update(starts_at=moved, regular_on=date(2026, 1, 15))
    new = made(source, ada, date(2026, 9, 7))
    first = new.meetings.order_by("starts_at").first()
    assert (first.starts_at.astimezone(BERLIN).date(), first.regular_on) == (date(2026, 9, 17), date(2026, 9, 17))


def test_a_time_that_the_clocks_skip_or_show_twice_is_left_out_and_said(source, ada):
    factory.make_meeting(source, title="Night", starts_at=datetime(2026, 1, 18, 2, 30, tzinfo=BERLIN))
    for first_day, word in ((date(2026, 3, 16), "does not exist"), (date(2026, 10, 12), "exists twice")):
        lines = dict(preview(plan(source, first_day)))["Meetings"]
        (night,) = [line for line in lines if line.what == "Night"]
        assert word in night.note
        assert night.now == ""
    assert not made(source, ada, date(2026, 3, 16)).meetings.filter(title="Night").exists()


def test_what_would_fall_after_the_last_day_is_left_out_and_said(source, ada):
    factory.make_meeting(source, title="Last", starts_at=datetime(2026, 4, 26, 19, 0, tzinfo=BERLIN))
    wednesday = date(2026, 9, 9)
    lines = dict(preview(plan(source, wednesday)))["Meetings"]
    assert [line.note for line in lines if line.what == "Last"] == ["After the last day: left out."]
    assert not made(source, ada, wednesday).meetings.filter(title="Last").exists()


def test_called_off_meetings_do_not_come_along(source, ada):
    source.meetings.order_by("starts_at").first().cancel(by=ada)
    assert made(source, ada, date(2026, 9, 7)).meetings.count() == 6


def test_mentors_come_along_when_chosen(source, ada, mateo):
    new = made(source, ada, date(2026, 9, 7), mentors=list(source.memberships.mentors().select_related("person")))
    seat = new.memberships.get()
    assert (seat.person, seat.capacity, seat.load, seat.promise_days) == (mateo, 3, 0, 6)
    assert Notification.objects.filter(kind="mentor_added", person=mateo).exists()


def test_it_is_made_whole_or_not_at_all(source, ada, other_cohort):
    with pytest.raises(Refused) as refusal:
        clone(Plan(source, date(2026, 9, 7), "Next", other_cohort.slug), by=ada)
    assert refusal.value.code == "slug_taken"
    mentors = list(source.memberships.mentors().select_related("person"))
    with pytest.raises(Refused):
        made(source, ada, date(2026, 9, 7), mentors=mentors * 2)
    assert not Cohort.objects.filter(slug="next").exists()


def test_a_stream_that_is_no_longer_offered(source, ada, stream):
    type(stream).objects.filter(pk=stream.pk).update(retired_at=source.created_at)
    source.stream.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        made(source, ada, date(2026, 9, 7))
    assert refusal.value.code == "retired"


def test_the_page_shows_first_and_makes_then(sign_in, ada, source, mateo):
    client, address = sign_in(ada), f"/cohorts/{source.slug}/clone/"
    page = client.get(address)
    assert page.context["form"].initial["name"] == "Winter 4"
    assert page.context["form"].initial["first_day"].weekday() == 0
    seat = source.memberships.mentors().get()
    fields = {"name": "Autumn", "first_day": "2026-09-07", "mentors": [seat.pk]}
    shown = client.post(address, fields)
    assert "Thu 17 Sep 2026, 19:00" in shown.text
    assert "Mateo Rojas" in shown.text
    assert not Cohort.objects.filter(name="Autumn").exists()
    assert client.post(address, fields | {"make": "yes"}).url == "/cohorts/autumn/set-up/1/"
    assert Cohort.objects.get(name="Autumn").memberships.get().person == mateo
    taken = client.post(address, fields | {"make": "yes", "slug": "autumn"})
    assert (taken.status_code, "Another cohort has this address." in taken.text) == (409, True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first_day": "2027-02-30"}, "Enter a valid date."),
        ({"first_day": "9999-12-31"}, "within ten years"),
        ({"first_day": "0001-01-01"}, "within ten years"),
        ({"slug": "new"}, "taken by a page of ours"),
        ({"mentors": ["0"]}, "Select a valid choice"),
        ({"name": "x" * 121}, "at most 120 characters"),
    ],
)
def test_a_wrong_form(sign_in, ada, source, change, sentence):
    fields = {"name": "Autumn", "first_day": "2026-09-07", "make": "yes"} | change
    answer = sign_in(ada).post(f"/cohorts/{source.slug}/clone/", fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Cohort.objects.filter(name="Autumn").exists()


def test_a_look_at_the_dates_makes_nothing_whatever_was_pressed(cohort, ada, sign_in):
    data = {"name": "Again", "first_day": "2030-01-07", "make": "yes"}
    url = f"/cohorts/{cohort.slug}/clone/"
    assert sign_in(ada).post(url, data, headers={"HX-Request": "true"}).status_code == 200
    assert not Cohort.objects.filter(name="Again").exists()
