"""What stands in a person's calendar, from every part of the program that has dates.

Who adds a kind of date writes one function from a person and a moment (nothing older is asked for) to entries, and
puts `@source` above it; its module is imported in `CohortsConfig.ready`, or in the `ready` of a higher app.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from mentorship.cohorts.ical import Entry
from mentorship.cohorts.models import Cohort, DueDate, Meeting, Visit
from mentorship.cohorts.models.visit import VisitQuerySet
from mentorship.common import clock
from mentorship.people.models import Event, User

Source = Callable[[User, datetime], Iterable[Entry]]
SOURCES: list[Source] = []
OWN: list[Source] = []  # what concerns nobody else
KEPT = timedelta(days=400)  # what is older is of no use in a calendar
MOST = 1000
LONGEST_MEETING = timedelta(hours=3)  # what has begun is shown until it is over
LIVE = (Cohort.State.OPEN, Cohort.State.RUNNING, Cohort.State.FINISHED)


def source(found: Source) -> Source:
    SOURCES.append(found)
    return found


def own_source(found: Source) -> Source:
    OWN.append(found)
    return found


def entries_of(
    person: User, *, since: datetime | None = None, at: datetime | None = None, own: bool = True
) -> list[Entry]:
    """Everything that concerns `person` since `since` (a good year ago, if not said), the earliest first.

    `own`: with what they planned alone.
    """
    since = since or (at or clock.now()) - KEPT
    found = [entry for each in [*SOURCES, *(OWN if own else ())] for entry in each(person, since)]
    return sorted(found, key=lambda entry: (entry.starts_at, entry.key))


def ahead_of(person: User, at: datetime) -> list[Entry]:
    """What is to come for `person`, and what goes on just now, the earliest first.

    What one planned alone stands in the feed, and on the page of the plan.
    """
    found = entries_of(person, since=at - LONGEST_MEETING, own=False)
    return [entry for entry in found if entry.starts_at + timedelta(minutes=entry.minutes) > at]


@source
def meetings_of(person: User, since: datetime) -> list[Entry]:
    """The meetings of one's cohorts, those that were called off too, and those of others that one comes to as a guest.

    One query for both; a second one, of the visits, only for who has some.
    """
    own, visits = Cohort.objects.of(person), visits_of(person)
    rows = Meeting.objects.filter(starts_at__gte=since).filter(
        Q(cohort__in=own) | Q(pk__in=visits.exclude(meeting__cohort__in=own).values("meeting"))
    )
    rows = rows.annotate(is_own=ExpressionWrapper(Q(cohort__in=own), output_field=BooleanField()))
    found = rows.select_related("cohort", "coordinator__person").order_by("-starts_at", "-pk")[:MOST]
    elsewhere = [meeting.pk for meeting in found if not meeting.is_own]
    guest = visits.filter(meeting__in=elsewhere).select_related("meeting__cohort", "meeting__coordinator__person")
    return [entry_of(meeting) for meeting in found if meeting.is_own] + [
        visited(visit) for visit in (guest if elsewhere else [])
    ]


def visits_of(person: User) -> VisitQuerySet:
    """Those that `person` said yes to: also what was called off or taken back since, which a calendar has to hear."""
    said_yes = Event.objects.filter(subject_type="cohorts.visit", subject_id=OuterRef("pk"), verb="accepted")
    return Visit.objects.filter(Exists(said_yes), mentor=person)


@source
def due_dates_of(person: User, since: datetime) -> list[Entry]:
    """Until when one hands in what one's cohorts do: with one's own extensions and pauses, which are changes too."""
    mentee = {"cohort__memberships__person": person, "cohort__memberships__left_at": None}
    rows = DueDate.objects.published().filter(cohort__state__in=LIVE, cohort__memberships__role="mentee", **mentee)
    rows = rows.for_person(person).filter(own_at__gte=since).select_related("cohort", "item")  # type: ignore[misc]
    return [
        Entry(
            key=f"due-{row.pk}", title=f"Due: {row.item.title}, {row.cohort}", starts_at=row.own_at,
            zone=row.cohort.zone, sequence=row.sequence + row.own_changes, changed_at=row.own_changed_at,
            about=f"{row.why}.".capitalize() if row.why else "", url=row.get_absolute_url(),
        )
        for row in rows.order_by("own_at")[:MOST]  # type: ignore[misc]
    ]  # fmt: skip


def visited(visit: Visit) -> Entry:
    """The meeting as its guest has it: another thing than a member's, for it can be called off for the guest alone."""
    meeting, since = visit.meeting, visit.answered_at or visit.asked_at
    entry = replace(
        entry_of(meeting), key=f"visit-{visit.pk}", url=visit.get_absolute_url(),
        changed_at=max(meeting.changed_at, since),
    )  # fmt: skip
    if visit.state == Visit.State.ACCEPTED:
        return entry
    url = "" if visit.state == Visit.State.WITHDRAWN else entry.url
    return replace(entry, cancelled=True, sequence=meeting.sequence + 1, place="", about="", url=url)


def entry_of(meeting: Meeting) -> Entry:
    leader = f"Led by {meeting.coordinator.person}." if meeting.coordinator else ""
    place = f"Join: {meeting.link}" if meeting.link else ""
    return Entry(
        key=f"meeting-{meeting.pk}", title=f"{meeting.title}, {meeting.cohort}", starts_at=meeting.starts_at,
        zone=meeting.cohort.zone, minutes=meeting.minutes_long, sequence=meeting.sequence,
        changed_at=meeting.changed_at, cancelled=bool(meeting.cancelled_at), place=meeting.link,
        about="\n".join(text for text in (leader, place) if text), url=meeting.get_absolute_url(),
    )  # fmt: skip
