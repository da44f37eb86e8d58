"""Deciding many applications at once, and the mails that decisions send, seen before they go.

All or nothing: mails cannot be unsent, and half of a list decided leaves somebody comparing lists. Whoever stands in
the way is named, so that the rest can be decided with one more click.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mentorship.cohorts import telling
from mentorship.cohorts.models import Application, Cohort, Membership
from mentorship.common.errors import Refused
from mentorship.notifications.mails import compose
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import one_line
from mentorship.people.models import User

MOST = 100  # applications at once
RESULT = {
    "accept": Application.State.ACCEPTED,
    "waitlist": Application.State.WAITLISTED,
    "decline": Application.State.DECLINED,
}


class NotAll(Refused):
    """Nothing was decided; `reasons` says by application what stands in the way."""

    def __init__(self, message: str, code: str, reasons: dict[int, str]) -> None:
        super().__init__(message, code=code)
        self.reasons = reasons


@dataclass(frozen=True)
class Mail:
    """One that would go, as it would go."""

    to: str
    subject: str
    body: str


def mail_of(application: Application, verb: str, note: str, *, moved_up: bool = False) -> Mail:
    """The very mail that `verb` would send: composed by what sends it."""
    state = RESULT[verb]
    news = telling.decision(application, state, note, moved_up=moved_up)
    told = Notification(person=application.person, kind=f"application_{state}", body=news["body"], url=news["url"])
    told.title = one_line(news["title"])
    mail = compose(told)
    # Rendered text calls itself safe, which a mail in plain text is and a page that shows it is not.
    plain = "".join([str(mail.body)])
    return Mail(", ".join(mail.to), str(mail.subject), plain)


def hindrances(cohort: Cohort, rows: Sequence[Application], verb: str) -> dict[int, str]:
    """What stands in the way of deciding each of `rows`, as far as it can be seen now."""
    possible = Application.FROM[RESULT[verb]]
    reasons = {row.pk: f"is {row.state} already" for row in rows if row.state not in possible}
    if verb != "accept":
        return reasons
    people = [row.person_id for row in rows if row.pk not in reasons]
    seats = Membership.objects.mentees().filter(cohort=cohort, person__in=people)
    belonging = set(seats.values_list("person_id", flat=True))
    reasons |= {row.pk: "has a seat here already" for row in rows if row.person_id in belonging}
    left = cohort.seats_left
    for row in rows:
        if row.pk not in reasons:
            left -= 1
            if left < 0:
                reasons[row.pk] = "finds no seat left"
    return reasons


def decide_all(
    *, cohort: Cohort, applications: Sequence[int], verb: str, by: User, note: str = "", at: datetime | None = None
) -> list[Application]:
    """`verb` for each of `applications` of `cohort`, or, with NotAll, for none."""
    if not applications:
        raise Refused("Choose somebody first.", code="nobody")
    if len(applications) > MOST:
        raise Refused(f"Decide {MOST} at once at most.", code="too_many")
    with transaction.atomic():
        # The order of locks everywhere: cohort, application.
        row = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
        rows = list(
            row.applications.filter(pk__in=applications)
            .select_related("person", "cohort")
            .order_by("pk")
            .select_for_update(of=("self",), no_key=True)
        )
        if len(rows) != len(set(applications)):
            raise Refused("Somebody you chose is not here. Reload the page and choose again.", code="not_here")
        reasons = hindrances(row, rows, verb)
        if reasons:
            raise NotAll(_said(rows, reasons, row), "not_all", reasons)
        for application in rows:
            try:
                getattr(application, verb)(by=by, note=note, at=at)
            except Refused as refusal:
                raise NotAll(
                    f"{application.person}: {refusal.message} Nobody was decided.", refusal.code, {}
                ) from refusal
    return rows


def _said(rows: Sequence[Application], reasons: dict[int, str], cohort: Cohort) -> str:
    names = [f"{row.person} {reasons[row.pk]}" for row in rows if row.pk in reasons]
    more = f", and {len(names) - 5} more" if len(names) > 5 else ""
    full = any("no seat" in reason for reason in reasons.values())
    seats = f" Seats that are left: {cohort.seats_left}." if full else ""
    return f"Nobody was decided, for {', '.join(names[:5])}{more}.{seats}"
