"""A notification as a mail."""

from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from mentorship.notifications.attachments import attach_parts
from mentorship.notifications.models import Notification
from mentorship.people.mails import letter


def compose(message: Notification, connection: Any = None) -> EmailMultiAlternatives:
    """The mail of one notification, with the Message-ID that it will keep however often it is sent."""
    address = message.address or (message.person.email if message.person else "")
    headers = {"Message-ID": f"<{message.message_id}@{domain()}>", "Auto-Submitted": "auto-generated"}
    mail = letter(message.title, body_of(message), [address], headers=headers, connection=connection)
    attach_parts(mail, message)
    return mail


def body_of(message: Notification) -> str:
    """Greeting, what happened, where to look. Account mail is whole already."""
    if not message.in_app or message.person is None:
        return message.body
    text = message.body.replace("\r\n", "\n").strip() or f"{message.title.rstrip('.')}."
    link = f"{settings.BASE_URL}{message.url}" if message.url else ""
    return "\n\n".join(part for part in (f"Hello {message.person.get_short_name()},", text, link) if part)


def domain() -> str:
    """The domain of our sender, or of the site: the right-hand side of every Message-ID."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return sender if "." in sender else urlsplit(settings.BASE_URL).hostname or "localhost"
