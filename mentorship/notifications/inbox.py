"""What one person has been told, in the app."""

from datetime import datetime

from mentorship.common import clock
from mentorship.notifications.models import Notification, NotificationQuerySet
from mentorship.people.models import User


def unread_count(person: User) -> int:
    """How many notifications `person` has not read, counted up to 100."""
    return Notification.objects.inbox_of(person).unread()[:100].count()


def read_all(person: User, at: datetime | None = None) -> int:
    """Mark everything that `person` has been told as read; how many were unread."""
    return mark_read(Notification.objects.inbox_of(person), at)


def mark_read(rows: NotificationQuerySet, at: datetime | None = None) -> int:
    return rows.unread().update(read_at=at or clock.now())
