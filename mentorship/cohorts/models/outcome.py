"""How a mentee's time in a cohort ended, as an admin confirmed it; graduates have a code that anybody may check."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now


def new_code() -> str:
    """128 bits, as part of an address: nobody guesses one."""
    return secrets.token_urlsafe(16)


class Outcome(models.Model):
    """One a membership. What was achieved is kept as it was when it was decided."""

    class Result(models.TextChoices):
        GRADUATED = "graduated", "Graduated"
        UNFINISHED = "unfinished", "Did not finish"
        LEFT = "left", "Left"

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="outcome")
    result = models.CharField(max_length=10, choices=Result)
    done = models.PositiveIntegerField(default=0)
    required = models.PositiveIntegerField(default=0)
    works = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0, db_default=0)
    by_rule = models.BooleanField(
        default=True, db_default=True, help_text="They met what the stream asked then; those from before count as such."
    )
    exception = models.CharField(
        max_length=300, default="", db_default="", blank=True, help_text="Why they graduated without meeting it."
    )
    code = models.CharField(max_length=32, null=True, unique=True, editable=False)
    decided_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=["graduated", "unfinished", "left"]), name="outcome_result_known"
            ),
            models.CheckConstraint(
                condition=Q(result="graduated", code__isnull=False) | (~Q(result="graduated") & Q(code=None)),
                name="outcome_code_of_graduates",
            ),
            models.CheckConstraint(
                condition=~Q(result="graduated") | Q(by_rule=True) | ~Q(exception=""),
                name="outcome_exception_says_why",
            ),
            models.CheckConstraint(
                condition=Q(exception="") | Q(result="graduated", by_rule=False), name="outcome_exception_of_graduates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.result}"

    def get_absolute_url(self) -> str:
        """The certificate, which anybody with the address reads; '' for who has none."""
        return f"/certificates/{self.code}/" if self.code else ""
