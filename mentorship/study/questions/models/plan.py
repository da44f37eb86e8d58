"""What a person practises for, and how much of it a day."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study import days

NEW_A_DAY, MOST_NEW = 10, 100
WANTED, LEAST_WANTED, MOST_WANTED = 90, 70, 97  # per cent
FIELDS = ("new_a_day", "wanted", "role", "interview_on")


class PracticePlan(models.Model):
    """One for each person who said something; who did not goes by the defaults."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="practice_plan")
    new_a_day = models.PositiveSmallIntegerField("new questions a day", default=NEW_A_DAY)
    wanted = models.PositiveSmallIntegerField("retention wanted, in per cent", default=WANTED)
    role = models.CharField(max_length=60, blank=True, help_text="The key of a role of rounds.yaml.")
    interview_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(new_a_day__lte=MOST_NEW), name="practice_new_a_day"),
            models.CheckConstraint(
                condition=Q(wanted__gte=LEAST_WANTED, wanted__lte=MOST_WANTED), name="practice_wanted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role or 'no role'}"

    @property
    def retention(self) -> float:
        return self.wanted / 100

    @classmethod
    def of(cls, person: Any) -> "PracticePlan":
        """The plan of `person`; one of defaults, not saved, for who has none."""
        return cls.objects.filter(person_id=person.pk).first() or cls(person_id=person.pk)

    @classmethod
    @transaction.atomic
    def change(cls, *, by: User, at: datetime | None = None, **said: Any) -> "PracticePlan":
        """Set what is `said` of new_a_day, wanted, role and interview_on; the rest stays.

        An interview lies today or later on the person's calendar, at most two years ahead.
        """
        days.lock(by.pk)
        row = cls.of(by)
        new: date | None = said.get("interview_on")
        today = days.today_of(by, at)
        if new is not None and new != row.interview_on and not 0 <= (new - today).days <= 730:
            raise Refused("Choose a day from today on, within two years.", code="interview_on")
        if not 0 <= said.get("new_a_day", 0) <= MOST_NEW:
            raise Refused(f"From 0 to {MOST_NEW} a day.", code="new_a_day")
        if not LEAST_WANTED <= said.get("wanted", WANTED) <= MOST_WANTED:
            raise Refused(f"From {LEAST_WANTED} to {MOST_WANTED} per cent.", code="wanted")
        for name in FIELDS:
            if name in said:
                setattr(row, name, said[name])
        row.save()
        record(actor=by, verb="planned_practice", subject=row, at=at)
        return row
