"""What needs an admin today, and how far everyone is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from mentorship.cohorts.cockpit import overview
from mentorship.cohorts.models import Cohort
from mentorship.cohorts.progress import progress_rows, units_of
from mentorship.cohorts.views.frame import Roster, administered, page
from mentorship.people.requests import Request


@require_safe
@login_required
def cockpit(request: Request, slug: str) -> HttpResponse:
    cohort = administered(request, slug)
    return page(request, "cockpit.html", cohort, "cockpit", overview=overview(cohort))


@require_safe
@login_required
def progress(request: Request, slug: str) -> HttpResponse:
    """Every mentee's progress, unit by unit: for admins; a mentor sees their own mentees."""
    cohort = get_object_or_404(Cohort.objects.followed_by(request.user).select_related("stream"), slug=slug)
    mentees = cohort.memberships.followed_by(request.user).order_by("person__name", "pk")
    units = units_of(cohort.stream)
    rows = progress_rows(mentees, cohort.stream, units, Roster(request.user).link)
    return page(request, "progress.html", cohort, "progress", rows=rows, units=units)
