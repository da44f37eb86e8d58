"""The end of a cohort for its mentees: what each has done as a proposal, and what an admin decides, many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from mentorship.cohorts.models import Cohort, Membership, Outcome, on_clock
from mentorship.cohorts.models.outcome import new_code
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.cohorts.stalled import SOURCES
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell
from mentorship.people import events
from mentorship.people.models import User
from streams.models import Item, Progress

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
    """What one mentee did, and how that would be called."""

    membership: Membership
    done: int
    required: int
    works: int
    outcome: Outcome | None

    @property
    def proposal(self) -> str:
        """All required items, the projects' among them, done: graduated. An item of a project is done by acceptance."""
        if self.membership.left_at:
            return Result.LEFT
        return Result.GRADUATED if self.required and self.done >= self.required else Result.UNFINISHED

    @property
    def result(self) -> str:
        return self.outcome.result if self.outcome else ""


def mentees_of(cohort: Cohort) -> Any:
    """Everyone who has or had a mentee's seat, by name, with `done` and `works`; one row a membership."""
    done = Progress.objects.filter(
        person=OuterRef("person"), state=Progress.State.DONE, item__stream=cohort.stream_id, item__counts=True,
        item__retired_at=None,
    )  # fmt: skip
    number = done.order_by().values("person").annotate(n=Count("pk")).values("n")
    works = SOURCES["works"]() if "works" in SOURCES else Value(0)
    rows = cohort.memberships.filter(role=Membership.Role.MENTEE).select_related("person", "outcome")
    return rows.annotate(
        done=Coalesce(Subquery(number, output_field=IntegerField()), 0), works=Coalesce(works, 0)
    ).order_by("person__name", "pk")  # fmt: skip


def required_of(cohort: Cohort) -> int:
    return Item.objects.published().counted().filter(stream=cohort.stream_id).count()


def achieved(rows: Any, required: int) -> list[Achieved]:
    """What the members of `rows`, of `mentees_of`, have done."""
    return [Achieved(row, row.done, required, row.works, getattr(row, "outcome", None)) for row in rows]


def conclude(
    cohort: Cohort, *, results: Mapping[int, str], by: User, was: Mapping[int, str] | None = None,
    at: datetime | None = None,
) -> int:  # fmt: skip
    """Set the outcome of each membership in `results`, all or none; how many changed. Each of them is told.

    `was` holds what stood there when the decision was made: another one meanwhile is refused.
    """
    moment = at or now()
    with transaction.atomic():
        state = Cohort.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=cohort.pk)
        if state not in OPEN:
            raise Refused("Outcomes are set while a cohort runs and after it has finished.", code="illegal_state")
        list(Membership.objects.filter(pk__in=results).select_for_update(no_key=True).order_by("pk").values_list("pk"))
        rows = achieved(mentees_of(cohort).filter(pk__in=results), required_of(cohort))
        if len(rows) != len(results):
            raise Refused("Somebody on the list is no mentee of this cohort.", code="not_a_mentee")
        if any(row.result != (was or {}).get(row.membership.pk, row.result) for row in rows):
            raise ChangedMeanwhile
        changed = [row for row in rows if row.result != results[row.membership.pk]]
        for row in changed:
            _set(cohort, row, results[row.membership.pk], by, moment)
    return len(changed)


def _set(cohort: Cohort, row: Achieved, result: str, by: User, at: datetime) -> None:
    member = row.membership
    if (result == Result.LEFT) is not bool(member.left_at):
        name = member.person
        sentence = f"{name} has left: that is their outcome." if member.left_at else f"{name} is still here."
        raise Refused(sentence, code="left")
    outcome, _ = Outcome.objects.update_or_create(
        membership=member,
        defaults={
            "result": result, "done": row.done, "required": row.required, "works": row.works,
            "code": new_code() if result == Result.GRADUATED else None, "decided_at": at, "decided_by": by,
        },
    )  # fmt: skip
    events.record(actor=by, verb="conclude", subject=member, detail={"from": row.result, "to": result}, at=at)
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
