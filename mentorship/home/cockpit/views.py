"""Every cohort at a glance, for admins."""

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentorship.cohorts.models import Cohort, Membership, on_clock
from mentorship.cohorts.stalled import stalled, standings_of
from mentorship.common import clock
from mentorship.common.pages import paginate
from mentorship.home.cockpit.numbers import numbers_of
from mentorship.people.requests import Request

SHOWN = 24
ORDER = [Cohort.State.RUNNING, Cohort.State.OPEN, Cohort.State.FINISHED, Cohort.State.DRAFT]
TONES = {"draft": "", "open": "accent", "running": "good", "finished": "", "archived": ""}


def cohorts_by_state() -> Any:
    """Cohorts as admins look at them: those that run first, then those that take applications, then the rest."""
    places = [When(state=state, then=Value(place)) for place, state in enumerate(ORDER)]
    rows = Cohort.objects.filter(on_clock(), state__in=ORDER).select_related("stream")
    return rows.order_by(Case(*places), "-starts_on", "-pk")


@require_safe
@login_required
def cockpit(request: Request) -> HttpResponse:
    if not request.user.is_admin:
        raise Http404
    now = clock.now()
    found = paginate(request, cohorts_by_state(), SHOWN)
    numbers = numbers_of(found.rows, now)
    running = [row.pk for row in found if row.state == Cohort.State.RUNNING]
    mentees = Membership.objects.mentees().filter(cohort__in=running)
    listed = Counter(row.facts.cohort for row in stalled(standings_of(mentees, now))) if running else Counter()
    rows = [
        {
            "cohort": row, "url": row.get_absolute_url(), "tone": TONES[row.state], "numbers": numbers[row.pk],
            "stalled": listed[row.pk], "state": row.get_state_display(), "number": row.stream.number,
            "stream": row.stream.title,
        }
        for row in found
    ]  # fmt: skip
    return render(request, "home/cockpit/cockpit.html", {"rows": rows, "found": found, "section": "cohorts"})
