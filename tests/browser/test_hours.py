"""Hours and talks as they are lived: booked in two windows, every page clean in every look."""

import pytest

from mentorship.cohorts.models import Slot
from tests import factory
from tests.browser.conftest import check_looks

pytestmark = pytest.mark.django_db(transaction=True)


def test_offered_booked_and_given_up(open_page, cohort, mateo, amara):
    mentor, mentee = open_page(mateo), open_page(amara)
    day = (factory.days_ago(-9)).date().isoformat()
    mentor.goto(f"/cohorts/{cohort.slug}/hours/offer/")
    mentor.get_by_label("What", exact=True).select_option("Office hours")
    mentor.get_by_label("Day").fill(day)
    mentor.get_by_role("button", name="Offer").click()
    mentee.goto(f"/cohorts/{cohort.slug}/hours/")
    mentee.get_by_role("link", name="Office hours, Mateo Rojas").click()
    mentee.get_by_label("What about").fill("Cross-validation")
    mentee.get_by_role("button", name="Book").click()
    mentee.get_by_text("Booked: both of you have it").wait_for()
    mentor.goto(Slot.objects.get().get_absolute_url())
    assert mentor.get_by_text("Cross-validation").is_visible()
    mentee.get_by_role("button", name="Call it off").click()
    mentee.get_by_text("Called off; the other one is told.").wait_for()


def test_every_page_in_both_themes_and_sizes(open_page, cohort, mateo, amara, ada):
    host = cohort.memberships.get(person=mateo)
    booking = factory.make_slot(host, 2, place="https://call.example/1").book(by=amara)
    factory.make_slot(host, 3)
    talk, secret = factory.make_talk(ada, limit=3)
    talk.sign_up(by=amara)
    base = f"/cohorts/{cohort.slug}/hours/"
    for address, person in (
        (base, amara), (f"{base}offer/", amara), (f"{base}{booking.slot.pk}/", amara), ("/talks/", amara),
        (talk.get_absolute_url(), ada), (f"{talk.get_absolute_url()}edit/", ada), (f"/talks/speaker/{secret}/", None),
    ):  # fmt: skip
        check_looks(open_page, address, person)
