"""The report of a cohort, and of one mentor in it: as a page, which prints, and as CSV."""

import csv
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentorship.cohorts.forms import DayInput
from mentorship.cohorts.models import Cohort, Membership
from mentorship.cohorts.views.frame import TONES, tabs
from mentorship.common import clock
from mentorship.common.cells import defuse
from mentorship.home.cockpit.report import ENOUGH, Line, report_of
from mentorship.people.requests import Request

LONGEST = 3660  # days


class PeriodForm(forms.Form):
    """From when to when, and for admins about which mentor."""

    first = forms.DateField(label="First day", widget=DayInput)
    last = forms.DateField(label="Last day", widget=DayInput)
    mentor = forms.ModelChoiceField(Membership.objects.none(), required=False, empty_label="The whole cohort")

    def __init__(self, *args: Any, cohort: Cohort, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = cohort.memberships.filter(role=Membership.Role.MENTOR).select_related("person")
        field: Any = self.fields["mentor"]
        field.queryset = seats.order_by("person__name", "pk") if reader.is_admin else seats.filter(person=reader)
        field.label_from_instance = lambda seat: str(seat.person)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day comes before the first.")
        elif first and last and ((last - first).days > LONGEST or not 1990 < first.year <= last.year < 2200):
            self.add_error("last", "Choose a period of ten years at most.")
        return data


@dataclass(frozen=True)
class Asked:
    """What somebody may read, and asked for; `lines` is None while the period cannot be."""

    cohort: Cohort
    form: PeriodForm
    mentor: Membership | None
    lines: list[Line] | None


def asked(request: Request, slug: str) -> Asked:
    """Admins read of the cohort and of any of its mentors; a mentor of themselves; nobody else finds it."""
    cohort = get_object_or_404(Cohort.objects.followed_by(request.user).select_related("stream"), slug=slug)
    today = timezone.localdate(clock.now(), cohort.zone)
    usual = {"first": min(cohort.starts_on, today), "last": min(max(cohort.starts_on, today), cohort.ends_on)}
    given = {name: request.GET[name] for name in ("first", "last", "mentor") if name in request.GET}
    form = PeriodForm(
        {name: day.isoformat() for name, day in usual.items()} | given, cohort=cohort, reader=request.user
    )
    if not form.is_valid():
        return Asked(cohort, form, None, None)
    mentor = form.cleaned_data["mentor"]
    if not request.user.is_admin:
        mentor = cohort.memberships.mentors().filter(person=request.user).select_related("person").first()
        if mentor is None:
            raise Http404
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    return Asked(cohort, form, mentor, report_of(cohort, first, last, clock.now(), mentor))


@require_safe
@login_required
def report(request: Request, slug: str) -> HttpResponse:
    found = asked(request, slug)
    cohort = found.cohort
    context = {
        "cohort": cohort, "tabs": tabs(request, cohort, "cockpit"), "tone": TONES[cohort.state],
        "form": found.form, "lines": found.lines, "mentor": found.mentor, "enough": ENOUGH,
        "first": found.form.cleaned_data.get("first"), "last": found.form.cleaned_data.get("last"),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "home/cockpit/report.html", context, status=422 if found.lines is None else 200)


@require_safe
@login_required
def report_csv(request: Request, slug: str) -> HttpResponse:
    """The same rows as a file; a period that cannot be shows the page with what is wrong."""
    found = asked(request, slug)
    if found.lines is None:
        return report(request, slug)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="report-{found.cohort.slug}.csv"'
    answer["Cache-Control"] = "private, no-store"
    writer = csv.writer(answer)
    days: list[date] = [found.form.cleaned_data["first"], found.form.cleaned_data["last"]]
    about = [found.cohort.name, str(found.mentor.person) if found.mentor else ""]
    writer.writerow(["cohort", "mentor", "first_day", "last_day", "measure", "value"])
    for line in found.lines:
        writer.writerow([*map(defuse, about), *(day.isoformat() for day in days), line.key, line.value])
    return answer
