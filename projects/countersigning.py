"""Reviews that wait to be countersigned: whose they are to read, and what becomes of them once nobody has to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from mentorship.cohorts.models import Apprenticeship
from mentorship.common import clock
from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.common.times import time_html
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models import Review, Round, Signing
from projects.models.publishing import refuse_unless_complete, stand
from projects.models.signing import apprenticeship_of, locked

# What waits for a person, the longest first, as JSON. A page that is asked for all day only asks whether it has to ask:
# most mentors countersign for nobody, and a longer statement is not remembered by psycopg.
WAITING = """(SELECT json_agg(json_build_object('round', r.id, 'number', r.number, 'title', s.title, 'project', p.label,
    'mentee', author.name, 'apprentice', writer.name, 'since', g.signed_at) ORDER BY g.signed_at, r.id)
  FROM cohorts_membership own
  JOIN cohorts_apprenticeship a ON a.countersigner_id = own.id AND a.ended_at IS NULL
  JOIN cohorts_membership seat ON seat.id = a.membership_id
  JOIN people_user writer ON writer.id = seat.person_id
  JOIN projects_review v ON v.mentor_id = seat.person_id AND v.state = 'signed'
  JOIN projects_signing g ON g.review_id = v.id AND g.state = 'waiting'
  JOIN projects_round r ON r.id = v.round_id AND r.state = 'waiting'
  JOIN projects_submission s ON s.id = r.submission_id AND s.cohort_id = a.cohort_id
  JOIN projects_project p ON p.id = s.project_id
  JOIN people_user author ON author.id = s.author_id
  WHERE own.person_id = %(person)s AND own.left_at IS NULL)"""


@dataclass(frozen=True)
class Beside:
    """Of an apprentice's draft: whether somebody has to countersign, who that is, the note it was returned with."""

    needed: bool
    countersigner: str = ""  # '' for nobody at the moment
    note: str = ""
    by: str = ""


def waiting_for(person: User, at: datetime) -> list[dict[str, Any]]:
    """What waits for `person` to countersign it, as a list shows it; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {WAITING}", {"person": person.pk})
        return waiting_rows(cursor.fetchone()[0], at)


def waiting_rows(found: list[dict[str, Any]] | None, at: datetime) -> list[dict[str, Any]]:
    """The column `WAITING`, as a list shows it."""
    return [
        row | {
            "url": f"/rounds/{row['round']}/review/countersign/",
            "since": time_html(datetime.fromisoformat(row["since"]), at),
        }
        for row in found or []
    ]  # fmt: skip


def to_countersign(person: User) -> Any:
    """The reviews that wait for `person` to countersign them, the longest first."""
    mine = Apprenticeship.objects.active().filter(countersigner__person=person, countersigner__left_at=None)
    rows = Review.objects.filter(
        state=Review.State.SIGNED,
        round__state=Round.State.WAITING,
        round__submission__cohort__apprenticeships__in=mine,
        round__submission__cohort__apprenticeships__membership__person=F("mentor"),
        signings__state=Signing.State.WAITING,
    )
    names = ("mentor", "round__submission__author", "round__submission__cohort")
    rows = rows.select_related(*names, "round__submission__project__item__stream")
    return rows.annotate(signed_at=F("signings__signed_at")).order_by("signed_at", "pk")


def beside_of(review: Review, noted: bool = True) -> Beside | None:
    """Of the draft of an apprentice; None for who needs nobody to countersign and has no note to read.

    The note is left out where it has been read already: not `noted`.
    """
    rows = Apprenticeship.objects.active().filter(
        membership__person=review.mentor_id, cohort=review.round.submission.cohort_id
    )
    found = rows.values("countersigner__person__name", "countersigner__person__is_active").first()
    last = review.signings.select_related("by").order_by("pk").last() if noted and review.pk else None
    returned = last is not None and last.state == Signing.State.RETURNED
    if found is None and not returned:
        return None
    there = found is not None and found["countersigner__person__is_active"]
    return Beside(
        needed=found is not None,
        countersigner=found["countersigner__person__name"] if found and there else "",
        note=last.note if last and returned else "",
        by=str(last.by) if last and returned else "",
    )


def note_of(review: Review) -> str:
    """The note that `review` was returned with last, until it is signed anew."""
    last = review.signings.order_by("pk").last() if review.pk else None
    return last.note if last else ""


def see_to(row: Apprenticeship) -> None:
    """An apprenticeship has ended: what waits is seen to at once, by a worker; the reminders find what that missed."""
    enqueue("projects.settle_signed", row.pk)


def settle_all(apprenticeship: int, at: datetime | None = None) -> int:
    """Settle every review that waited under an apprenticeship which has ended; how many those were."""
    row = Apprenticeship.objects.select_related("membership").get(pk=apprenticeship)
    found = Review.objects.filter(
        state=Review.State.SIGNED, mentor=row.membership.person_id, round__submission__cohort=row.cohort_id
    )
    return sum(settle(review, at) for review in found.select_related("mentor", "round__submission"))


def settle(review: Review, at: datetime | None = None) -> bool:
    """Nobody has to countersign `review` any more: publish it, or let it be a draft again; False if that is not so.

    It is a draft again where its writer mentors there no more, and where it cannot be published as it stands.
    """
    now = at or clock.now()
    try:
        rendered, problem = review.rendered(), None
    except Refused as refusal:
        rendered, problem = ("", []), refusal
    with transaction.atomic():
        if apprenticeship_of(review.mentor_id, review.round.submission.cohort_id) is not None:
            return False
        submission, round, row = locked(review)
        if row.state != Review.State.SIGNED:
            return False
        waits = Round.objects.reviewable_by(row.mentor).filter(pk=round.pk, state=Round.State.WAITING).exists()
        if waits and problem is None:
            try:
                refuse_unless_complete(row, rendered[1])
            except Refused as refusal:
                problem = refusal
        row.signings.get(state=Signing.State.WAITING).decide(Signing.State.SETTLED, by=None, at=now)
        if waits and problem is None:
            stand(row, submission, round, rendered, now)
            return True
        row.state, row.version = Review.State.DRAFT, row.version + 1
        row.save(update_fields=["state", "version"])
        if round.claimed_by_id == row.mentor_id and not waits:
            round.claimed_by, round.claimed_until = None, None
            round.save(update_fields=["claimed_by", "claimed_until"])
        record(actor=None, verb="unsigned", subject=row, detail={"why": str(problem or "")}, at=now)
    return True
