"""The secret address of a person's calendar: made, read, replaced, revoked; in no log."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.utils import timezone
from icalendar import Calendar

from mentorship.cohorts.models import Feed
from mentorship.common.errors import Refused
from mentorship.common.logs import JsonLineFormatter, TextFormatter
from mentorship.people.models import Event
from tests import factory


@pytest.fixture
def secret(amara):
    return Feed.make(by=amara)[1]


def address(secret):
    return f"/cohorts/calendar/{secret}.ics"


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_the_address_is_shown_once_and_opens_the_calendar(sign_in, amara, cohort, other_cohort):
    factory.make_meeting(cohort, title="Ours")
    factory.make_meeting(other_cohort, title="Theirs")
    client = sign_in(amara)
    page = client.post("/cohorts/calendar/make/").text
    secret = page.split("/cohorts/calendar/")[1].split(".ics")[0]
    assert len(secret) == 43
    assert secret not in client.get("/cohorts/calendar/").text
    assert secret not in repr(list(Feed.objects.values())) + repr(list(Event.objects.values()))
    response = sign_in(None).get(address(secret))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert [str(event["summary"])[:5] for event in events(response)] == ["Ours,"]


def test_what_is_called_off_stays_as_cancelled(client, secret, cohort, ada):
    meeting = factory.make_meeting(cohort)
    meeting.cancel(by=ada)
    (event,) = events(client.get(address(secret)))
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)


def test_nobodys_address_of_mail_stands_in_it(client, secret, cohort, mateo):
    factory.make_meeting(cohort, coordinator=cohort.memberships.get(person=mateo))
    text = client.get(address(secret)).text
    assert "Mateo Rojas" in text
    assert mateo.email not in text


def test_nothing_new_is_sent_as_nothing(client, secret, cohort, ada):
    meeting = factory.make_meeting(cohort)
    tag = client.get(address(secret))["ETag"]
    again = client.get(address(secret), HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert again["Cache-Control"] == "private, no-store"
    meeting.edit(by=ada, starts_at=meeting.starts_at + timedelta(days=1))
    assert client.get(address(secret), HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_new_address_ends_the_one_before(client, secret, amara):
    _row, second = Feed.make(by=amara)
    assert client.get(address(secret)).status_code == 404
    assert client.get(address(second)).status_code == 200
    Feed.revoke(by=amara)
    assert client.get(address(second)).status_code == 404
    with pytest.raises(Refused, match="no address"):
        Feed.revoke(by=amara)


def test_a_closed_account_and_a_wrong_secret_are_the_same(client, secret, amara):
    assert client.get(address("x" * 43)).status_code == 404
    amara.is_active = False
    amara.save()
    assert client.get(address(secret)).status_code == 404


def test_revoking_without_an_address_is_said(sign_in, amara):
    page = sign_in(amara).post("/cohorts/calendar/revoke/", follow=True).text
    assert "There is no address to revoke." in page


@pytest.mark.parametrize("formatter", [TextFormatter("%(message)s"), JsonLineFormatter("%(message)s")])
def test_the_secret_is_in_no_line_of_the_log(client, secret, formatter, caplog, rf, monkeypatch):
    from mentorship.cohorts.views import calendar

    monkeypatch.setattr(calendar, "written", lambda *given: 1 / 0)
    client.raise_request_exception = False
    with caplog.at_level(logging.INFO):
        assert client.get(address(secret)).status_code == 500
        client.get(address(secret) + "/")
    lines = [formatter.format(record) for record in caplog.records]
    assert any("/cohorts/calendar/[secret].ics" in line for line in lines)
    assert not any(secret in line for line in lines)


def test_our_formatters_are_the_ones_in_use_and_web_servers_write_no_addresses():
    kinds = {entry["()"] for entry in configured.LOGGING["formatters"].values()}
    assert kinds == {"mentorship.common.logs.TextFormatter", "mentorship.common.logs.JsonLineFormatter"}
    compose = (configured.BASE_DIR / "docker-compose.yml").read_text()
    assert "--no-access-log" in compose
    found = re.search(r"request>uri regexp (\S+) (\S+)", compose)
    assert re.sub(found[1], found[2], f"GET {address('s' * 43)}") == "GET /REDACTED.ics"


def test_my_calendar_shows_what_is_to_come_in_my_own_time(sign_in, amara, cohort, django_assert_max_num_queries):
    begun = timezone.now() - timedelta(minutes=30)
    factory.make_meeting(cohort, title="Now", starts_at=begun)
    factory.make_meeting(cohort, title="Over", starts_at=begun - timedelta(hours=2))
    for day in range(1, 20):
        factory.make_meeting(cohort, title=f"Day {day}", starts_at=begun + timedelta(days=day))
    client = sign_in(amara)
    client.get("/cohorts/")
    with django_assert_max_num_queries(6):
        page = client.get("/cohorts/calendar/").text
    assert "Now," in page
    assert "Over," not in page
    assert "WAT" in page
    assert "Africa/Lagos" in page


def test_who_has_nothing_is_told_what_will_be_here(sign_in, olga):
    assert "Nothing is planned." in sign_in(olga).get("/cohorts/calendar/").text
