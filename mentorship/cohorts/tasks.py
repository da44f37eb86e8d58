"""What the worker does for cohorts: one call each."""

from celery import shared_task
from django.utils import timezone

from mentorship.cohorts import reminders
from mentorship.notifications import slots


@shared_task(name="cohorts.remind")
def remind() -> None:
    """The reminders of applications and of silence; a second beat in the same slot does nothing."""
    at = timezone.now()
    if slots.claim("cohorts.remind", at):
        reminders.remind(at=at)
