"""Reminders of work that was returned: what is due and was not told at its threshold, never a window of time.

A day without beat loses nothing, and then tells only the highest threshold that was reached.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from mentorship.cohorts.models import Cohort, on_clock
from mentorship.cohorts.standstill import StoodStill, on_pause
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell_all
from projects.due import remind_of_due
from projects.escalation import escalate
from projects.models import Submission

RETURNED = "changes_waiting"
RETURNED_DAYS = (21, 14, 7)  # changes were requested, and no new round has come


def remind(*, at: datetime) -> int:
    """Do what is due at `at` for rounds that wait, work that was returned and due dates; how many that were."""
    return escalate(at=at) + remind_mentees(at=at) + remind_of_due(at=at)


def reached(since: str, days: tuple[int, ...], at: datetime) -> Case:
    """The highest of `days` that has passed since the field `since`."""
    steps = [When(**{f"{since}__lte": at - timedelta(days=step)}, then=Value(step)) for step in days]
    return Case(*steps, output_field=IntegerField())


def told(kind: str, person: Any, subject: Any, threshold: Any) -> QuerySet[Notification]:
    """What `person` was told of this `subject`, at this threshold or a higher one."""
    return Notification.objects.filter(kind=kind, person=person, subject=subject, threshold__gte=threshold)


def remind_mentees(*, at: datetime) -> int:
    """Tell the authors of work that was returned to them 7, 14 or 21 days ago and has had no new round.

    Days of a pause do not count, and on a pause nobody is reminded.
    """
    count = 0
    for submission in returned(at):
        count += tell_all(
            submission.people(),
            RETURNED,
            # The wait is that of one round: who gets changes requested again is reminded anew.
            subject=submission.key,
            threshold=submission.threshold,
            title=f"{submission.project.label} waits for your next round",
            body=f"Changes to “{submission.title}” were requested {(at - submission.awaiting_mentee_since).days} days "
            "ago. It need not be perfect: address one request, say how, and hand in. If stuck, ask your mentor.",
            url=submission.get_absolute_url(),
            at=at,
        )
    return count


def returned(at: datetime) -> QuerySet[Any]:
    key = Concat(
        Value("submission:"), Cast("pk", CharField()), Value(":"), Cast("rounds_count", CharField())
    )  # fmt: skip
    rows = Submission.objects.filter(
        Q(membership__left_at=None),
        on_clock("cohort"),
        state=Submission.State.AWAITING_MENTEE,
        awaiting_mentee_since__lte=at - timedelta(days=RETURNED_DAYS[-1]),
        cohort__state=Cohort.State.RUNNING,
        author__is_active=True,
    ).filter(~on_pause("membership", at))
    waited_from = F("awaiting_mentee_since") + StoodStill("membership", "awaiting_mentee_since", at)
    rows = rows.annotate(waited_from=waited_from).annotate(threshold=reached("waited_from", RETURNED_DAYS, at), key=key)
    rows = rows.filter(threshold__isnull=False)
    known = told(RETURNED, OuterRef("author"), OuterRef("key"), OuterRef("threshold"))
    return rows.exclude(Exists(known)).select_related("project", "author").order_by("pk")
