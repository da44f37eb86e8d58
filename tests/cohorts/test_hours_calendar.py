"""Booked hours and talks in people's calendars, read back with the library."""

from datetime import timedelta

from django.utils import timezone
from icalendar import Calendar

from mentorship.cohorts.calendar_sources import entries_of
from mentorship.cohorts.hours_calendar import booking_enclosed, talk_enclosed
from mentorship.cohorts.models import Talk
from mentorship.notifications.models import Notification
from tests import factory


def entries(person):
    return {entry.key.split("-")[0]: entry for entry in entries_of(person)}


def read(part):
    return next(iter(Calendar.from_ical(part.content).walk("VEVENT")))


def test_a_booking_stands_in_both_calendars_and_stays_as_called_off(cohort, mateo, amara, bela):
    booking = factory.make_slot(cohort.memberships.get(person=mateo)).book(by=amara)
    assert entries(amara)["booking"].title == "Mock interview: Coding with Mateo Rojas"
    assert entries(mateo)["booking"].title == "Mock interview: Coding with Amara Okafor"
    assert "booking" not in entries(bela)
    booking.cancel(by=amara)
    assert (entries(mateo)["booking"].cancelled, entries(mateo)["booking"].sequence) == (True, 1)


def test_its_mail_carries_it_and_takes_it_out_again(cohort, mateo, amara):
    booking = factory.make_slot(cohort.memberships.get(person=mateo)).book(by=amara)
    asked = booking_enclosed(Notification.objects.get(kind="hours_booked", person=mateo))[0]
    booking.cancel(by=amara)
    gone = booking_enclosed(Notification.objects.get(kind="hours_cancelled", person=mateo))[0]
    assert "method=REQUEST" in asked.shown_as
    assert "method=CANCEL" in gone.shown_as
    assert read(asked)["uid"] == read(gone)["uid"]
    assert (read(asked)["sequence"], read(gone)["sequence"]) == (0, 1)


def test_a_talk_that_moves_keeps_its_name_and_rises(ada, amara):
    talk, _secret = factory.make_talk(ada)
    talk.sign_up(by=amara)
    first = entries(amara)["talk"]
    start = timezone.now() + timedelta(days=9)
    Talk.objects.get().edit(by=ada, starts_at=start, ends_at=start + timedelta(hours=1))
    second = entries(amara)["talk"]
    assert (first.uid, first.sequence + 1) == (second.uid, second.sequence)
    assert talk_enclosed(Notification.objects.get(kind="talk_moved"))[0].shown_as.endswith("REQUEST")


def test_a_seat_given_back_and_taken_again_rises_each_time(ada, amara, bela):
    talk, _secret = factory.make_talk(ada, limit=1)
    seen = []
    for verb in ("sign_up", "leave", "sign_up"):
        getattr(talk, verb)(by=amara)
        entry = entries(amara)["talk"]
        seen.append((entry.sequence, entry.cancelled))
    assert seen == [(0, False), (1, True), (2, False)]
    talk.sign_up(by=bela)
    assert "talk" not in entries(bela)
