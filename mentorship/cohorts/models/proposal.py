"""Pairs for a whole cohort that an admin looks at, changes by hand and applies. `matching.proposing` has the verbs."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse

from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, reader: Any) -> "ProposalQuerySet":
        """All for admins, none for anyone else: sentences speak of wishes, and of what was ruled out."""
        return self if reader.is_authenticated and reader.is_admin else self.none()

    def open(self) -> "ProposalQuerySet":
        return self.filter(state=Proposal.State.OPEN)


class Proposal(models.Model):
    """One proposal; a cohort has one open one at most. `version` counts its changes: who acts on an older one loses."""

    class State(models.TextChoices):
        OPEN = "open"
        APPLIED = "applied"
        DISCARDED = "discarded"

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    everyone = models.BooleanField(default=False, db_default=False, help_text="Also mentees who have a mentor.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=now)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("cohort", condition=Q(state="open"), name="proposal_one_open"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "applied", "discarded"]), name="proposal_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} proposal {self.pk} of {self.cohort_id}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:proposal", args=[self.cohort.slug])

    def total(self) -> int:
        """The points of all pairs together."""
        return self.pairs.aggregate(total=Sum("points"))["total"] or 0


class ProposedPair(models.Model):
    """What is proposed for one mentee: a mentor and why, or nobody and why not."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="pairs")
    mentee = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Membership, models.PROTECT, related_name="+", null=True, blank=True)
    before = models.ForeignKey(
        Membership, models.PROTECT, related_name="+", null=True, blank=True, help_text="The mentor whom they had then."
    )
    points = models.IntegerField(default=0)
    sentence = models.TextField()
    pinned = models.BooleanField(default=False, help_text="Chosen by hand: solving again leaves it.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("proposal", "mentee", name="proposed_pair_once"),
            models.CheckConstraint(condition=~Q(mentee=models.F("mentor")), name="proposed_pair_of_two"),
            models.CheckConstraint(condition=~Q(sentence=""), name="proposed_pair_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} for {self.mentee_id}"

    @property
    def outcome(self) -> str:
        return outcome_of(self.mentor_id, self.before_id)


def outcome_of(mentor: int | None, before: int | None) -> str:
    """What a pair comes to: 'new', 'stays', 'changes', or 'alone'."""
    if before is None:
        return "new" if mentor else "alone"
    return "changes" if mentor and mentor != before else "stays"
