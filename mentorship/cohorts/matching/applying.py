"""Making a proposal real: every pair in one transaction, or none and a list of what is not as it was."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F

from mentorship.cohorts import telling
from mentorship.cohorts.matching.proposing import lock
from mentorship.cohorts.models import Assignment, Cohort, Membership, Proposal, Wish
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


class Meanwhile(Refused):
    """Nothing was applied; `changes` says line by line what is not as it was when the proposal was made."""

    def __init__(self, changes: list[str]) -> None:
        text = "Nothing was assigned: something changed meanwhile. Solve again, and look once more."
        super().__init__(text, code="changed_meanwhile")
        self.changes = changes


def apply(*, proposal: Proposal, by: User, version: int, at: datetime | None = None) -> list[Assignment]:
    """Assign every proposed pair. Each person is told once; a mentor with five new mentees is told of five."""
    with transaction.atomic():
        # The order of locks everywhere: cohort, application, mentee, mentors, assignment.
        cohort = Cohort.objects.select_for_update(no_key=True).get(pk=proposal.cohort_id)
        row = lock(proposal, version)
        chosen = row.pairs.exclude(mentor=None).order_by("pk").values_list("mentee", "mentor")
        pairs = [(mentee, mentor) for mentee, mentor in chosen if mentor is not None]
        if not pairs:
            raise Refused("There is no pair to assign.", code="nobody")
        seats = _locked([mentee for mentee, _ in pairs]) | _locked([mentor for _, mentor in pairs])
        changes = _changes(cohort, pairs, seats)
        if changes:
            raise Meanwhile(changes)
        moment = at or clock.now()
        made = Assignment.objects.bulk_create(
            Assignment(
                cohort=cohort, mentee=seats[mentee], mentor=seats[mentor], assigned_by=by,
                started_at=moment,
            )
            for mentee, mentor in pairs
        )  # fmt: skip
        for key, count in sorted(Counter(mentor for _, mentor in pairs).items()):
            Membership.objects.filter(pk=key).update(load=F("load") + count)
        fields = {"state": Proposal.State.APPLIED, "changed_by": by, "changed_at": moment, "version": version + 1}
        Proposal.objects.filter(pk=row.pk).update(**fields)
        for assignment in made:
            events.record(actor=by, verb="assign", subject=assignment, detail={"proposal": row.pk}, at=at)
        events.record(actor=by, verb="apply", subject=row, detail={"pairs": len(made)}, at=at)
        telling.assigned_together(made, at=at)
    proposal.refresh_from_db()
    return made


def _locked(keys: list[int]) -> dict[int, Membership]:
    rows = Membership.objects.select_for_update(no_key=True, of=("self",)).select_related("person", "cohort")
    return {row.pk: row for row in rows.filter(pk__in=set(keys)).order_by("pk")}


def _changes(cohort: Cohort, pairs: list[tuple[int, int]], seats: dict[int, Membership]) -> list[str]:
    """What stands in the way of `pairs`, a sentence each; [] when nothing does."""
    if cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
        return ["The cohort is over."]
    mentors = _mentored(cohort)
    vetoes = set(Wish.objects.filter(seat__cohort=cohort, veto=True).values_list("seat", "about"))
    wanted = Counter(mentor for _, mentor in pairs)
    said = []
    for one, other in pairs:
        mentee, mentor = seats[one], seats[other]
        if mentee.left_at:
            said.append(f"{mentee.person} has left the cohort.")
        elif not mentee.person.is_active:
            said.append(f"The account of {mentee.person} is closed.")
        elif mentee.pk in mentors:
            said.append(f"{mentee.person} was given {mentors[mentee.pk]} as mentor.")
        if (mentee.pk, mentor.pk) in vetoes or (mentor.pk, mentee.pk) in vetoes:
            said.append(f"One of {mentee.person} and {mentor.person} has ruled out working with the other.")
    for key, count in sorted(wanted.items()):
        mentor = seats[key]
        room = mentor.capacity - mentor.load
        if mentor.left_at:
            said.append(f"{mentor.person} is no mentor here any more.")
        elif not mentor.person.is_active:
            said.append(f"The account of {mentor.person} is closed.")
        elif count > room:
            said.append(f"{mentor.person} has room for {room}, not for {count}.")
    return said


def _mentored(cohort: Cohort) -> dict[int, str]:
    """Who mentors whom now, by mentee. The mentees are locked, so that this stays as it is."""
    rows = Assignment.objects.active().filter(cohort=cohort)
    return dict(rows.values_list("mentee", "mentor__person__name"))
