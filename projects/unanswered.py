"""Since when a review waits for a mentee's answer: one of the signals of `mentorship.cohorts.stalled`."""

from django.db.models import DateTimeField, F, Func, OuterRef, Subquery
from django.db.models.functions import Least

from projects.models import Submission, TeamMember


def unanswered_since() -> Func:
    """An expression over memberships: the longest wait for a next round of the mentee's own, or of their team's."""
    own = Submission.objects.filter(membership=OuterRef("pk"), awaiting_mentee_since__isnull=False)
    team = TeamMember.objects.present().filter(
        membership=OuterRef("pk"), submission__awaiting_mentee_since__isnull=False
    )
    first = own.order_by("awaiting_mentee_since").values("awaiting_mentee_since")[:1]
    shared = team.annotate(since=F("submission__awaiting_mentee_since")).order_by("since").values("since")[:1]
    return Least(Subquery(first), Subquery(shared), output_field=DateTimeField(null=True))  # passes over nulls
