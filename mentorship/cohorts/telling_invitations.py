"""What invitations and charters tell, and whom. Each function runs in the transaction of its cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from mentorship.notifications.outbox import Letter, send_letters, take_back, tell_all
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models import Charter, Invitation, Membership

KIND = "invitation"


def invited(invitations: Iterable[tuple[Invitation, str]], *, at: datetime | None) -> None:
    """A letter each, with the link that its token makes; once for each time it is sent."""
    send_letters([letter(row, token) for row, token in invitations], at)


def letter(row: Invitation, token: str) -> Letter:
    cohort, link = row.cohort, f"{settings.BASE_URL}{reverse('cohorts:invitation', args=[token])}"
    days = f"{cohort.starts_on:%-d %B} to {cohort.ends_on:%-d %B %Y}"
    asked = f"{row.invited_by} invites you to {cohort}, a cohort of “{cohort.stream}”, as a {row.role}."
    asked += f" It runs from {days}."
    if row.is_mentor:
        asked += f" You would take up to {row.capacity} mentee{'' if row.capacity == 1 else 's'} at once."
    else:
        asked += f" Count on about {cohort.hours_a_week} hours of study a week."
    # In one paragraph and in quotes: nothing that was written into a cell becomes a button of ours.
    said = f"They write: “{' '.join(row.message.split())}”" if row.message else ""
    until = f"{row.expires_at.astimezone(cohort.zone):%-d %B %Y, %H:%M %Z}"
    small = f"The link works once, until {until}, and for this address only. Did you expect something else? Do nothing."
    hello = f"Hello {row.name}," if row.name else "Hello,"
    body = "\n\n".join(part for part in (hello, asked, said, link, small) if part)
    title = f"{row.invited_by} invites you to {cohort}"
    return Letter(row.address, KIND, title, body, subject=f"invitation:{row.pk}", threshold=row.times_sent)


def invitation_taken_back(row: Invitation, *, at: datetime | None) -> None:
    """Its letter, should that not have left yet."""
    take_back(KIND, subject=row, threshold=row.times_sent, at=at)


def invitation_accepted(row: Invitation, member: Membership, *, at: datetime | None) -> None:
    """To the admins, in the app only."""
    tell_all(
        User.objects.admins(),
        "invitation_accepted",
        subject=row,
        title=f"{member.person} joins {row.cohort} as a {row.role}",
        url=reverse("cohorts:invitations", args=[row.cohort.slug]) + "?state=accepted",
        by_email=False,
        at=at,
    )


def charter_changed(charter: Charter, *, by: User, at: datetime | None) -> None:
    """To every member but who wrote it."""
    members = charter.cohort.memberships.active().exclude(person=by)
    if charter.cohort.state == "draft":
        return  # nobody but admins can open its page yet; members find the notice on it later
    tell_all(
        User.objects.active().filter(memberships__in=members).distinct(),
        "charter_changed",
        subject=charter,
        title=f"The charter of {charter.cohort} has changed",
        body="Read what is new, then accept it again. It takes a minute.",
        url=charter.get_absolute_url(),
        at=at,
    )
