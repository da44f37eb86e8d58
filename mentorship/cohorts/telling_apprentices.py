"""Who is told what about apprentices and who countersigns. Each function runs in the transaction of its cause."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models import Apprenticeship, Membership, Outcome

WHAT_IT_MEANS = "What you publish waits until they have read it: they countersign it, or return it with a note."


def key(row: Apprenticeship, at: datetime) -> str:
    """Named by the moment: a countersigner may be changed more than once."""
    return f"apprenticeship:{row.pk}:{at:%Y%m%d%H%M%S%f}"


def taken(row: Apprenticeship, *, at: datetime) -> None:
    """To the apprentice, and to who countersigns."""
    named(row, None, at=at)


def named(row: Apprenticeship, before: Membership | None, *, at: datetime) -> None:
    """To the apprentice, to who countersigns now, and to who did before."""
    apprentice, cohort, countersigner = row.membership.person, row.cohort, row.countersigner
    if countersigner is None:
        return
    subject = key(row, at)
    draft = cohort.state == "draft"
    url = reverse("cohorts:cohorts") if draft else cohort.get_absolute_url()
    tell(
        apprentice, "countersigner_named", subject=subject, at=at, url=url, body=WHAT_IT_MEANS,
        title=f"{countersigner.person} countersigns your reviews in {cohort}",
    )  # fmt: skip
    tell(
        countersigner.person, "countersigner_named", subject=subject, at=at, url=reverse("projects:queue"),
        title=f"You countersign the reviews of {apprentice} in {cohort}",
        body=f"{apprentice} graduated from {row.outcome.membership.cohort.stream} and mentors here as an apprentice. "
        "What they publish comes into your queue first: countersign it, or return it with a note.",
    )  # fmt: skip
    if before is not None:
        tell(
            before.person, "countersigner_named", subject=subject, at=at, url=url,
            title=f"{countersigner.person} countersigns the reviews of {apprentice} now",
        )  # fmt: skip


def lost(row: Apprenticeship, left: Membership, *, at: datetime) -> None:
    """To the admins, who name somebody else, and to the apprentice, who waits for that."""
    apprentice, cohort = row.membership.person, row.cohort
    subject = key(row, at)
    tell_all(
        User.objects.admins(), "countersigner_lost", subject=subject, at=at,
        title=f"Nobody countersigns the reviews of {apprentice} in {cohort}",
        body=f"{left.person} has left. {apprentice} publishes no review before somebody else is named.",
        url=reverse("cohorts:apprentices", args=[cohort.slug]),
    )  # fmt: skip
    tell(
        apprentice, "countersigner_lost", subject=subject, at=at, url=cohort.get_absolute_url(),
        title=f"{left.person}, who countersigned your reviews, has left {cohort}",
        body="The admins know and name somebody else. Drafts are kept meanwhile, and so is what waits.",
    )  # fmt: skip


def ended(row: Apprenticeship, *, at: datetime) -> None:
    """To the apprentice and to who countersigned; by hand with the reason. Who leaves is told of that alone."""
    apprentice, cohort = row.membership.person, row.cohort
    if row.how == row.How.LEFT:
        people: list[tuple[User, str]] = []
    else:
        people = [(apprentice, f"Your reviews in {cohort} need no countersigning any more")]
    if row.countersigner is not None:
        people.append((row.countersigner.person, f"The reviews of {apprentice} in {cohort} need you no more"))
    why = {
        row.How.CALIBRATED: f"{apprentice} is calibrated.",
        row.How.BY_HAND: f"{row.ended_by}: {row.reason}",
        row.How.LEFT: f"{apprentice} mentors there no more.",
    }[row.How(row.how)]
    for person, title in people:
        tell(
            person, "apprenticeship_ended", subject=row, at=at, title=title, url=cohort.get_absolute_url(),
            body=f"{why} What is published from now on reaches the mentee at once."
            if row.how != row.How.LEFT else why,
        )  # fmt: skip


def offered(outcome: Outcome, *, at: datetime) -> None:
    """To the admins."""
    person, cohort = outcome.membership.person, outcome.membership.cohort
    tell_all(
        User.objects.admins(), "offered_to_mentor", subject=f"offer:{outcome.pk}:{at:%Y%m%d%H%M%S%f}", at=at,
        title=f"{person} offers to mentor", url=reverse("cohorts:cohorts"),
        body=f"{person} graduated from {cohort.stream}. A cohort's page of apprentices takes them.",
    )  # fmt: skip
