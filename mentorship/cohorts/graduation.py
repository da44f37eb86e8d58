"""The end of a cohort for its mentees: what each has done as a proposal, and what an admin decides, many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from mentorship.cohorts.graduating import Asked, Way, asked_by, counted
from mentorship.cohorts.models import Cohort, Membership, Outcome, on_clock
from mentorship.cohorts.models.outcome import new_code
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell
from mentorship.people import events
from mentorship.people.models import User

Result = Outcome.Result
OPEN = [Cohort.State.RUNNING, Cohort.State.FINISHED]
TITLES = {
    Result.GRADUATED: "You have graduated from {}",
    Result.UNFINISHED: "{} has ended for you",
    Result.LEFT: "Your time in {} is on record",
}
BODIES = {
    Result.GRADUATED: "Congratulations. Your certificate has its own address: whoever you give it to can check it.",
    Result.UNFINISHED: "What you did stays yours: progress, work and posts. The next cohort is open to you.",
    Result.LEFT: "Thank you for the time you were with us. The door is open.",
}


@dataclass(frozen=True)
class Achieved:
    """What one mentee did of what is asked, and how that would be called."""

    membership: Membership
    done: int
    works: int
    posts: int
    asked: Asked
    outcome: Outcome | None

    @property
    def required(self) -> int:
        return self.asked.required

    @property
    def way(self) -> Way:
        return Way.made(self.asked, self.done, self.works, self.posts)

    @property
    def proposal(self) -> str:
        """Who meets the rule of the stream has graduated."""
        if self.membership.left_at:
            return Result.LEFT
        return Result.GRADUATED if self.way.met else Result.UNFINISHED

    @property
    def result(self) -> str:
        return self.outcome.result if self.outcome else ""


def mentees_of(cohort: Cohort) -> Any:
    """Everyone who has or had a mentee's seat, by name, with what they did; one row a membership."""
    rows = cohort.memberships.filter(role=Membership.Role.MENTEE).select_related("person", "outcome")
    return counted(rows).order_by("person__name", "pk")


def achieved(rows: Any, asked: Asked) -> list[Achieved]:
    """What the members of `rows`, of `mentees_of`, have done."""
    return [Achieved(row, row.done, row.works, row.posted, asked, getattr(row, "outcome", None)) for row in rows]


def conclude(
    cohort: Cohort, *, results: Mapping[int, str], by: User, was: Mapping[int, str] | None = None,
    reasons: Mapping[int, str] | None = None, at: datetime | None = None,
) -> int:  # fmt: skip
    """Set the outcome of each membership in `results`, all or none; how many changed. Each of them is told.

    `was` holds what stood there when the decision was made: another one meanwhile is refused. Who graduates without
    meeting the rule does so for one of the `reasons`, which is kept.
    """
    moment = at or now()
    with transaction.atomic():
        state = Cohort.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=cohort.pk)
        if state not in OPEN:
            raise Refused("Outcomes are set while a cohort runs and after it has finished.", code="illegal_state")
        list(Membership.objects.filter(pk__in=results).select_for_update(no_key=True).order_by("pk").values_list("pk"))
        rows = achieved(mentees_of(cohort).filter(pk__in=results), asked_by(cohort))
        if len(rows) != len(results):
            raise Refused("Somebody on the list is no mentee of this cohort.", code="not_a_mentee")
        if any(row.result != (was or {}).get(row.membership.pk, row.result) for row in rows):
            raise ChangedMeanwhile
        changed = [row for row in rows if row.result != results[row.membership.pk]]
        for row in changed:
            reason = " ".join((reasons or {}).get(row.membership.pk, "").split())
            _set(cohort, row, results[row.membership.pk], reason, by, moment)
    return len(changed)


def _set(cohort: Cohort, row: Achieved, result: str, reason: str, by: User, at: datetime) -> None:
    member, met = row.membership, row.way.met
    if (result == Result.LEFT) is not bool(member.left_at):
        name = member.person
        sentence = f"{name} has left: that is their outcome." if member.left_at else f"{name} is still here."
        raise Refused(sentence, code="left")
    exception = result == Result.GRADUATED and not met
    if exception and not reason:
        missing = row.way.said or "all that the stream asks"
        message = f"{member.person} does not have {missing} yet. Say why they graduate all the same."
        raise Refused(message, code="reason_needed")
    reason = reason[: Outcome._meta.get_field("exception").max_length] if exception else ""
    outcome, _ = Outcome.objects.update_or_create(
        membership=member,
        defaults={
            "result": result, "done": row.done, "required": row.required, "works": row.works,
            "posts": row.posts, "by_rule": met, "offered_at": None, "exception": reason,
            "code": new_code() if result == Result.GRADUATED else None, "decided_at": at, "decided_by": by,
        },
    )  # fmt: skip
    detail = {"from": row.result, "to": result} | ({"exception": reason} if exception else {})
    events.record(actor=by, verb="conclude", subject=member, detail=detail, at=at)
    url = outcome.get_absolute_url() or "/cohorts/"
    title, body = TITLES[Result(result)].format(cohort), BODIES[Result(result)]
    # Named by the moment: who is first told one thing and then another hears of both.
    subject = f"outcome:{member.pk}:{at:%Y%m%d%H%M%S%f}"
    tell(member.person, "outcome", subject=subject, title=title, body=body, url=url, at=at)


def certificate(code: str) -> Outcome | None:
    """The outcome that `code` stands for, if there is one and its account is open."""
    rows = Outcome.objects.filter(Q(result=Result.GRADUATED) & Q(membership__person__is_active=True), code=code)
    rows = rows.filter(on_clock("membership__cohort"))  # that of a test cohort certifies nothing
    names = ("membership__person", "membership__cohort__stream")
    return rows.select_related(*names).first()
