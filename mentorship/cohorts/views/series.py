"""The rhythm of a cohort's meetings: looked at first, then made; and who leads those that have nobody yet."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.cohorts import rotation
from mentorship.cohorts import series as rhythms
from mentorship.cohorts.forms_meetings import SeriesForm
from mentorship.cohorts.models import Cohort
from mentorship.cohorts.series import Planned
from mentorship.cohorts.views.frame import administered, page
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.times import exact
from mentorship.people.requests import Request

SAID = {
    "new": ("accent", "New"), "there": ("good", "In the calendar"), "skipped": ("", "Skipped"), "past": ("", "Over"),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def series(request: Request, slug: str) -> HttpResponse:
    """Without `make`, or when it would do something else than what was looked at, only shown."""
    cohort = administered(request, slug)
    form = SeriesForm(request.POST or None, cohort=cohort)
    rows: list[Planned] = []
    if request.method == "POST" and form.is_valid():
        try:
            rows = rhythms.plan(cohort, form.rhythm(), now())
            if "make" in request.POST and request.POST.get("looked_at") == mark(rows, form):
                made = rhythms.make(cohort=cohort, rhythm=form.rhythm(), by=request.user, at=now())
                messages.success(request, f"{len(made)} in the calendar; every member is told, once.")
                return redirect("cohorts:meetings", slug)
        except Refused as refusal:
            rows = []
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
    status = 422 if form.is_bound and form.errors else 200
    count = sum(row.state == "new" for row in rows)
    return page(
        request, "series.html", cohort, "meetings", status, form=form, rows=[shown(row, cohort) for row in rows],
        count=count, looked_at=mark(rows, form) if rows else "",
        again="make" in request.POST and bool(rows),
    )  # fmt: skip


def shown(row: Planned, cohort: Cohort) -> dict[str, Any]:
    tone, label = SAID[row.state]
    return {
        "title": row.title or f"{row.day:%-d %B %Y}", "tone": tone, "label": label,
        "there": exact(row.starts_at, cohort.zone) if row.starts_at else "no meeting",
        "local": exact(row.starts_at) if row.starts_at else "",
        "leads": str(row.coordinator.person) if row.coordinator else "",
        "off": bool(row.meeting and row.meeting.cancelled_at),
    }  # fmt: skip


def mark(rows: list[Planned], form: SeriesForm) -> str:
    """What was looked at, in a word: the same form and the same plan give the same."""
    plan = [(row.day, row.state, row.starts_at, row.coordinator and row.coordinator.pk) for row in rows]
    rhythm = form.rhythm()
    text = repr((plan, rhythm.minutes_long, rhythm.title, rhythm.link))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


@require_POST
@login_required
def fill_turns(request: Request, slug: str) -> HttpResponse:
    """Give every coming meeting that has nobody who leads it the one who is next."""
    cohort = administered(request, slug)
    try:
        filled = rotation.fill(cohort=cohort, by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        several = f"{len(filled)} meetings have" if len(filled) > 1 else "One meeting has"
        messages.success(request, f"{several} a coordinator now, who is told.")
    return redirect("cohorts:meetings", slug)
