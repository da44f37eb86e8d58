"""The invitation that goes with each mail about a meeting: scheduled, moved or called off; of a series one file.

It says what holds when the mail is sent: of two that overtake each other both are right, and neither undoes the other.
"""

from email.utils import parseaddr

from django.conf import settings

from mentorship.cohorts.calendar_sources import entry_of, visited
from mentorship.cohorts.ical import Entry, Mail, feed, invitation
from mentorship.cohorts.models import Meeting, Visit
from mentorship.common import clock
from mentorship.notifications.attachments import Part, attach
from mentorship.notifications.models import Notification
from mentorship.people.models import Event

KINDS = ("meeting_scheduled", "meeting_moved", "meeting_cancelled")


def invitation_of(message: Notification) -> list[Part]:
    """The meeting that `message` is about (its subject begins with 'meeting:12'), for the person who is told."""
    key = message.subject.split(":")[1]
    meeting = Meeting.objects.select_related("cohort", "coordinator__person").filter(pk=int(key)).first()
    if meeting is None or message.person is None:
        return []
    guest = meeting.visits.filter(mentor=message.person).exclude(state=Visit.State.WITHDRAWN).first()
    if guest is None:
        return enclosed(entry_of(meeting), str(meeting.cohort), message)
    # Who has not said yes has nothing in the calendar yet, and does not know the link.
    return enclosed(visited(guest), str(meeting.cohort), message) if guest.state == Visit.State.ACCEPTED else []


def enclosed(entry: Entry, organizer: str, message: Notification) -> list[Part]:
    """`entry` as the file that goes with `message`, from us by the name `organizer` to the person who is told."""
    attendee = (str(message.person), message.address or (message.person.email if message.person else ""))
    mail = Mail((organizer, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]), attendee)
    method, content = invitation(entry, mail, clock.now())
    # As a part of the letter for those who look there (Gmail, Outlook), as a file for the others.
    return [Part("invite.ics", content, "application/ics", shown_as=f"text/calendar; method={method}")]


def series_of(message: Notification) -> list[Part]:
    """The meetings that were put into the calendar together: the subject names that event, as 'cohort:3:512'.

    To be opened or imported, for a request names one meeting. They are the same ones as in the mails that move them.
    """
    event = Event.objects.filter(pk=int(message.subject.split(":")[2]), verb="made_series").first()
    made = Meeting.objects.filter(pk__in=event.detail["meetings"] if event else []).order_by("starts_at", "pk")
    meetings = list(made.select_related("cohort", "coordinator__person"))
    if not meetings:
        return []
    content = feed([entry_of(meeting) for meeting in meetings], str(meetings[0].cohort))
    return [Part("meetings.ics", content, "application/ics")]


def register() -> None:
    attach("meetings_scheduled", series_of)
    for kind in KINDS:
        attach(kind, invitation_of)
