"""Meetings in a browser: minutes that two write at once, and the look of each page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Attendance, Exchange, Meeting, Point
from tests import factory
from tests.browser.conftest import check_look, check_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(cohort, amara, bela):
    """A meeting of an hour ago that Amara leads, with everything on its page."""
    seats = {seat.person: seat for seat in cohort.memberships.all()}
    moment = timezone.now() - timedelta(hours=1)
    meeting = factory.make_meeting(cohort, coordinator=seats[amara], starts_at=moment, link="https://meet.example/3")
    meeting.write("agenda", "- Baselines\n- Splits", by=amara, version=0)
    earlier = factory.make_meeting(cohort, title="Session 2", starts_at=moment - timedelta(days=14))
    factory.make_action(earlier, seats[amara], text="Share the notebook")
    factory.make_action(meeting, seats[bela], text="Find how others split")
    Point.bring_up(meeting, by=bela, text="What is a good baseline?")
    Attendance.note(meeting, by=amara, states={seats[amara].pk: "present"})
    return meeting


def test_minutes_that_two_write_at_once(open_page, held, amara, bela):
    here, there = open_page(amara), open_page(bela)
    for page in (here, there):
        page.goto(held.get_absolute_url())
        page.get_by_role("link", name="Write the minutes").click()
    here.get_by_label("Minutes", exact=True).fill("Amara's line.")
    here.get_by_text("Saved by you").wait_for()
    there.get_by_label("Minutes", exact=True).fill("Béla's line.")
    there.get_by_role("button", name="Put both together").wait_for()
    assert there.get_by_label("Minutes", exact=True).input_value() == "Béla's line."
    check_look(there)
    there.get_by_role("button", name="Put both together").click()
    there.get_by_text("Every line of both").wait_for()
    assert there.get_by_label("Minutes", exact=True).input_value() == "Amara's line.\nBéla's line."
    there.get_by_role("button", name="Save").click()
    there.wait_for_url(f"**{held.get_absolute_url()}")
    assert Meeting.objects.get(pk=held.pk).notes == "Amara's line.\nBéla's line."


@pytest.mark.parametrize("which", ["calendar", "held", "to come", "series"])
def test_every_page_in_both_themes_and_sizes(open_page, held, cohort, ada, amara, bela, which):
    seats = {seat.person: seat for seat in cohort.memberships.all()}
    coming = factory.make_meeting(cohort, title="Session 4", coordinator=seats[amara])
    factory.make_meeting(cohort, title="Session 5", starts_at=factory.days_ago(-21))
    Exchange.ask(coming, by=amara, other=seats[bela])
    base = f"/cohorts/{cohort.slug}/meetings/"
    person, address = {
        "calendar": (ada, base),
        "held": (amara, held.get_absolute_url()),
        "to come": (bela, coming.get_absolute_url()),
        "series": (ada, f"{base}series/"),
    }[which]
    check_looks(open_page, address, person)
