"""A seat without an application: what an admin gives to somebody who was chosen elsewhere."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from mentorship.cohorts import telling
from mentorship.cohorts.models import Cohort, Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


def seat(*, cohort: Cohort, person: User, by: User, at: datetime | None = None) -> Membership:
    """Give `person` a seat in `cohort` and tell them. Who has applied is accepted by that, as always."""
    if not person.is_active:
        raise Refused("This account is closed.", code="inactive")
    with transaction.atomic():
        locked = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
        if locked.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
            raise Refused("This cohort is over.", code="cohort_over")
        if cohort.memberships.mentors().filter(person=person).exists():
            raise Refused(f"{person} is a mentor of this cohort.", code="is_mentor")
        asked = cohort.applications.undecided().filter(person=person).first()
        if asked:
            asked.accept(by=by, at=at)
            return cohort.memberships.mentees().get(person=person)
        if not Cohort.objects.filter(pk=cohort.pk, seats_taken__lt=F("seats")).update(seats_taken=F("seats_taken") + 1):
            raise Refused("Every seat is taken. Free one or add one.", code="full")
        try:
            with transaction.atomic():
                member = Membership.objects.join(
                    cohort=locked, person=person, role=Membership.Role.MENTEE, joined_at=at or now()
                )
        except IntegrityError as error:
            raise Refused("This person already belongs to the cohort.", code="is_member") from error
        events.record(actor=by, verb="join", subject=member, at=at)
        telling.seated(member, at=at)
    return member
