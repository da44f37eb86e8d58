"""What beat and pages start for study."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from mentorship.notifications import slots
from mentorship.study.library import looking
from mentorship.study.notes.importing import work
from mentorship.study.papers import asking


@shared_task(name="study.look_at_links")
def look_at_links() -> None:
    """Links of the library and the curriculum that are due; what a beat missed is due still."""
    if slots.claim("study.look_at_links", timezone.now()):
        looking.look_around()


@shared_task(name="study.ask_papers")
def ask_papers() -> None:
    """Ask arXiv and DOIs what papers are called; once for each minute, however many beats there are."""
    now = timezone.now()
    if slots.claim("study.ask_papers", now, timedelta(minutes=1)):
        asking.ask_around(at=now)


@shared_task(name="study.import_notes", time_limit=900, soft_time_limit=840)
def import_notes(pk: int) -> None:
    """Take in a folder of notes."""
    work.work(pk)


@shared_task(name="study.sweep_note_imports", time_limit=900, soft_time_limit=840)
def sweep_note_imports() -> None:
    work.sweep()
