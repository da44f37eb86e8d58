"""The waiting list as a line: who stands where in it, and who gets a seat that is free."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from mentorship.cohorts.models import Application, Cohort, Membership
from mentorship.cohorts.models.application import ApplicationQuerySet
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

STEP = timedelta(seconds=1)
PASSED_OVER = 20  # people in line who may turn out not to be able to take a seat


def move(application: Application, *, to: int, by: User, at: datetime | None = None) -> int:
    """Put somebody at place `to` of the line, counted from 1; the place they got."""
    with transaction.atomic():
        Cohort.objects.select_for_update(no_key=True).get(pk=application.cohort_id)
        waiting = Application.objects.filter(cohort=application.cohort_id).waitlist().only("line_at", "submitted_at")
        line = list(waiting.select_for_update(no_key=True))
        here = next((index for index, row in enumerate(line) if row.pk == application.pk), None)
        if here is None:
            raise Refused("This application is not on the waiting list.", code="not_waiting")
        there = min(max(to, 1), len(line)) - 1
        if there != here:
            row = line.pop(here)
            line.insert(there, row)
            _stand(row, line, there)
            detail = {"from": here + 1, "to": there + 1}
            events.record(actor=by, verb="move_in_line", subject=application, detail=detail, at=at)
    return there + 1


def _stand(row: Application, line: list[Application], place: int) -> None:
    """Give `row` a moment between its neighbours'; where there is none, everyone in line gets a new one."""
    before = line[place - 1].in_line_since if place else line[1].in_line_since - 2 * STEP
    after = line[place + 1].in_line_since if place + 1 < len(line) else before + 2 * STEP
    moment = before + (after - before) / 2
    if before < moment < after:
        row.line_at = moment
        row.save(update_fields=["line_at"])
        return
    first = min(other.in_line_since for other in line)
    for number, other in enumerate(line):
        other.line_at = first + number * STEP
    Application.objects.bulk_update(line, ["line_at"], batch_size=500)


def line_of(cohort: Cohort) -> ApplicationQuerySet:
    """Who could take a seat, in the order of the line: with an account, and without a seat here."""
    seats = Membership.objects.mentees().filter(cohort=cohort, person=OuterRef("person"))
    line = Application.objects.filter(cohort=cohort).waitlist().filter(~Exists(seats), person__is_active=True)
    return line.select_related("person")


def move_up(cohort: int, *, at: datetime | None = None) -> list[Application]:
    """Every free seat to who is first in line, if the cohort's set-up says so; those who have one now.

    Part of the transaction that freed the seats, so that nobody can take them in between.
    """
    with transaction.atomic():
        row = Cohort.objects.select_for_update(no_key=True).get(pk=cohort)
        if not row.waitlist_moves_up or row.seats_left <= 0:
            return []
        line = line_of(row).select_related("person", "cohort")
        moved: list[Application] = []
        for application in line.select_for_update(of=("self",), no_key=True)[: row.seats_left + PASSED_OVER]:
            if len(moved) == row.seats_left:
                break
            try:
                application.accept(by=None, at=at)
            except Refused:
                continue  # belongs to the cohort already, or it is over: the next one in line
            moved.append(application)
    return moved
