"""What workers and beat do for the outbox."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from mentorship.notifications import delivery, slots


@shared_task(name="notifications.deliver_due")
def deliver_due() -> None:
    """Send what is due; started on commit of each notification."""
    delivery.deliver_due()


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Send what was left behind: Redis was away, a worker died, a retry has come due."""
    delivery.deliver_due()
    slots.forget_before(timezone.now() - timedelta(days=30))
