"""Giving a mentee a mentor, and another one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from mentorship.cohorts import telling
from mentorship.cohorts.models import Assignment, Membership, MentorNote
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


def assign(*, mentee: Membership, mentor: Membership, by: User, at: datetime | None = None) -> Assignment:
    """Give `mentee`, who has none, `mentor`, who has room. Both are told."""
    with transaction.atomic():
        _lock(mentee, mentor)
        if mentee.assignments_as_mentee.active().exists():
            raise Refused(f"{mentee.person} has a mentor already. Reassign instead.", code="has_mentor")
        return _begin(mentee, mentor, by, at)


def assign_all(
    *, mentees: Iterable[Membership], mentor: Membership, by: User, at: datetime | None = None
) -> list[Assignment]:
    """Give each of `mentees` the same `mentor`: all of them, or none."""
    rows = sorted(mentees, key=lambda mentee: mentee.pk)
    with transaction.atomic():
        # All mentees before the mentor, in the order of their keys, as everything that locks several does.
        list(Membership.objects.select_for_update(no_key=True).filter(pk__in=[row.pk for row in rows]).order_by("pk"))
        return [assign(mentee=row, mentor=mentor, by=by, at=at) for row in rows]


def reassign(
    *, mentee: Membership, mentor: Membership, reason: str, by: User, summary: str = "", at: datetime | None = None
) -> Assignment:
    """End the assignment `mentee` has, for `reason`, and begin one with `mentor`: both or neither. All are told.

    Without a `summary` for the next mentor, the one before is asked for it.
    """
    with transaction.atomic():
        Membership.objects.select_for_update(no_key=True).get(pk=mentee.pk)
        old = mentee.assignments_as_mentee.active().select_related("mentor__person", "mentee__person", "cohort").first()
        if old is None:
            raise Refused(f"{mentee.person} has no mentor. Assign one.", code="no_mentor")
        if old.mentor_id == mentor.pk:
            raise Refused(f"{mentor.person} is their mentor already.", code="same_mentor")
        if not reason.strip():
            raise Refused("Say why: it stands in the history.", code="reason_missing")
        _lock(mentee, mentor, old.mentor)
        hand_over(old, reason=reason.strip(), summary=summary, by=by, at=at)
        return _begin(mentee, mentor, by, at)


def hand_over(old: Assignment, *, reason: str, by: User, summary: str = "", at: datetime | None = None) -> None:
    """End `old`, for its mentee gets another mentor: part of a transaction that has locked them and begins the next."""
    old.close(reason=reason, at=at)
    if summary.strip():
        MentorNote.hand_over(old, by=by, text=summary, at=at)
    telling.reassigned(old, at=at)
    events.record(actor=by, verb="end", subject=old, detail={"reason": reason}, at=at)


def _lock(mentee: Membership, *mentors: Membership) -> None:
    """The mentee first, then mentors in the order of their keys: two at once wait, they never lock each other out."""
    Membership.objects.select_for_update(no_key=True).get(pk=mentee.pk)
    keys = [mentor.pk for mentor in mentors]
    list(Membership.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _begin(mentee: Membership, mentor: Membership, by: User, at: datetime | None) -> Assignment:
    if mentee.person_id == mentor.person_id:
        raise Refused("Nobody mentors themselves.", code="oneself")
    if not User.objects.active().filter(pk=mentor.person_id).exists():
        raise Refused(f"The account of {mentor.person} is closed.", code="inactive")
    room = Membership.objects.mentors().filter(pk=mentor.pk, cohort_id=mentee.cohort_id, load__lt=F("capacity"))
    if not room.update(load=F("load") + 1):
        row = Membership.objects.select_related("person").get(pk=mentor.pk)
        if row.left_at or not row.is_mentor or row.cohort_id != mentee.cohort_id:
            raise Refused(f"{row.person} is no mentor of this cohort.", code="not_a_mentor")
        raise Refused(f"{row.person} has {row.load} of {row.capacity} mentees: no room.", code="no_room")
    fields = {"started_at": at} if at else {}
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                cohort_id=mentee.cohort_id, mentee=mentee, mentor=mentor, assigned_by=by, **fields
            )
    except IntegrityError as error:
        raise Refused(f"{mentee.person} cannot be assigned: look at the board again.", code="conflict") from error
    events.record(actor=by, verb="assign", subject=assignment, at=at)
    telling.assigned(assignment, at=at)
    return assignment
