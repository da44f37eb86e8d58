"""The invitation that goes with each mail about a meeting: scheduled, moved or called off.

It says what holds when the mail is sent: of two that overtake each other both are right, and neither undoes the other.
"""

from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from mentorship.cohorts.calendar_sources import entry_of
from mentorship.cohorts.ical import Entry, Mail, invitation
from mentorship.cohorts.models import Meeting
from mentorship.notifications.attachments import Part, attach
from mentorship.notifications.models import Notification

KINDS = ("meeting_scheduled", "meeting_moved", "meeting_cancelled")


def invitation_of(message: Notification) -> list[Part]:
    """The meeting that `message` is about (its subject begins with 'meeting:12'), for the person who is told."""
    key = message.subject.split(":")[1]
    meeting = Meeting.objects.select_related("cohort", "coordinator__person").filter(pk=int(key)).first()
    if meeting is None or message.person is None:
        return []
    return enclosed(entry_of(meeting), str(meeting.cohort), message)


def enclosed(entry: Entry, organizer: str, message: Notification) -> list[Part]:
    """`entry` as the file that goes with `message`, from us by the name `organizer` to the person who is told."""
    attendee = (str(message.person), message.address or (message.person.email if message.person else ""))
    mail = Mail((organizer, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]), attendee)
    method, content = invitation(entry, mail, timezone.now())
    # As a part of the letter for those who look there (Gmail, Outlook), as a file for the others.
    return [Part("invite.ics", content, "application/ics", shown_as=f"text/calendar; method={method}")]


def register() -> None:
    for kind in KINDS:
        attach(kind, invitation_of)
