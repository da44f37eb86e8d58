"""Deciding many at once: first who and what each will read, then all of them or none."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentorship.cohorts import deciding
from mentorship.cohorts.forms_triage import ChosenForm
from mentorship.cohorts.models import Cohort
from mentorship.cohorts.views.frame import administered, page
from mentorship.cohorts.views.triage import BUTTONS, DONE
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


@require_POST
@login_required
def chosen(request: Request, slug: str) -> HttpResponse:
    """What would happen to each of those chosen; with `confirm` it happens to all of them, or to nobody."""
    cohort = administered(request, slug)
    form = ChosenForm(request.POST, cohort=cohort)
    if not form.is_valid():
        if "note" in form.errors and "chosen" not in form.errors and "verb" not in form.errors:
            return show(request, cohort, form, 422)
        said = form.errors.get("chosen") or ["Choose what to decide."]
        messages.error(request, str(said[0]))
        return redirect("cohorts:applications", slug)
    if "confirm" not in request.POST:
        return show(request, cohort, form)
    rows, verb, note = (form.cleaned_data[name] for name in ("chosen", "verb", "note"))
    try:
        numbers = [row.pk for row in rows]
        done = deciding.decide_all(cohort=cohort, applications=numbers, verb=verb, by=request.user, note=note)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, administered(request, slug), ChosenForm(request.POST, cohort=cohort), 409, refusal.message)
    people = "1 person is" if len(done) == 1 else f"{len(done)} people are"
    messages.success(request, f"{people} {DONE[verb]} and told so.")
    return redirect("cohorts:applications", slug)


def show(request: Request, cohort: Cohort, form: ChosenForm, status: int = 200, problem: str = "") -> HttpResponse:
    """Each of them with what happens and the mail that goes; who cannot be decided is left out by unticking."""
    form.is_valid()
    rows, verb = form.cleaned_data["chosen"], form.cleaned_data["verb"]
    reasons = deciding.hindrances(cohort, rows, verb)
    note = request.POST.get("note", "")[:2000].replace("\0", "")
    shown: list[dict[str, Any]] = [
        {
            "pk": row.pk, "name": str(row.person), "state": row.get_state_display(), "reason": reasons.get(row.pk, ""),
            "mail": None if row.pk in reasons else deciding.mail_of(row, verb, note),
        }
        for row in rows
    ]  # fmt: skip
    return page(
        request, "chosen.html", cohort, "applications", status, rows=shown, form=form, verb=verb, problem=problem,
        label=BUTTONS[verb], done=DONE[verb], going=len(rows) - len(reasons), kept_out=len(reasons),
        base=reverse("cohorts:applications", args=[cohort.slug]),
    )  # fmt: skip
