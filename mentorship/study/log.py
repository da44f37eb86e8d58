"""Logging study: the one way in which an entry begins."""

import uuid
from datetime import date, datetime

from django.db import transaction

from mentorship.common import clock
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.models import StudyEntry
from streams.models import Item


@transaction.atomic
def log(
    *,
    person: User,
    minutes: int,
    day: date | None = None,
    item: Item | None = None,
    note: str = "",
    mood: int | None = None,
    key: uuid.UUID | None = None,
    at: datetime | None = None,
) -> StudyEntry:
    """A new entry on `day` (today on the person's calendar if None). The same `key` again gives the first entry.

    Refused for less than one minute, more than a day, a day that has not come, one more than seven days back, and
    when the day's entries would pass 24 hours.
    """
    now = at or clock.now()
    person = days.lock(person.pk)
    day = day or days.today_of(person, now)
    if key and (before := StudyEntry.objects.filter(person=person, key=key).first()):
        return before
    days.check_minutes(minutes)
    days.check_open(person, day, now)
    days.check_sum(person, day, minutes)
    entry = StudyEntry(
        person=person, key=key or uuid.uuid4(), minutes=minutes, item=item, note=days.clean_note(note), mood=mood,
        created_at=now,
    )  # fmt: skip
    entry.place(day, person.zone)
    entry.save()
    record(actor=person, verb="logged", subject=entry, detail={"minutes": minutes, "day": day.isoformat()}, at=now)
    return entry
