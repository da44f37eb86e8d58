"""What workers do for projects: each task is one call, and harmless when repeated."""

from celery import shared_task
from django.utils import timezone

from mentorship.notifications import slots
from projects import carrying, countersigning, difference, notebooks, reminders


@shared_task(name="projects.render_file")
def render_file(pk: int) -> None:
    if notebooks.render_file(pk):
        carrying.carry_into(pk)
        difference.look_ahead(pk)


@shared_task(name="projects.work_out_difference")
def work_out_difference(pk: int) -> None:
    difference.work_out(pk)


@shared_task(name="projects.work_out_differences")
def work_out_differences() -> None:
    difference.work_out_waiting()


@shared_task(name="projects.render_waiting")
def render_waiting() -> None:
    notebooks.render_waiting()


@shared_task(name="projects.settle_signed")
def settle_signed(apprenticeship: int) -> None:
    countersigning.settle_all(apprenticeship)


@shared_task(name="projects.remind")
def remind() -> None:
    now = timezone.now()
    if slots.claim("projects.remind", now):
        reminders.remind(at=now)
