"""What time causes about booked hours and talks: one is soon, nobody has said yet how an interview went.

Rules are 'due and not yet told': a day without beat loses nothing that is still to come, and repeats nothing.
"""

from datetime import datetime, timedelta

from mentorship.cohorts import telling_hours, telling_talks
from mentorship.cohorts.models import Booking, Talk, on_clock
from mentorship.cohorts.models.interview_feedback import still_missing
from mentorship.common import clock

BEFORE = timedelta(days=1)


def remind_of_hours(*, at: datetime) -> int:
    """All that follows; how many people this call told."""
    return remind_of_bookings(at=at) + remind_of_talks(at=at) + ask_how_it_went(at=at)


def remind_of_bookings(*, at: datetime) -> int:
    """A day before; not of what was booked within that day, for the booking's own mail is fresh."""
    rows = Booking.objects.standing().filter(
        on_clock("slot__cohort"), slot__starts_at__gt=at, slot__starts_at__lte=at + BEFORE
    )
    rows = rows.select_related("slot__cohort", "slot__host__person", "guest__person")
    return sum(telling_hours.soon(row, at=at) for row in rows if row.booked_at <= row.slot.starts_at - BEFORE)


def remind_of_talks(*, at: datetime) -> int:
    """Talks are the whole program's: the clock of a test cohort does not bring them nearer."""
    if clock.test_cohort():
        return 0
    rows = Talk.objects.announced().filter(cancelled_at=None, starts_at__gt=at, starts_at__lte=at + BEFORE)
    return sum(telling_talks.soon(row, at=at) for row in rows)


def ask_how_it_went(*, at: datetime) -> int:
    """Who has not said how an interview went, once, from a day after it."""
    told = 0
    for booking in still_missing(at).filter(on_clock("slot__cohort")):
        given = set(booking.feedback.values_list("by", flat=True))
        seats = [seat for seat in (booking.host, booking.guest) if seat.pk not in given]
        told += sum(telling_hours.feedback_missing(booking, seat, at=at) for seat in seats)
    return told
