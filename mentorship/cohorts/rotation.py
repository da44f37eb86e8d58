"""Whose turn it is to lead: who has led least, then who led longest ago; nobody twice in a row, nobody who is away."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction

from mentorship.cohorts import telling_meetings
from mentorship.cohorts.absence import Absences
from mentorship.cohorts.models import Cohort, Meeting, Membership
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

NEVER = datetime(1, 1, 2, tzinfo=UTC)
DAY = timedelta(days=1)


class Turns:
    """Who of a cohort's mentees leads when, and who could. Made once, it deals out any number of meetings."""

    def __init__(self, cohort: Cohort, *, but: int = 0) -> None:
        seats = cohort.memberships.mentees().filter(person__is_active=True).exclude(pk=but)
        self.seats = list(seats.select_related("person").order_by("joined_at", "pk"))
        led = cohort.meetings.standing().filter(coordinator__isnull=False)
        self.led = [(moment, seat) for moment, seat in led.values_list("starts_at", "coordinator") if seat != but]
        self.absences = Absences(self.seats)

    def deal(self, moment: datetime) -> Membership | None:
        """Who leads the meeting at `moment`, from now on counted; None when nobody is there."""
        free = [seat for seat in self.seats if not self.absences.hold(seat, moment)]
        if not free:
            return None
        beside = self._beside(moment)
        chosen = min(free, key=lambda seat: (seat.pk in beside, *self._standing(seat)))
        self.led.append((moment, chosen.pk))
        return chosen

    def _standing(self, seat: Membership) -> tuple[int, datetime, datetime, int]:
        """How often, how long ago; then who joined first, so that the same cohort is always dealt the same way."""
        moments = [moment for moment, pk in self.led if pk == seat.pk]
        return len(moments), max(moments, default=NEVER), seat.joined_at, seat.pk

    def _beside(self, moment: datetime) -> set[int]:
        """Who leads the meeting before and the meeting after."""
        before = max((one for one in self.led if one[0] < moment), default=None)
        after = min((one for one in self.led if one[0] > moment), default=None)
        return {one[1] for one in (before, after) if one}


def without_coordinator(cohort: Cohort, at: datetime, within: timedelta | None = None) -> list[Meeting]:
    """Its coming meetings that nobody leads yet; those of the time `within` alone."""
    rows = cohort.meetings.upcoming(at).filter(coordinator=None)
    return list(rows.filter(starts_at__lte=at + within) if within else rows)


def propose(cohort: Cohort, meetings: Sequence[Meeting]) -> dict[int, Membership]:
    """Who should lead each of `meetings`, by the meeting's id; nothing is changed."""
    if not meetings:
        return {}
    turns = Turns(cohort)
    dealt = [(meeting.pk, turns.deal(meeting.starts_at)) for meeting in meetings]
    return {pk: seat for pk, seat in dealt if seat}


def fill(*, cohort: Cohort, by: User | None, at: datetime, within: timedelta | None = None) -> list[Meeting]:
    """Give every coming meeting (of the time `within`) that has no coordinator the proposed one, and tell them.

    `by` nobody: the program, for a meeting that comes near.
    """
    with transaction.atomic():
        Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
        meetings = without_coordinator(cohort, at, within)
        proposed = propose(cohort, meetings)
        if not proposed:
            text = "Every coming meeting has a coordinator." if not meetings else "No mentee is there to lead."
            raise Refused(text, code="nothing_to_fill")
        filled = [meeting for meeting in meetings if meeting.pk in proposed]
        _give(cohort, filled, proposed, by=by, at=at)
    return filled


def lock_seats(person: User) -> list[Membership]:
    """The seats of `person` in cohorts that are not over, locked after their cohorts: nobody deals turns meanwhile."""
    over = [Cohort.State.FINISHED, Cohort.State.ARCHIVED]
    cohorts = Cohort.objects.filter(memberships__in=Membership.objects.active().filter(person=person))
    keys = list(cohorts.exclude(state__in=over).order_by("pk").values_list("pk", flat=True).distinct())
    list(Cohort.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    seats = Membership.objects.active().filter(person=person, cohort__in=keys).order_by("pk")
    rows = seats.select_for_update(no_key=True, of=("self",)).select_related("cohort", "person")
    return list(rows)


def hand_on(membership: Membership, *, by: User, at: datetime, absent: bool = False) -> None:
    """The coming turns of somebody who leaves go to who is next; part of the transaction in which they leave.

    `absent`: only those on days on which they are away or on a pause, and they are told who leads instead.
    """
    cohort, but = membership.cohort, 0 if absent else membership.pk
    theirs = list(cohort.meetings.upcoming(at).filter(coordinator=membership).select_for_update(no_key=True))
    if absent:
        days = Absences([membership]) if theirs else None
        theirs = [meeting for meeting in theirs if days and days.hold(membership, meeting.starts_at)]
    if not theirs:
        return
    Meeting.objects.filter(pk__in=[meeting.pk for meeting in theirs]).update(coordinator=None)
    turns, proposed = Turns(cohort, but=but), {}
    for meeting in theirs:
        meeting.cohort, meeting.coordinator = cohort, None
        if seat := turns.deal(meeting.starts_at):
            proposed[meeting.pk] = seat
    _give(cohort, [meeting for meeting in theirs if meeting.pk in proposed], proposed, by=by, at=at)
    if absent:
        telling_meetings.turns_handed_on(membership, theirs, at=at)


def _give(cohort: Cohort, meetings: list[Meeting], to: dict[int, Membership], *, by: User | None, at: datetime) -> None:
    """Set the coordinators, with one event for all of them."""
    for meeting in meetings:
        meeting.cohort, meeting.coordinator = cohort, to[meeting.pk]
        Meeting.objects.filter(pk=meeting.pk, coordinator=None).update(coordinator=to[meeting.pk])
    if meetings:
        detail = {"turns": {str(meeting.pk): to[meeting.pk].pk for meeting in meetings}}
        event = events.record(actor=by, verb="gave_turns", subject=cohort, detail=detail, at=at)
        telling_meetings.turns_given(cohort, meetings, event.pk, at=at)
