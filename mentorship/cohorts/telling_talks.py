"""Who is told what about guest talks. The speaker, who has no account, is written to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from mentorship.common.times import exact
from mentorship.notifications.outbox import key_of, send_mail_to, tell, tell_all
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models import Talk, TalkSeat


def invited(talk: Talk, *, by: User, secret: str) -> None:
    link = f"{settings.BASE_URL}{reverse('talks:speaker', args=[secret])}"
    send_mail_to(
        talk.speaker_email, "talk_invitation", title=f"Would you speak to us about “{talk.title}”?",
        body=f"Dear {talk.speaker_name},\n\n{by} would be glad if you spoke to the people of our program:\n\n"
        f"{talk.title}\n{when(talk)}\n\nSay yes or no here; you need no account:\n{link}\n\n"
        "The link is yours alone and holds for 30 days.",
    )  # fmt: skip


def speaker_told(talk: Talk, title: str, reason: str = "") -> None:
    """The speaker, who was asked and has no account, hears by mail of another time or that nothing comes of it."""
    off = f"It was to be {when(talk)}." if talk.cancelled_at else f"It is to be {when(talk)} now."
    text = "\n\n".join(part for part in (off, reason) if part)
    send_mail_to(talk.speaker_email, "talk_invitation", title=title, body=f"Dear {talk.speaker_name},\n\n{text}")


def answered(talk: Talk, *, at: datetime | None) -> None:
    title = f"{talk.speaker_name} {'speaks' if talk.answer == 'yes' else 'cannot speak'}: {talk.title}"
    url, body = talk.get_absolute_url(), talk.answer_note
    tell_all(User.objects.admins(), "talk_answered", subject=talk, title=title, body=body, url=url, at=at)


def announced(talk: Talk, *, at: datetime | None) -> None:
    """To the members of cohorts that are open or run."""
    people = User.objects.active().filter(
        memberships__left_at=None, memberships__cohort__state__in=["open", "running"],
        memberships__cohort__clock_ahead=None,
    )  # fmt: skip
    title, body = f"Guest talk: {talk.title}", f"{talk.speaker_name}. {when(talk)}. Sign up on its page."
    url = talk.get_absolute_url()
    tell_all(people.distinct(), "talk_announced", subject=talk, title=title, body=body, url=url, at=at)


def signed_up(seat: TalkSeat, *, at: datetime | None) -> None:
    """With the invitation for their calendar, or with their place in the list."""
    talk = seat.talk
    if seat.seated_at:
        title, body, kind = f"You have a seat: {talk.title}", f"{when(talk)}. {talk.place}", "talk_seat"
    else:
        title, kind = f"You are on the waiting list: {talk.title}", "talk_waiting"
        body = "Every seat is taken. One that comes free is yours by itself, in the order of signing up."
    tell(
        seat.person,
        kind,
        subject=f"{key_of(talk)}:{seat.pk}",
        title=title,
        body=body,
        url=talk.get_absolute_url(),
        at=at,
    )


def moved(talk: Talk, *, at: datetime | None) -> None:
    """Once for each time it is moved to."""
    _coming(talk, "talk_moved", f"{talk.title} is now {when(talk)}", talk.place, at, f":{talk.sequence}")


def cancelled(talk: Talk, *, at: datetime | None) -> None:
    body = "\n".join(text for text in (f"It was {when(talk)}.", talk.cancel_reason) if text)
    _coming(talk, "talk_cancelled", f"{talk.title} is called off", body, at)


def recorded(talk: Talk, *, at: datetime | None) -> None:
    _coming(talk, "talk_recorded", f"The recording is there: {talk.title}", talk.recording, at)


def soon(talk: Talk, *, at: datetime) -> int:
    """To who has a seat, a day before; anew when it was moved. How many this call told."""
    people = User.objects.active().filter(talk_seats__in=talk.seats.seated())
    body = "\n".join(text for text in (when(talk), talk.place) if text)
    url, title = talk.get_absolute_url(), f"Soon: {talk.title}"
    subject = f"{key_of(talk)}:{talk.starts_at:%Y-%m-%dT%H:%M}"
    return tell_all(people, "talk_soon", subject=subject, threshold=1, title=title, body=body, url=url, at=at)


def _coming(talk: Talk, kind: str, title: str, body: str, at: datetime | None, change: str = "") -> None:
    people = User.objects.active().filter(talk_seats__in=talk.seats.standing()).distinct()
    subject, url = f"{key_of(talk)}{change}", talk.get_absolute_url()
    tell_all(people, kind, subject=subject, title=title, body=body, url=url, at=at)


def when(talk: Talk) -> str:
    """In the talk's zone, which the text names: one text goes to people in many zones."""
    return f"{exact(talk.starts_at, ZoneInfo(talk.timezone))}, {talk.minutes} minutes"
