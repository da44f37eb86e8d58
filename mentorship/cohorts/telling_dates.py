"""Who is told what when a schedule or something due changes. Each function runs in the transaction of its cause."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import DateTimeField, Value
from django.urls import reverse

from mentorship.cohorts.own_time import Moved
from mentorship.common.times import exact
from mentorship.notifications.outbox import key_of, tell, tell_all
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models import DueDate, Extension, Feed, Schedule


def schedule_changed(schedule: Schedule, *, by: User, at: datetime | None) -> None:
    """In the app only, to the members of a cohort that runs: what is due is reminded of by itself."""
    cohort = schedule.cohort
    if cohort.state != "running":
        return
    people = User.objects.active().filter(memberships__in=cohort.memberships.active()).exclude(pk=by.pk).distinct()
    tell_all(
        people, "schedule_changed", subject=f"{key_of(schedule)}:{schedule.version}", by_email=False, at=at,
        title=f"The calendar of {cohort} has changed", url=f"{cohort.get_absolute_url()}calendar/",
    )  # fmt: skip


def due_date_set(due: DueDate, *, at: datetime | None) -> None:
    """To the mentees of a cohort that runs, once for each time it is set to, each on their own clocks."""
    cohort = due.cohort
    if cohort.state != "running":
        return
    seats = cohort.memberships.mentees().filter(person__is_active=True).select_related("person").order_by("pk")
    for seat in seats.annotate(own=Moved(Value(due.due_at, output_field=DateTimeField()), "pk")):
        person, counted = seat.person, " Your pause is counted in." if seat.own > due.due_at else ""
        tell(
            person, "due_date_set", subject=f"{key_of(due)}:{due.due_at:%Y-%m-%dT%H:%M}", at=at,
            title=f"{due.item.title} is due {exact(seat.own, person.zone)}", url=due.get_absolute_url(),
            body=f"The day has changed for all of {cohort}. An extension of yours stays what it is.{counted}",
        )  # fmt: skip


def extension_asked(row: Extension, mentors: list[User], *, at: datetime | None) -> None:
    """To the mentor, or to the admins where there is none."""
    person = row.membership.person
    for one in mentors or list(User.objects.admins()):
        tell(
            one, "extension_asked", subject=row, url=row.due.get_absolute_url(), at=at, by_email=bool(mentors),
            title=f"{person} asks for more time for {row.due.item.title}",
            body=f"Until {exact(row.until, one.zone)}. {row.reason}",
        )  # fmt: skip


def extension_granted(row: Extension, mentors: list[User], *, by: User, at: datetime | None) -> None:
    """To the mentee; to their mentor in the app, where an admin did it."""
    person, url = row.membership.person, row.due.get_absolute_url()
    tell(
        person, "extension_granted", subject=row, url=url, at=at, body=row.note,
        title=f"You have until {exact(row.until, person.zone)} for {row.due.item.title}",
    )  # fmt: skip
    others = [mentor for mentor in mentors if mentor.pk != by.pk]
    title = f"{person} has more time for {row.due.item.title}"
    tell_all(others, "extension_granted_mentor", subject=row, title=title, url=url, by_email=False, at=at)


def extension_declined(row: Extension, *, at: datetime | None) -> None:
    title = f"{row.due.item.title} stays due {exact(row.due.moved_for(row.membership), row.membership.person.zone)}"
    url = row.due.get_absolute_url()
    tell(row.membership.person, "extension_declined", subject=row, title=title, body=row.note, url=url, at=at)


def extension_ended(row: Extension, *, at: datetime | None) -> None:
    title = f"{row.due.item.title} is due {exact(row.due.moved_for(row.membership), row.membership.person.zone)} again"
    url = row.due.get_absolute_url()
    tell(row.membership.person, "extension_ended", subject=row, title=title, body=row.note, url=url, at=at)


def feed_revoked(feed: Feed, *, at: datetime | None) -> None:
    """To whose calendar it was, when an admin did it."""
    tell(
        feed.person, "feed_revoked", subject=feed, at=at, url=reverse("cohorts:my_calendar"),
        title="An admin has revoked your calendar's secret address",
        body="Your calendar program reads nothing new from us any more. Make a new address whenever you wish.",
    )  # fmt: skip
