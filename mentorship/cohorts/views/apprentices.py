"""Graduates of upper streams who mentor as apprentices, who countersigns for each, and who could be asked."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms_apprentices import ApprenticeForm, CountersignerForm, EndApprenticeshipForm
from mentorship.cohorts.models import Apprenticeship, Cohort
from mentorship.cohorts.views.frame import Roster, administered, page
from mentorship.common.errors import Refused
from mentorship.common.times import time_html
from mentorship.people.requests import Request


@require_safe
@login_required
def apprentices(request: Request, slug: str) -> HttpResponse:
    return show(request, administered(request, slug))


def show(
    request: Request,
    cohort: Cohort,
    status: int = 200,
    take: ApprenticeForm | None = None,
    of_row: tuple[int, forms.Form] | None = None,
) -> HttpResponse:
    """The page, with a form that was not accepted: the one to `take`, or one `of_row` (its key and the form)."""
    rows = list(cohort.apprenticeships.all().with_people().order_by("membership__person__name", "pk"))
    form = take or ApprenticeForm(cohort=cohort, auto_id="take-%s")
    # Each list of choices is read once, for every form on the page.
    countersigners = list(form.fields["countersigner"].choices)  # type: ignore[attr-defined]
    graduates = list(form.fields["outcome"].choices)  # type: ignore[attr-defined]
    form.fields["countersigner"].widget.choices = countersigners
    form.fields["outcome"].widget.choices = graduates
    roster = Roster(request.user)
    return page(
        request, "apprentices.html", cohort, "assignments", status, form=form,
        countersigners=len(countersigners) > 1, graduates=len(graduates) > 1,
        active=[active_row(roster, row, countersigners, of_row) for row in rows if row.ended_at is None],
        earlier=[ended_row(roster, row) for row in rows if row.ended_at is not None],
    )  # fmt: skip


def common_row(roster: Roster, row: Apprenticeship) -> dict[str, Any]:
    return {
        "pk": row.pk, "person": roster.person(row.membership.person), "since": time_html(row.started_at),
        "graduated": str(row.outcome.membership.cohort),
        "countersigner": roster.person(row.countersigner.person) if row.countersigner else None,
    }  # fmt: skip


def active_row(
    roster: Roster, row: Apprenticeship, countersigners: list[Any], of_row: tuple[int, forms.Form] | None
) -> dict[str, Any]:
    typed = of_row[1] if of_row and of_row[0] == row.pk else None
    end = typed if isinstance(typed, EndApprenticeshipForm) else EndApprenticeshipForm(auto_id=f"end-{row.pk}-%s")
    chosen = row.countersigner_id
    return common_row(roster, row) | {
        "choices": [(value, label, str(value) == str(chosen or "")) for value, label in countersigners],
        "problem": " ".join(str(said) for errors in typed.errors.values() for said in errors)
        if isinstance(typed, CountersignerForm) else "",
        "closed": row.countersigner is not None and not row.countersigner.person.is_active,
        "end": end, "ending": typed is end,
        "name_url": reverse("cohorts:name_countersigner", args=[row.cohort.slug, row.pk]),
        "end_url": reverse("cohorts:end_apprenticeship", args=[row.cohort.slug, row.pk]),
    }  # fmt: skip


def ended_row(roster: Roster, row: Apprenticeship) -> dict[str, Any]:
    why = f"{row.ended_by}: {row.reason}" if row.reason else row.get_how_display()
    return common_row(roster, row) | {"until": time_html(row.ended_at), "why": why}


@require_POST
@login_required
def take(request: Request, slug: str) -> HttpResponse:
    cohort = administered(request, slug)
    form = ApprenticeForm(request.POST, cohort=cohort, auto_id="take-%s")
    if not form.is_valid():
        return show(request, cohort, 422, form)
    try:
        row = Apprenticeship.take(cohort, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, cohort, 409, form)
    messages.success(request, f"{row.membership.person} is an apprentice here; both are told.")
    return redirect("cohorts:apprentices", slug)


def standing(request: Request, slug: str, pk: int) -> Apprenticeship:
    rows = Apprenticeship.objects.active().filter(cohort=administered(request, slug))
    return get_object_or_404(rows.with_people(), pk=pk)


@require_POST
@login_required
def name_countersigner(request: Request, slug: str, pk: int) -> HttpResponse:
    row = standing(request, slug, pk)
    form = CountersignerForm(request.POST, cohort=row.cohort)
    if not form.is_valid():
        return show(request, row.cohort, 422, of_row=(pk, form))
    try:
        row.name_countersigner(form.cleaned_data["countersigner"], by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, row.cohort, 409, of_row=(pk, form))
    messages.success(
        request, f"{form.cleaned_data['countersigner'].person} countersigns now. Everyone concerned is told."
    )
    return redirect("cohorts:apprentices", slug)


@require_POST
@login_required
def end_apprenticeship(request: Request, slug: str, pk: int) -> HttpResponse:
    row = standing(request, slug, pk)
    form = EndApprenticeshipForm(request.POST, auto_id=f"end-{row.pk}-%s")
    if not form.is_valid():
        return show(request, row.cohort, 422, of_row=(pk, form))
    try:
        row.end(by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, row.cohort, 409, of_row=(pk, form))
    messages.success(request, f"{row.membership.person} needs no countersigning any more; both are told.")
    return redirect("cohorts:apprentices", slug)
