"""Asking for another mentor, or that somebody else mentors; and an admin's no. The yes is a reassignment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms_swap import DeclineForm, SwapForm
from mentorship.cohorts.models import Assignment, Cohort, Swap
from mentorship.cohorts.views.assignments import found_assignment, show_assignment
from mentorship.cohorts.views.frame import administered, belonging, page
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


def own_pairs(request: Request, cohort: Cohort) -> QuerySet[Assignment]:
    """The reader's assignments there that have not ended, as either of the two."""
    mine = Q(mentee__person=request.user) | Q(mentor__person=request.user)
    rows = Assignment.objects.active().filter(mine, cohort=cohort)
    return rows.select_related("mentee__person", "mentor__person").order_by("mentee__person__name", "pk")


@require_safe
@login_required
def another_mentor(request: Request, slug: str) -> HttpResponse:
    return show(request, belonging(request, slug))


def show(
    request: Request, cohort: Cohort, typed: SwapForm | None = None, of: int = 0, status: int = 200
) -> HttpResponse:
    """The reader's pairs with what they asked about each; `typed` is what was wrong about the pair `of`."""
    pairs = list(own_pairs(request, cohort))
    if not pairs:
        raise Http404
    asked = {row.assignment_id: row for row in Swap.objects.filter(asked_by=request.user, assignment__in=pairs)}
    rows = [
        {
            "pair": pair,
            "other": pair.mentor.person if pair.mentee.person_id == request.user.pk else pair.mentee.person,
            "as_mentee": pair.mentee.person_id == request.user.pk,
            "asked": asked.get(pair.pk),
            "form": typed if typed and pair.pk == of else SwapForm(auto_id=f"swap-{pair.pk}-%s"),
        }
        for pair in pairs
    ]
    return page(request, "another_mentor.html", cohort, "cohort", status, rows=rows)


@require_POST
@login_required
def ask(request: Request, slug: str, pk: int) -> HttpResponse:
    cohort = belonging(request, slug)
    pair = get_object_or_404(own_pairs(request, cohort), pk=pk)
    form = SwapForm(request.POST, auto_id=f"swap-{pair.pk}-%s")
    if not form.is_valid():
        return show(request, cohort, form, pair.pk, 422)
    try:
        Swap.ask(assignment=pair, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, cohort, form, pair.pk, 409)
    messages.success(request, "The admins look into it. Nobody else is told.")
    return redirect("cohorts:another_mentor", slug)


@require_POST
@login_required
def take_back(request: Request, slug: str, pk: int) -> HttpResponse:
    rows = Swap.objects.filter(assignment__cohort=belonging(request, slug), asked_by=request.user)
    get_object_or_404(rows, pk=pk).withdraw(by=request.user)
    messages.success(request, "Taken back. Everything stays as it is.")
    return redirect("cohorts:another_mentor", slug)


@require_POST
@login_required
def keep_pair(request: Request, slug: str, pk: int) -> HttpResponse:
    """An admin's no, with a word on why."""
    cohort = administered(request, slug)
    row = get_object_or_404(Swap.objects.filter(assignment__cohort=cohort).select_related("asked_by"), pk=pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return show_assignment(request, found_assignment(request, slug, row.assignment_id), keep=form, status=422)
    row.decline(by=request.user, note=form.cleaned_data["note"])
    messages.success(request, f"The pair stays, and {row.asked_by} is told why.")
    return redirect("cohorts:assignment", slug, row.assignment_id)
