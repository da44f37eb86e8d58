"""A mentee's fortnight, day by day as of a test cohort's clock, on a phone and on a desk.

In it the clocks go forward, and she flies from Toronto to Tokyo.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mentorship.home.as_of import advance
from mentorship.people.models import User
from mentorship.study.models import StudyEntry
from tests import factory
from tests.browser.conftest import check_look
from tests.study.questions.make import make_card

pytestmark = pytest.mark.django_db(transaction=True)

TORONTO, TOKYO = ZoneInfo("America/Toronto"), ZoneInfo("Asia/Tokyo")
FIRST = date(2027, 3, 8)  # a Monday; Toronto's clocks go forward on the 14th
FLIES = date(2027, 3, 17)  # leaves in the afternoon, and arrives on the 18th


@pytest.fixture
def cohort(stream):
    """It begins on the first day, and its clock stands at that day's morning."""
    began = datetime.combine(FIRST, time(8), TORONTO)
    return factory.make_cohort(
        stream=stream, test=True, timezone="America/Toronto", clock_ahead=began - timezone.now(),
        starts_on=FIRST, ends_on=FIRST + timedelta(weeks=12), applications_close_on=FIRST - timedelta(weeks=1),
    )  # fmt: skip


@pytest.fixture
def aiko(cohort):
    person = factory.make_person("Aiko Tanaka", timezone="America/Toronto")
    factory.make_membership(cohort, person, joined_at=datetime.combine(FIRST, time(8), TORONTO).astimezone(UTC))
    return person


def streak(page, days):
    """The days in a row that home names."""
    expect(page.locator("#quick-log .figures dd").first).to_have_text(str(days))


def taps(page, minutes):
    """What she does on the phone each evening: opens home, taps an amount."""
    page.goto("/home/")
    page.get_by_role("button", name=f"{minutes} min", exact=True).click()
    expect(page.locator("#quick-log [role=status]").filter(has_text="logged.")).to_be_visible()


def test_a_fortnight(open_page, cohort, aiko, ada):
    phone, desk = open_page(aiko, size="phone"), open_page(aiko)

    def evening(day, zone=TORONTO, hour=20):
        advance(cohort, datetime.combine(day, time(hour), zone), by=ada)

    # Monday: the desk. A week from a template, and what comes next.
    desk.goto("/home/")
    check_look(desk)
    desk.get_by_role("link", name="Study", exact=True).click()
    desk.get_by_role("link", name="Plan", exact=True).click()
    desk.get_by_role("button", name="Take the week: Two hours every day").click()
    expect(desk.get_by_role("status").or_(desk.locator(".message")).first).to_be_visible()
    check_look(desk)
    evening(FIRST)
    taps(phone, 60)
    streak(phone, 1)
    check_look(phone)

    # Tuesday: a timer that goes on while the page is closed, two taps each way.
    evening(FIRST + timedelta(days=1), hour=19)
    phone.goto("/home/")
    phone.get_by_role("button", name="Start the timer").click()
    expect(phone.get_by_role("button", name="Stop and log")).to_be_visible()
    phone.goto("about:blank")
    evening(FIRST + timedelta(days=1), hour=20)
    phone.goto("/home/")
    phone.get_by_role("button", name="Stop and log").click()
    streak(phone, 2)
    assert StudyEntry.objects.latest("pk").minutes in (59, 60)  # seconds pass between putting the clock and pressing

    # Up to Sunday, when an hour is missing from the night.
    for number in range(2, 7):
        evening(FIRST + timedelta(days=number))
        taps(phone, 30)
        streak(phone, number + 1)
    desk.goto("/study/plan/")
    expect(desk.locator("main")).to_contain_text("30 min")
    check_look(desk)

    # Monday and Tuesday: a note with a link to another, and a question that is due.
    evening(FIRST + timedelta(days=7))
    taps(phone, 120)
    make_card(aiko)
    phone.goto("/study/practice/")
    phone.get_by_text("What a good answer covers").click()
    phone.get_by_role("button", name=re.compile("^Good")).click()
    check_look(phone)
    evening(FIRST + timedelta(days=8))
    taps(phone, 15)
    streak(phone, 9)

    # The flight: Wednesday is over before it began.
    evening(FLIES, hour=13)
    desk.goto("/settings/profile/")
    desk.get_by_label("Timezone").select_option("Asia/Tokyo")
    desk.get_by_role("button", name="Save").first.click()
    desk.wait_for_load_state()
    assert User.objects.get(pk=aiko.pk).timezone == "Asia/Tokyo"
    evening(FLIES + timedelta(days=1), TOKYO, hour=21)
    taps(phone, 30)
    streak(phone, 10)
    for number in range(2, 5):
        evening(FLIES + timedelta(days=number), TOKYO, hour=21)
        taps(phone, 30)
    streak(phone, 13)

    # What remains of it: thirteen days in a row, none of them twice, and a date to be through.
    logged = list(StudyEntry.objects.order_by("day").values_list("day", flat=True))
    assert logged == [FIRST + timedelta(days=number) for number in range(14) if FIRST + timedelta(days=number) != FLIES]
    for address in ("/study/", "/study/forecast/", "/home/"):
        for page in (phone, desk):
            page.goto(address)
            check_look(page)
    phone.goto("/study/")
    phone.get_by_text("As a table").first.click()
    expect(phone.get_by_role("columnheader", name="Mon").first).to_be_visible()
