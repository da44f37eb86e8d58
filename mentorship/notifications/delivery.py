"""Delivery by mail: claimed with a lease, retried with backoff, safe on any number of workers.

A message goes out at least once, and twice only when a worker dies between the server's 250 and our commit; the
second has the same Message-ID then, by which mail programs recognise it.
"""

import logging
import random
import smtplib
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.db import connection as database
from django.db.models import F
from django.utils import timezone

from mentorship.notifications.mails import compose
from mentorship.notifications.models import Notification

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BATCH = 20
BACKOFF = [timedelta(minutes=m) for m in (1, 5, 25, 125)]
GIVE_UP_AFTER = timedelta(days=1)

CLAIM = """
UPDATE notifications_notification SET claimed_until = %(until)s, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM notifications_notification
    WHERE email = 'queued' AND due_at <= %(now)s AND (claimed_until IS NULL OR claimed_until < %(now)s)
    ORDER BY due_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED
) RETURNING id
"""


def deliver_due(*, at: datetime | None = None) -> int:
    """Send what is due, a batch at a time, until nothing is; how many were sent."""
    sent = 0
    while claimed := claim(at=at or timezone.now()):
        sent += send(claimed)
    return sent


def claim(*, at: datetime) -> list[Notification]:
    """Up to a batch of due messages that no other worker holds, held by the caller for the length of the lease."""
    with database.cursor() as cursor:
        cursor.execute(CLAIM, {"now": at, "until": at + LEASE, "batch": BATCH})
        ids = [row[0] for row in cursor.fetchall()]
    return list(Notification.objects.filter(pk__in=ids).select_related("person").order_by("due_at", "pk"))


def send(messages: list[Notification]) -> int:
    """Send each message over one connection; the outcome of each is committed before the next begins."""
    server = get_connection()
    sent = 0
    try:
        for message in messages:
            try:
                if message.person is not None and not message.person.is_active:
                    give_up(message, "The account is closed.")
                    continue
                if server.send_messages([compose(message, server)]):
                    Notification.objects.filter(pk=message.pk).update(
                        email=Notification.Email.SENT,
                        sent_at=timezone.now(),
                        claimed_until=None,
                        error="",
                        **spent(message),
                    )
                    sent += 1
            except (smtplib.SMTPException, OSError) as error:
                server.close()
                fail(message, error)
    finally:
        server.close()
    return sent


def spent(message: Notification) -> dict[str, str]:
    """Account mail holds links that sign people in: once sent, or given up, its text is forgotten."""
    return {} if message.in_app else {"body": ""}


def is_permanent(error: Exception) -> bool:
    """Whether the server said that trying again is of no use (5xx); everything else is worth another try."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False  # our configuration or their outage, not this message
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def fail(message: Notification, error: Exception, *, at: datetime | None = None) -> None:
    """Put a message back for later, or give it up when it is refused for good or a day old."""
    now = at or timezone.now()
    if is_permanent(error) or now - message.created_at > GIVE_UP_AFTER:
        return give_up(message, f"{type(error).__name__}: {error}")
    wait = BACKOFF[min(message.attempts, len(BACKOFF)) - 1]
    jitter = 1 + random.random() / 5  # noqa: S311 - spreads retries, keeps no secret
    logger.warning("Mail %s waits %s: %s", message.message_id, wait, error)
    Notification.objects.filter(pk=message.pk).update(
        due_at=now + wait * jitter, claimed_until=None, error=f"{type(error).__name__}: {error}"[:300]
    )
    return None


def give_up(message: Notification, reason: str) -> None:
    """Stop trying; the reason is kept for the admin."""
    logger.error("Mail %s was given up: %s", message.message_id, reason)
    Notification.objects.filter(pk=message.pk).update(
        email=Notification.Email.FAILED, claimed_until=None, error=reason[:300], due_at=F("due_at"), **spent(message)
    )
