"""Making a proposal real: every pair in one transaction, or none and a list of what is not as it was."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F

from mentorship.cohorts import telling
from mentorship.cohorts.matching.assigning import hand_over
from mentorship.cohorts.matching.proposing import lock
from mentorship.cohorts.models import Assignment, Cohort, Membership, Proposal, Wish
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

Proposed = tuple[int, int, int | None]  # the seats of the mentee, the mentor, and the mentor before
REASON = "Matched anew with the whole cohort."


class Meanwhile(Refused):
    """Nothing was applied; `changes` says line by line what is not as it was when the proposal was made."""

    def __init__(self, changes: list[str]) -> None:
        text = "Nothing was assigned: something changed meanwhile. Solve again, and look once more."
        super().__init__(text, code="changed_meanwhile")
        self.changes = changes


def apply(
    *, proposal: Proposal, by: User, version: int, reason: str = "", at: datetime | None = None
) -> list[Assignment]:  # fmt: skip
    """Assign every proposed pair. Each person is told once; a mentor with five new mentees is told of five.

    Who gets another mentor than they have is handed over, for `reason`; who stays is left as they are.
    """
    with transaction.atomic():
        # The order of locks everywhere: cohort, application, mentee, mentors, assignment.
        cohort = Cohort.objects.select_for_update(no_key=True).get(pk=proposal.cohort_id)
        row = lock(proposal, version)
        proposed = row.pairs.order_by("pk").values_list("mentee", "mentor", "before")
        pairs: list[Proposed] = [
            (mentee, mentor, before) for mentee, mentor, before in proposed if mentor and mentor != before
        ]
        if not pairs:
            text = "Everybody stays with their mentor: there is nothing to assign."
            raise Refused(text if row.everyone else "There is no pair to assign.", code="nobody")
        seats = _locked([mentee for mentee, _, _ in pairs])
        seats |= _locked([key for _, mentor, before in pairs for key in (mentor, before) if key])
        mentored = _mentored(cohort)
        changes = _changes(cohort, pairs, seats, mentored)
        if changes:
            raise Meanwhile(changes)
        moment = at or clock.now()
        for mentee, _, before in pairs:
            if before:
                hand_over(mentored[mentee], reason=reason.strip()[:300] or REASON, by=by, at=moment)
        made = Assignment.objects.bulk_create(
            Assignment(
                cohort=cohort, mentee=seats[mentee], mentor=seats[mentor], assigned_by=by,
                started_at=moment,
            )
            for mentee, mentor, _ in pairs
        )  # fmt: skip
        for key, count in sorted(Counter(mentor for _, mentor, _ in pairs).items()):
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


def _changes(
    cohort: Cohort, pairs: list[Proposed], seats: dict[int, Membership], mentored: dict[int, Assignment]
) -> list[str]:
    """What stands in the way of `pairs`, a sentence each; [] when nothing does."""
    if cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
        return ["The cohort is over."]
    vetoes = set(Wish.objects.filter(seat__cohort=cohort, veto=True).values_list("seat", "about"))
    wanted, given_up = Counter(mentor for _, mentor, _ in pairs), Counter(before for _, _, before in pairs)
    said = []
    for one, other, before in pairs:
        mentee, mentor, present = seats[one], seats[other], mentored.get(one)
        if mentee.left_at:
            said.append(f"{mentee.person} has left the cohort.")
        elif not mentee.person.is_active:
            said.append(f"The account of {mentee.person} is closed.")
        elif present and present.mentor_id != before:
            said.append(f"{mentee.person} was given {present.mentor.person} as mentor.")
        elif before and not present:
            said.append(f"{mentee.person} has no mentor any more.")
        if (mentee.pk, mentor.pk) in vetoes or (mentor.pk, mentee.pk) in vetoes:
            said.append(f"One of {mentee.person} and {mentor.person} has ruled out working with the other.")
    for key, count in sorted(wanted.items()):
        mentor = seats[key]
        room = mentor.capacity - mentor.load + given_up[key]
        if mentor.left_at:
            said.append(f"{mentor.person} is no mentor here any more.")
        elif not mentor.person.is_active:
            said.append(f"The account of {mentor.person} is closed.")
        elif count > room:
            said.append(f"{mentor.person} has room for {room}, not for {count}.")
    return said


def _mentored(cohort: Cohort) -> dict[int, Assignment]:
    """The assignment that stands, by mentee. The mentees are locked, so that this stays as it is."""
    rows = Assignment.objects.active().filter(cohort=cohort)
    return {row.mentee_id: row for row in rows.select_related("mentor__person", "mentee__person", "cohort")}
