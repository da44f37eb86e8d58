"""Booked hours and guest talks in people's calendars: the feed, and the invitation that goes with a mail."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from mentorship.cohorts.calendar_sources import MOST, source
from mentorship.cohorts.ical import Entry
from mentorship.cohorts.meeting_mails import enclosed
from mentorship.cohorts.models import Booking, Talk, TalkSeat
from mentorship.notifications.attachments import Part, attach
from mentorship.notifications.models import Notification
from mentorship.people.models import User


@source
def hours_of(person: User, since: datetime) -> Iterable[Entry]:
    """What one has booked and what others have booked with one, those that were called off too."""
    rows = Booking.objects.visible_to(person).filter(slot__starts_at__gte=since)
    rows = rows.select_related("slot__cohort", "slot__host__person", "guest__person").order_by(
        "-slot__starts_at", "-pk"
    )
    return [booked(row, person) for row in rows[:MOST]]


@source
def talks_of(person: User, since: datetime) -> Iterable[Entry]:
    """The talks that one has a seat in, and those one gave the seat of back, as called off."""
    rows = TalkSeat.objects.filter(person=person, seated_at__isnull=False, talk__starts_at__gte=since)
    rows = rows.select_related("talk").order_by("talk", "-pk").distinct("talk")
    return [seated(row) for row in rows[:MOST]]


def booked(booking: Booking, person: User) -> Entry:
    slot = booking.slot
    about = "\n".join(text for text in (booking.topic, slot.note) if text)
    return Entry(
        key=f"booking-{booking.pk}", title=f"{slot.what} with {booking.other(person).person}", starts_at=slot.starts_at,
        zone=slot.cohort.zone, minutes=slot.minutes, sequence=1 if booking.cancelled_at else 0,
        changed_at=booking.cancelled_at or booking.booked_at, cancelled=bool(booking.cancelled_at),
        place=slot.place, about=about, url=slot.get_absolute_url(),
    )  # fmt: skip


def seated(seat: TalkSeat) -> Entry:
    """Named by the talk: who signs up again has the same entry. Each seat given back counts as a change."""
    talk: Talk = seat.talk
    again = talk.seats.filter(person_id=seat.person_id, left_at__isnull=False).count()
    gone, before = seat.left_at or talk.cancelled_at, 2 * again - bool(seat.left_at)
    return Entry(
        key=f"talk-{talk.pk}", title=f"{talk.title}, {talk.speaker_name}", starts_at=talk.starts_at,
        zone=ZoneInfo(talk.timezone), minutes=talk.minutes, sequence=talk.sequence + before,
        changed_at=max(talk.changed_at, seat.left_at or seat.signed_up_at), cancelled=bool(gone),
        place=talk.place, url=talk.get_absolute_url(),
    )  # fmt: skip


def booking_enclosed(message: Notification) -> list[Part]:
    """The booking that `message` is about: its subject is 'booking:12'."""
    rows = Booking.objects.select_related("slot__cohort", "slot__host__person", "guest__person")
    row = rows.filter(pk=int(message.subject.split(":")[1])).first()
    if row is None or message.person is None:
        return []
    return enclosed(booked(row, message.person), str(row.slot.cohort), message)


def talk_enclosed(message: Notification) -> list[Part]:
    """The talk that `message` is about (its subject begins with 'talk:12'), for who has or had a seat."""
    rows = TalkSeat.objects.filter(talk=int(message.subject.split(":")[1]), person=message.person).select_related(
        "talk"
    )
    row = rows.filter(seated_at__isnull=False).order_by("-pk").first()
    return enclosed(seated(row), "Guest talks", message) if row and message.person else []


def register() -> None:
    for kind in ("hours_booked", "hours_cancelled"):
        attach(kind, booking_enclosed)
    for kind in ("talk_seat", "talk_moved", "talk_cancelled"):
        attach(kind, talk_enclosed)
