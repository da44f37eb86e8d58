"""What an admin sees first: each cohort that is open or runs, with what somebody has to do about it."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mentorship.cohorts.models import Application, Assignment, Cohort, Membership, on_clock
from mentorship.people.models import User
from projects.models import Submission


def admin_section(person: User, at: datetime) -> list[dict[str, Any]] | None:
    """One row a cohort with its counts, in one query; None for who is no admin."""
    if not person.is_admin:
        return None
    unassigned = Membership.objects.mentees().exclude(Exists(Assignment.objects.active().filter(mentee=OuterRef("pk"))))
    late = Submission.objects.overdue(at=at)
    rows = (
        Cohort.objects.filter(on_clock(), state__in=[Cohort.State.DRAFT, Cohort.State.OPEN, Cohort.State.RUNNING])
        .annotate(
            undecided=counted(Application.objects.filter(state=Application.State.SUBMITTED)),
            unassigned=counted(unassigned),
            late=counted(late),
        )
        .order_by("-starts_on", "-pk")
        .values(
            "name",
            "slug",
            "state",
            "seats",
            "seats_taken",
            "undecided",
            "unassigned",
            "late",
            number=F("stream__number"),
        )
    )
    return [row | {"url": f"/cohorts/{row['slug']}/"} for row in rows[:40]]


def counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of `rows` belong to the outer cohort."""
    number = rows.filter(cohort=OuterRef("pk")).order_by().values("cohort").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
