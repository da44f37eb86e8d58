"""A proposal from its making to its end: solved, changed by hand, applied as a whole or put away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from mentorship.cohorts.matching.pairing import Pair
from mentorship.cohorts.matching.question import question_of
from mentorship.cohorts.matching.solving import BY_HAND, Answer, Question, Solution, solve
from mentorship.cohorts.models import Cohort, Proposal, ProposedPair
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

OVER = (Cohort.State.FINISHED, Cohort.State.ARCHIVED)


class Outdated(Refused):
    """Somebody else changed, applied or put away the proposal meanwhile."""

    def __init__(self, row: Proposal) -> None:
        done = {"open": "changed", "applied": "applied", "discarded": "put away"}[row.state]
        super().__init__(f"{row.changed_by} {done} this proposal meanwhile. Look at it again.", code="outdated")


def propose(*, cohort: Cohort, by: User, everyone: bool = False, at: datetime | None = None) -> Proposal:
    """A first proposal for every mentee of `cohort` without a mentor, or for `everyone`.

    Refused while another one is open.
    """
    if cohort.state in OVER:
        raise Refused("This cohort is over.", code="cohort_over")
    solution = solve(_question(cohort, everyone, at))
    with transaction.atomic():
        Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
        there = Proposal.objects.open().filter(cohort=cohort).select_related("made_by").first()
        if there:
            raise Refused(f"{there.made_by} made a proposal a moment ago: here it is.", code="proposed_already")
        moment = at or clock.now()
        row = Proposal.objects.create(
            cohort=cohort, everyone=everyone, made_by=by, made_at=moment, changed_by=by, changed_at=moment
        )
        _write(row, solution)
        events.record(actor=by, verb="propose", subject=row, detail={"mentees": len(solution.answers)}, at=at)
    return row


def solve_again(*, proposal: Proposal, by: User, version: int, at: datetime | None = None) -> list[str]:
    """Solve it anew from what stands there now; pairs chosen by hand stay. Returns those that could not, with why."""
    pins = dict(proposal.pairs.filter(pinned=True).values_list("mentee", "mentor"))
    solution = solve(_question(proposal.cohort, proposal.everyone, at), pins)
    with _changing(proposal, by, version, "solve_again", at):
        proposal.pairs.all().delete()
        _write(proposal, solution)
    return solution.lost_pins


def place(
    *, proposal: Proposal, mentee: int, mentor: int | None, by: User, version: int, at: datetime | None = None
) -> ProposedPair:
    """Choose `mentor`, or nobody, for `mentee` by hand: memberships by their keys. It is pinned from then on.

    With nobody, who has a mentor stays with them.
    """
    question = question_of(proposal.cohort, at, everyone=proposal.everyone)
    with _changing(proposal, by, version, "place", at, {"mentee": mentee, "mentor": mentor}):
        row = proposal.pairs.select_related("mentee__person").filter(mentee=mentee).first()
        if row is None:
            raise Refused("This mentee is not in the proposal.", code="no_such_mentee")
        _set(row, _chosen(proposal, question, row, mentor), pinned=True)
    return row


def release(*, proposal: Proposal, mentee: int, by: User, version: int, at: datetime | None = None) -> None:
    """Let the next solving decide again about `mentee`; until then everything stays as it is."""
    with _changing(proposal, by, version, "release", at, {"mentee": mentee}):
        if not proposal.pairs.filter(mentee=mentee, pinned=True).update(pinned=False):
            raise Refused("Nothing was chosen by hand for this mentee.", code="not_pinned")


def discard(*, proposal: Proposal, by: User, version: int, at: datetime | None = None) -> None:
    """Put it away. Nobody hears of it."""
    with _changing(proposal, by, version, "discard", at):
        proposal.state = Proposal.State.DISCARDED
        proposal.save(update_fields=["state"])


@contextmanager
def _changing(
    proposal: Proposal, by: User, version: int, verb: str, at: datetime | None, detail: dict[str, object] | None = None
) -> Iterator[None]:
    """The row locked and seen to be the open one of `version`, then the change, then the next version."""
    with transaction.atomic():
        locked = lock(proposal, version)
        yield
        Proposal.objects.filter(pk=proposal.pk).update(
            version=locked.version + 1, changed_by=by, changed_at=at or clock.now()
        )
        events.record(actor=by, verb=verb, subject=proposal, detail=detail, at=at)
    proposal.refresh_from_db()


def lock(proposal: Proposal, version: int) -> Proposal:
    """The row, locked; raises `Outdated` unless it is open and of `version`."""
    row = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if row.state != Proposal.State.OPEN or row.version != version:
        raise Outdated(row)
    return row


def _question(cohort: Cohort, everyone: bool, at: datetime | None) -> Question:
    question = question_of(cohort, at, everyone=everyone)
    if not question.mentees and everyone:
        raise Refused("The cohort has no mentee: there is nobody to match.", code="nobody_alone")
    if not question.mentees:
        raise Refused("Every mentee has a mentor: there is nobody to match.", code="nobody_alone")
    return question


def _write(proposal: Proposal, solution: Solution) -> None:
    rows = [
        _set(ProposedPair(proposal=proposal, mentee_id=one.mentee.pk), one, one.pinned, save=False)
        for one in solution.answers
    ]
    ProposedPair.objects.bulk_create(rows)


def _set(row: ProposedPair, answer: Answer, pinned: bool, save: bool = True) -> ProposedPair:
    pair = answer.pair
    row.mentor_id = pair.mentor.pk if pair else None
    row.before_id = answer.mentee.present or None
    row.points = pair.points if pair else 0
    row.sentence, row.pinned = pair.sentence if pair else answer.why_not, pinned
    if save:
        row.save()
    return row


def _chosen(proposal: Proposal, question: Question, row: ProposedPair, mentor: int | None) -> Answer:
    """What a choice by hand comes to; refused for who is not there, full, or ruled out by one of the two."""
    mentee = next((seat for seat in question.mentees if seat.pk == row.mentee_id), None)
    name = row.mentee.person
    if mentee is None:
        raise Refused(f"{name} has left the cohort or has a mentor by now. Solve again.", code="mentee_gone")
    there = {seat.pk for seat in question.mentors}
    if mentor is None and mentee.present in there:
        mentor = mentee.present
    if mentor is None:
        return Answer(mentee, why_not="Left as it is by hand." if mentee.present else BY_HAND)
    seat = next((seat for seat in question.mentors if seat.pk == mentor), None)
    if seat is None:
        raise Refused("This mentor is not there any more.", code="not_a_mentor")
    others = proposal.pairs.filter(mentor=mentor).exclude(pk=row.pk).count()
    if others >= seat.room:
        taken = f"all {seat.capacity} places are taken" if seat.capacity else "there is no place"
        raise Refused(f"{seat.name} has no place left: {taken}. Move somebody else away first.", code="no_room")
    pair = Pair.of(mentee, seat, question.around)
    if pair.stays:
        return Answer(mentee, pair)
    if pair.forbidden == "vetoed_by_mentee":
        raise Refused(f"{mentee.name} has ruled out working with {seat.name}.", code="vetoed")
    if pair.forbidden == "vetoed_by_mentor":
        raise Refused(f"{seat.name} has ruled out working with {mentee.name}.", code="vetoed")
    if pair.forbidden == "oneself":
        raise Refused("Nobody mentors themselves.", code="oneself")
    return Answer(mentee, pair)
