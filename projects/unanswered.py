"""What cohorts ask about a mentee's work: since when a review waits for their answer, how much is accepted."""

from django.db.models import Count, DateTimeField, F, Func, IntegerField, OuterRef, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Least

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


def accepted_works() -> CombinedExpression:
    """An expression over memberships: how many of the person's works here are accepted, their teams' among them."""
    own = Submission.objects.filter(membership=OuterRef("pk"), group=None, state=Submission.State.ACCEPTED)
    team = TeamMember.objects.filter(membership=OuterRef("pk"), credited_at__isnull=False)
    alone = own.order_by().values("membership").annotate(n=Count("pk")).values("n")
    shared = team.order_by().values("membership").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(alone, output_field=IntegerField()), 0) + Coalesce(
        Subquery(shared, output_field=IntegerField()), 0
    )
