"""Time that a person has promised to somebody; the database lets nobody promise it twice."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import IntegrityError, models, transaction
from django.db.models import Func, Value

from mentorship.common.errors import Refused
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models.slot import Slot

# As in `Away`: built-in ranges on both sides, for btree_gist is not everywhere.
PERSON = Func("person", "person", Value("[]"), function="int8range", output_field=BigIntegerRangeField())
DURING = Func("starts_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField())


class Engagement(models.Model):
    """That a person's time is taken: the host's by what they offer, the guest's by what they booked. Never twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="engagements")
    slot = models.ForeignKey("cohorts.Slot", models.CASCADE, related_name="engagements")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="engagement_once_at_a_time",
                expressions=[(PERSON, RangeOperators.EQUAL), (DURING, RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.starts_at}"


def lock_person(person: User) -> None:
    """One after another: two overlapping inserts can wait for each other in the constraint (a deadlock)."""
    User.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk").first()


def engage(slot: "Slot", person: User, refusal: str) -> None:
    """Take the time of `slot` from `person`, whose row the caller has locked."""
    try:
        with transaction.atomic():
            Engagement.objects.create(slot=slot, person=person, starts_at=slot.starts_at, ends_at=slot.ends_at)
    except IntegrityError as error:
        if "engagement_once_at_a_time" not in str(error):
            raise
        raise Refused(refusal, code="overlaps") from error
