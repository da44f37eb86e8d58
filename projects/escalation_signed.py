"""Reviews that wait to be countersigned: the claim is kept, who countersigns is reminded, the admins hear if late.

The promise to the mentee goes on meanwhile; the steps are those of `escalation`, which asks about these rules too.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.models import User
from projects import countersigning
from projects.models import Review
from projects.models.signing import keep_held as keep_claim

if TYPE_CHECKING:
    from projects.escalation import Waiting

REMINDER, STUCK = "countersign_waiting", "countersign_stuck"
# The review of round `r` of work `s` that is signed: under which apprenticeship, if one stands, and who countersigns.
SIGNED = """LEFT JOIN LATERAL (
    SELECT v.id AS review, v.mentor_id AS writer, g.id AS signing, g.signed_at, a.id AS under, u.id AS countersigner
    FROM projects_review v JOIN projects_signing g ON g.review_id = v.id AND g.state = 'waiting'
    LEFT JOIN cohorts_membership seat ON seat.person_id = v.mentor_id AND seat.cohort_id = s.cohort_id
      AND seat.role = 'mentor' AND seat.left_at IS NULL
    LEFT JOIN cohorts_apprenticeship a ON a.membership_id = seat.id AND a.ended_at IS NULL
    LEFT JOIN cohorts_membership c ON c.id = a.countersigner_id
    LEFT JOIN people_user u ON u.id = c.person_id AND u.is_active
    WHERE v.round_id = r.id AND v.state = 'signed'
  ) signed ON true"""
NOT_TOLD = """NOT EXISTS (SELECT FROM notifications_notification n
    WHERE n.kind = '{kind}' AND n.subject = 'signing:' || signing AND n.threshold >= {threshold}{whom})"""
# What was signed this morning is not reminded of at noon, however late the round is.
SLEPT_ON = "signed_at <= %(at)s - interval '12 hours'"


def flags(due: int, offer: int) -> dict[str, str]:
    """What is due about a signed review, as conditions over the columns of `SIGNED` and the `step` of its round."""
    reminded = NOT_TOLD.format(kind=REMINDER, threshold=f"least(step, {due})", whom=" AND n.person_id = countersigner")
    known = NOT_TOLD.format(kind=STUCK, threshold=f"greatest(step, {offer})", whom="")
    return {
        "settle": "review IS NOT NULL AND under IS NULL",
        "keep_held": "under IS NOT NULL AND coalesce(claimed_until, %(at)s) <= %(at)s + %(soon)s",
        "remind_countersigner": f"under IS NOT NULL AND countersigner IS NOT NULL AND step > 0 AND {SLEPT_ON}"
        f" AND {reminded}",
        "tell_stuck": f"under IS NOT NULL AND (countersigner IS NULL OR step >= {offer} AND {SLEPT_ON}) AND {known}",
    }


def settle(row: "Waiting", at: datetime) -> int:
    review = Review.objects.select_related("mentor", "round__submission").get(pk=row.signed["review"])
    return countersigning.settle(review, at)


def keep_held(row: "Waiting", at: datetime) -> int:
    keep_claim(Review.objects.get(pk=row.signed["review"]), at)
    return 1


def remind_countersigner(row: "Waiting", at: datetime) -> int:
    submission, writer = row.round.submission, User.objects.get(pk=row.holder)
    return tell(
        User(id=row.signed["countersigner"]),
        REMINDER,
        subject=f"signing:{row.signed['signing']}",
        threshold=min(row.step, 2),
        title=f"{submission.author} waits for a review that you have not countersigned yet",
        body=f"{writer} has reviewed round {row.round.number} of “{submission.title}”. It was promised to "
        f"{submission.author} as any review is: countersign it, or return it with a note.",
        url=reverse("projects:countersign", args=[row.round.pk]),
        at=at,
    )


def tell_stuck(row: "Waiting", at: datetime) -> int:
    """To the admins: nobody countersigns, or has not in time; somebody else can be named."""
    submission, writer = row.round.submission, User.objects.get(pk=row.holder)
    nobody = row.signed["countersigner"] is None
    why = "has nobody to countersign it" if nobody else "is late, and waits to be countersigned"
    return tell_all(
        User.objects.admins(),
        STUCK,
        subject=f"signing:{row.signed['signing']}",
        threshold=max(row.step, 3),
        title=f"The review of {submission.title} {why}",
        body=f"{writer} has written it, {submission.author} waits. Name somebody else to countersign.",
        url=reverse("cohorts:apprentices", args=[submission.cohort.slug]),
        at=at,
    )
