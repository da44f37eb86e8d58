"""Who is told what about hours that were offered, booked, called off, and about mock interviews."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mentorship.common.times import exact
from mentorship.notifications.outbox import tell
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models import Booking, InterviewFeedback, Membership, Slot


def booked(booking: Booking, *, at: datetime | None) -> None:
    """To both: each has it in their calendar."""
    slot, host, guest = booking.slot, booking.host.person, booking.guest.person
    url, topic = slot.get_absolute_url(), f"About: {booking.topic}" if booking.topic else ""
    tell(
        host, "hours_booked", subject=booking, url=url, at=at, title=f"{guest} has booked your {slot.what.lower()}",
        body="\n".join(text for text in (when(slot, host), topic) if text),
    )  # fmt: skip
    tell(
        guest, "hours_booked", subject=booking, url=url, at=at, title=f"Booked: {slot.what} with {host}",
        body="\n".join(text for text in (when(slot, guest), slot.place) if text),
    )  # fmt: skip


def cancelled(booking: Booking, *, by: User, at: datetime | None) -> None:
    """To both: the one who did it has it taken out of their calendar, too."""
    slot = booking.slot
    for seat in (booking.host, booking.guest):
        own = seat.person_id == by.pk
        title = f"You called off: {slot.what}" if own else f"{by} has called off: {slot.what}"
        body = "\n".join(text for text in (f"It was {when(slot, seat.person)}.", booking.reason) if text)
        tell(seat.person, "hours_cancelled", subject=booking, title=title, body=body, url=hours(slot), at=at)


def soon(booking: Booking, *, at: datetime) -> int:
    """To both, a day before; how many this call told."""
    slot = booking.slot
    told = 0
    for seat in (booking.host, booking.guest):
        title = f"Soon: {slot.what} with {booking.other(seat.person).person}"
        body = "\n".join(text for text in (when(slot, seat.person), slot.place) if text)
        url = slot.get_absolute_url()
        told += tell(seat.person, "hours_soon", subject=booking, threshold=1, title=title, body=body, url=url, at=at)
    return told


def feedback_given(feedback: InterviewFeedback, *, at: datetime | None) -> None:
    booking, giver = feedback.booking, feedback.by.person
    tell(
        booking.other(giver).person, "interview_feedback", subject=feedback, at=at,
        title=f"{giver} has said how your mock interview went",
        body="You read it as soon as you have said how it went for you.", url=booking.slot.get_absolute_url(),
    )  # fmt: skip


def feedback_missing(booking: Booking, seat: Membership, *, at: datetime) -> bool:
    return tell(
        seat.person, "interview_feedback_missing", subject=booking, threshold=1, at=at,
        title=f"How did the mock interview with {booking.other(seat.person).person} go?",
        body="Three minutes of yours are what they learn from.", url=booking.slot.get_absolute_url(),
    )  # fmt: skip


def when(slot: Slot, person: User) -> str:
    """As the clocks of `person` show it."""
    return f"{exact(slot.starts_at, person.zone)}, {slot.minutes} minutes"


def hours(slot: Slot) -> str:
    return f"{slot.cohort.get_absolute_url()}hours/"
