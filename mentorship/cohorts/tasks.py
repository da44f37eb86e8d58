"""What the worker does for cohorts: one call each."""

from celery import shared_task
from django.utils import timezone

from mentorship.cohorts import reminders, reminders_hours, reminders_meetings, visits
from mentorship.cohorts.models import Announcement
from mentorship.cohorts.transfers import work
from mentorship.notifications import slots


@shared_task(name="cohorts.remind")
def remind() -> None:
    """The reminders of applications, silence, meetings and hours; a second beat in the same slot does nothing."""
    at = timezone.now()
    if slots.claim("cohorts.remind", at):
        reminders.remind(at=at)
        reminders_meetings.remind_of_meetings(at=at)
        reminders_hours.remind_of_hours(at=at)


@shared_task(name="cohorts.publish_announcements")
def publish_announcements() -> None:
    """Announcements whose time has come, those that a beat missed too; a second one publishes nothing twice."""
    at = timezone.now()
    for row in Announcement.objects.due(at).select_related("cohort", "author").order_by("publish_at", "pk"):
        row.publish(at=at)


@shared_task(name="cohorts.transfer", time_limit=900, soft_time_limit=840)
def transfer(pk: int) -> None:
    work.work(pk)


@shared_task(name="cohorts.sweep_transfers", time_limit=900, soft_time_limit=840)
def sweep_transfers() -> None:
    """What was left behind: Redis was away, a worker died; files of yesterday go."""
    work.sweep(timezone.now())


@shared_task(name="cohorts.keep_visits")
def keep_visits() -> None:
    """How often public pages of cohorts were opened, from the cache into the database."""
    at = timezone.now()
    if slots.claim("cohorts.keep_visits", at):
        visits.keep_visits(at)
