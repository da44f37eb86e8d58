"""What the worker does for home: one call each."""

from celery import shared_task
from django.utils import timezone

from mentorship.home.interviews.calling import call_for_practice


@shared_task(name="home.call_for_practice")
def call_for_practice_task() -> None:
    """What published reviews and mock interviews found weak becomes cards; those of a second beat are there already."""
    call_for_practice(timezone.now())
