"""A test cohort's clock: where it stands, what comes next, what was told on the way."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.cohorts.as_of import KEY
from mentorship.cohorts.forms import DayInput
from mentorship.cohorts.models import Cohort
from mentorship.cohorts.views.frame import TONES, administered, tabs
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.home.as_of import HOUR, advance, coming, now_of, told_in
from mentorship.notifications.mails import body_of
from mentorship.people.requests import Request

STEPS = {"day": timedelta(days=1), "week": timedelta(weeks=1)}
SHOWN = 50


class ToForm(forms.Form):
    """A step, or a day and its hour where the cohort is. `ahead`, in seconds: where the clock stood for who looked."""

    day = forms.DateField(widget=DayInput, label="To the day")
    clock = forms.TimeField(label="At", widget=forms.TimeInput({"type": "time"}, format="%H:%M"), initial=HOUR)
    step = forms.ChoiceField(required=False, choices=[(name, name) for name in STEPS])
    ahead = forms.FloatField(widget=forms.HiddenInput, min_value=0, max_value=10**9)

    def __init__(self, cohort: Cohort, data: Any = None) -> None:
        now = now_of(cohort).astimezone(cohort.zone)
        assert cohort.clock_ahead is not None
        initial = {"ahead": cohort.clock_ahead.total_seconds(), "day": now.date() + timedelta(days=1)}
        super().__init__(data, initial=initial)
        self.cohort, self.now = cohort, now
        if data and data.get("step"):
            self.fields["day"].required = self.fields["clock"].required = False
        self.fields["clock"].help_text = f"As the clocks show it in {cohort.timezone}."

    def until(self) -> datetime:
        """A step keeps the hour of the cohort's own clocks, also where they change to or from summer time."""
        data: dict[str, Any] = self.cleaned_data
        if step := data.get("step"):
            return self.now + STEPS[step]
        return datetime.combine(data["day"], data["clock"], self.cohort.zone)

    def seen(self) -> timedelta:
        return timedelta(seconds=self.cleaned_data["ahead"])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def as_of(request: Request, slug: str) -> HttpResponse:
    cohort = administered(request, slug)
    if not cohort.is_test:
        raise Http404
    form = ToForm(cohort, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return show(request, cohort, form)
    if not form.is_valid():
        return show(request, cohort, form, 422)
    try:
        told = advance(cohort, form.until(), by=request.user, seen=form.seen())
    except Refused as refusal:
        form.add_error(None if refusal.code == "moved_meanwhile" else "day", refusal.message)
        return show(request, Cohort.objects.select_related("stream").get(pk=cohort.pk), form, 409)
    shown = now_of(cohort).astimezone(cohort.zone)
    many = "Nobody was told anything" if not told else f"{told} message{'' if told == 1 else 's'}"
    messages.success(request, f"It is {shown:%A %-d %B %Y, %H:%M} here now. {many} on the way.")
    return redirect("home:as_of", slug)


def show(request: Request, cohort: Cohort, form: ToForm, status: int = 200) -> HttpResponse:
    if form.is_bound and status == 409:
        # The next press is meant for where the clock stands now.
        standing = str((cohort.clock_ahead or timedelta()).total_seconds())
        form.data = {**form.data.dict(), "ahead": standing}  # type: ignore[attr-defined]
    found = paginate(request, told_in(cohort), SHOWN)
    rows = [{"row": one, "text": body_of(one), "to": str(one.person or one.address)} for one in found.rows]
    context = {
        "cohort": cohort, "tabs": tabs(request, cohort, "as-of"), "tone": TONES[cohort.state], "form": form,
        "now": now_of(cohort), "rows": rows, "found": found, "steps": list(STEPS),
        "coming": [
            {"what": one.what, "day": one.day.astimezone(cohort.zone), "moment": one.day} for one in coming(cohort)
        ],
    }  # fmt: skip
    with timezone.override(cohort.zone):
        return render(request, "home/as_of.html", context, status=status)


@require_POST
@login_required
def real_time(request: Request, slug: str) -> HttpResponse:
    """Who takes part goes back to the real time, or again by the clock of the test cohort."""
    if request.user.test_cohort != slug:
        raise Http404
    if request.session.pop(KEY, None) is None:
        request.session[KEY] = True
    return redirect("home:home")
