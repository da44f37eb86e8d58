"""Each mail about a meeting brings it into the calendar of who gets it."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from mentorship.cohorts.series import Rhythm, make
from mentorship.notifications.delivery import deliver_due
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell
from tests import factory


@pytest.fixture
def meeting(cohort, ada):
    start = factory.days_ago(-7)
    return cohort.schedule(by=ada, title="Session 3", starts_at=start, link="https://meet.example/3")


def parts(mail):
    return {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}


def invitation(mail):
    """The method, and the event as the letter and as the file say it: the same."""
    found = parts(mail)
    shown, file = found["text/calendar"], found["application/ics"]
    assert file.get_filename() == "invite.ics"
    content = shown.get_content().replace("\r\n", "\n").strip()
    assert content == file.get_payload(decode=True).decode().replace("\r\n", "\n").strip()
    made = Calendar.from_ical(file.get_payload(decode=True))
    assert str(made["method"]) == shown.get_param("method")
    return str(made["method"]), made.walk("VEVENT")[0]


def test_scheduled_moved_and_called_off_are_one_event(meeting, ada, amara, mailbox, settings):
    settings.DEFAULT_FROM_EMAIL = "Mentorship <hello@mentorship.example>"
    deliver_due()
    meeting.edit(by=ada, starts_at=meeting.starts_at + timedelta(hours=1))
    deliver_due()
    meeting.cancel(by=ada)
    deliver_due()
    mine = [invitation(mail) for mail in mailbox.messages if amara.email in mail["To"]]
    assert [method for method, _event in mine] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["sequence"] for _method, event in mine] == [0, 1, 2]
    assert len({str(event["uid"]) for _method, event in mine}) == 1
    event = mine[1][1]
    assert event.decoded("dtstart") == meeting.starts_at.replace(microsecond=0)
    assert str(event["organizer"]) == "mailto:hello@mentorship.example"
    assert str(event["attendee"]) == f"mailto:{amara.email}"
    assert str(event["location"]) == "https://meet.example/3"


def test_each_is_invited_alone(meeting, mailbox):
    deliver_due()
    assert len(mailbox.messages) == 3
    for mail in mailbox.messages:
        _method, event = invitation(mail)
        assert str(event["attendee"]) == f"mailto:{mail['To']}"


def test_a_mail_that_was_overtaken_says_what_holds(meeting, ada, amara, mailbox):
    meeting.cancel(by=ada)
    deliver_due()
    assert {invitation(mail)[0] for mail in mailbox.messages} == {"CANCEL"}


def test_other_mails_have_no_files(amara, cohort, mailbox):
    tell(amara, "assigned_mentor", subject=cohort, title="Hello", url="/")
    deliver_due()
    assert set(parts(mailbox.messages[0])) == {"text/plain", "text/html"}


def test_a_file_that_cannot_be_made_costs_no_mail(amara, mailbox, caplog):
    tell(amara, "meeting_moved", subject="meeting:what", title="Session 3 is now", url="/")
    assert deliver_due() == 1
    assert Notification.objects.get().email == "sent"
    assert "goes without its files" in caplog.text


def test_a_series_is_one_file_over_a_change_of_the_clocks(cohort, ada, amara, mailbox):
    cohort.ends_on = cohort.starts_on + timedelta(days=400)
    first = timezone.localdate(timezone.now(), cohort.zone) + timedelta(days=3)
    rhythm = Rhythm(first, time(18, 0), link="https://meet.example/s")
    cohort.save()
    made = make(cohort=cohort, rhythm=rhythm, by=ada, at=timezone.now())
    deliver_due()
    mail = next(one for one in mailbox.messages if one["To"] == amara.email and "in the calendar" in one["Subject"])
    file = parts(mail)["application/ics"]
    assert file.get_filename() == "meetings.ics"
    events = Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")
    assert len(events) == len(made) > 20
    assert {event.decoded("dtstart").strftime("%H:%M") for event in events} == {"18:00"}
    assert len({event.decoded("dtstart").utcoffset() for event in events}) == 2
    made[0].edit(by=ada, starts_at=made[0].starts_at + timedelta(hours=1))
    deliver_due()
    _method, event = invitation(next(one for one in mailbox.messages[::-1] if one["To"] == amara.email))
    assert (str(event["uid"]), event["sequence"]) == (str(events[0]["uid"]), 1)
