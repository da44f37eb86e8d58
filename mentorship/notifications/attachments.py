"""Files that go with a mail. They are made when it is sent, so that they say what holds then.

The apps whose notifications have some say so: `attach("meeting_moved", invitation_of)`. A maker gets the notification
and gives the parts; one that fails costs its file, never the mail.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives

from mentorship.notifications.models import Notification

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """A file. `shown_as` is another form of the letter itself, as mail programs take invitations from there."""

    name: str
    content: bytes
    content_type: str
    shown_as: str = ""


Maker = Callable[[Notification], list[Part]]
MAKERS: dict[str, Maker] = {}


def attach(kind: str, maker: Maker) -> None:
    MAKERS[kind] = maker


def attach_parts(mail: EmailMultiAlternatives, message: Notification) -> None:
    """Put the parts of `message` into `mail`."""
    maker = MAKERS.get(message.kind)
    if maker is None:
        return
    try:
        parts = maker(message)
    except Exception:
        logger.exception("Mail %s goes without its files", message.message_id)
        return
    for part in parts:
        if part.shown_as:
            mail.attach_alternative(part.content.decode(), part.shown_as)
        mail.attach(part.name, part.content, part.content_type)
