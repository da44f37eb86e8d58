"""Try it: a cohort's reminders as of the days to come."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentorship.cohorts.forms import DayInput
from mentorship.cohorts.models import Cohort
from mentorship.cohorts.views.frame import TONES, administered, tabs
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.home.rehearsal import LONGEST, rehearse
from mentorship.people import events
from mentorship.people.requests import Request


class RehearsalForm(forms.Form):
    until = forms.DateField(widget=DayInput, label="Until", help_text=f"At most {LONGEST} days ahead.")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rehearsal(request: Request, slug: str) -> HttpResponse:
    """What the cohort's people would be told until a day; nobody is told."""
    cohort = administered(request, slug)
    today = timezone.localdate(clock.now(), cohort.zone)
    if request.method != "POST":
        return show(request, cohort, RehearsalForm(initial={"until": today + timedelta(weeks=2)}))
    form = RehearsalForm(request.POST)
    if not form.is_valid():
        return show(request, cohort, form, 422)
    until = form.cleaned_data["until"]
    try:
        told = rehearse(cohort, until)
    except Refused as refusal:
        form.add_error("until", refusal.message)
        return show(request, cohort, form, 422)
    events.record(actor=request.user, verb="rehearsed", subject=cohort, detail={"until": until.isoformat()})
    days = [(day, list(rows)) for day, rows in groupby(told, lambda one: one.day)]
    return show(request, cohort, form, days=days, count=len(told), ran=True)


def show(request: Request, cohort: Cohort, form: RehearsalForm, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"cohort": cohort, "tabs": tabs(request, cohort, "edit"), "tone": TONES[cohort.state], "form": form}
    return render(request, "home/rehearsal.html", context, status=status)
