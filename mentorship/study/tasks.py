"""What beat starts for study."""

from celery import shared_task
from django.utils import timezone

from mentorship.notifications import slots
from mentorship.study.library import looking


@shared_task(name="study.look_at_links")
def look_at_links() -> None:
    """Links of the library and the curriculum that are due; what a beat missed is due still."""
    if slots.claim("study.look_at_links", timezone.now()):
        looking.look_around()
