"""The outbox: what one person should know, once; and the slots that make two beats one."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorship.common import clock


def new_message_id() -> str:
    return uuid.uuid4().hex


class NotificationQuerySet(models.QuerySet["Notification"]):
    def inbox_of(self, person: Any) -> "NotificationQuerySet":
        """What `person` sees in the app by the clock that holds, newest first."""
        return self.filter(person=person, in_app=True, test_cohort=clock.test_cohort()).order_by("-pk")

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing that one person should know, at most once. Written in the transaction of its cause.

    The row is the notification in the app and the order to send its mail: `email` follows the mail's delivery.
    `message_id` is fixed from the start, so that a mail sent again after a crash is recognised as the same.
    """

    class Email(models.TextChoices):
        NONE = "none", "Not by mail"
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    address = models.EmailField(blank=True, help_text="Where the mail goes, if not to the person's own address.")
    in_app = models.BooleanField(default=True, help_text="Account mail is not shown in the app.")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, help_text="What it is about, as 'round:12'.")
    threshold = models.PositiveIntegerField(default=0, help_text="For reminders: days; else 0.")
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, help_text="Plain text; the mail's HTML is made from it.")
    url = models.CharField(max_length=300, blank=True, help_text="A path of this site.")
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    email = models.CharField(max_length=6, choices=Email, default=Email.QUEUED)
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=32, default=new_message_id, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    test_cohort = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="Told while a test cohort was tried out: its address.",
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "kind", "subject", "threshold", name="notification_told_once"),
            models.UniqueConstraint(
                "address", "kind", "subject", "threshold", condition=Q(person=None), name="notification_mailed_once"
            ),
            models.CheckConstraint(
                condition=Q(email__in=["none", "queued", "sent", "failed"]), name="notification_email_known"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(address=""), name="notification_has_recipient"
            ),
            models.CheckConstraint(
                condition=~Q(email="sent") | Q(sent_at__isnull=False), name="notification_sent_has_time"
            ),
            models.CheckConstraint(condition=Q(test_cohort="") | Q(email="none"), name="notification_test_not_mailed"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(email="queued"), name="notification_queued"),
            models.Index(fields=["person", "-id"], name="notification_inbox"),
            models.Index(fields=["person"], condition=Q(read_at=None, in_app=True), name="notification_unread"),
            models.Index(fields=["test_cohort", "-id"], condition=~Q(test_cohort=""), name="notification_tried"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Slot(models.Model):
    """One run of one periodic job. Whoever inserts the row runs it; a second beat finds it taken."""

    job = models.CharField(max_length=60)
    slot = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("job", "slot", name="slot_once")]

    def __str__(self) -> str:
        return f"{self.job} {self.slot}"
