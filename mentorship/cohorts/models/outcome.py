"""How a mentee's time in a cohort ended, as an admin confirmed it; graduates have a code that anybody may check."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.cohorts import telling_apprentices
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


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
    offered_at = models.DateTimeField(null=True, blank=True, help_text="When the graduate offered to mentor.")

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
            models.CheckConstraint(
                condition=Q(offered_at=None) | Q(result="graduated"), name="outcome_graduates_offer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.result}"

    def get_absolute_url(self) -> str:
        """The certificate, which anybody with the address reads; '' for who has none."""
        return f"/certificates/{self.code}/" if self.code else ""

    def offer(self, *, by: User, offers: bool = True, at: datetime | None = None) -> None:
        """The graduate offers to mentor the stream below, of which admins are told, or takes the offer back.

        What stands so already changes nothing.
        """
        moment = at or now()
        member = self.membership
        if member.person_id != by.pk or self.result != self.Result.GRADUATED:
            raise Refused("Only the graduate offers to mentor.", code="not_yours")
        if offers and member.cohort.stream.number < 2:
            raise Refused("There is no stream below this one to mentor in.", code="no_stream_below")
        rows = Outcome.objects.filter(pk=self.pk, result=self.Result.GRADUATED, offered_at__isnull=offers)
        with transaction.atomic():
            if rows.update(offered_at=moment if offers else None):
                events.record(
                    actor=by, verb="offered_to_mentor" if offers else "took_offer_back", subject=member, at=moment
                )
                if offers:
                    telling_apprentices.offered(self, at=moment)
        self.offered_at = moment if offers else None
