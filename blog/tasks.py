"""What beat starts for the blog."""

from celery import shared_task
from django.utils import timezone

from blog import reminders
from mentorship.notifications import slots


@shared_task(name="blog.remind")
def remind() -> None:
    """Remind mentees of their first post; once for each slot of five minutes, however many beats there are."""
    now = timezone.now()
    if slots.claim("blog.remind", now):
        reminders.remind(at=now)
