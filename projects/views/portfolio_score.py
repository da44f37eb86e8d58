"""One's own score: facts are ticked, the sum answers at once. Nobody else sees it unless its owner shows it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from projects.models import OtherWork, Portfolio, PortfolioProject
from projects.portfolio.forms import OtherWorkForm, TickForm
from projects.portfolio.pages import score_context, score_for, sum_context, works_of
from projects.portfolio.tables import Table, tables


def known(key: str) -> Table:
    if key not in tables():
        raise Http404
    return tables()[key]


@require_safe
@login_required
def start(request: Request) -> HttpResponse:
    """The table of the roles that one aims at."""
    return redirect("projects:my_score_in", Portfolio.of(request.user).table.key)


@require_safe
@login_required
def score(request: Request, table: str) -> HttpResponse:
    return show(request, known(table))


def show(request: Request, table: Table, form: OtherWorkForm | None = None, status: int = 200) -> HttpResponse:
    context = score_context(Portfolio.of(request.user), table) | {"form": form or OtherWorkForm()}
    return render(request, "projects/portfolio/score.html", context, status=status)


@require_POST
@login_required
def tick_project(request: Request, table: str, pk: int) -> HttpResponse:
    rows = PortfolioProject.objects.of(request.user).filter(shown=True)
    return tick(request, known(table), get_object_or_404(rows, pk=pk))


@require_POST
@login_required
def tick_work(request: Request, table: str, pk: int) -> HttpResponse:
    return tick(request, known(table), get_object_or_404(OtherWork, portfolio__person=request.user, pk=pk))


def tick(request: Request, table: Table, work: PortfolioProject | OtherWork) -> HttpResponse:
    """Keep what is ticked of one work; the answer is the sum, alone for htmx."""
    form = TickForm(request.POST, table=table, work=work)
    if not form.is_valid() and not request.htmx:
        messages.error(request, "This table has no such kind of work, or no such fact. Choose again.")
        return show(request, table, status=422)
    if form.is_valid():
        kind, facts = form.cleaned_data["kind"], set(form.cleaned_data["facts"])
        work.tick(by=request.user, table=table, kind=kind, facts=facts)
    if request.htmx:
        context = sum_context(score_for(table, works_of(Portfolio.of(request.user))))
        return render(request, "projects/portfolio/_sum.html", context, status=422 if form.errors else 200)
    return redirect("projects:my_score_in", table.key)


@require_POST
@login_required
def add_work(request: Request, table: str) -> HttpResponse:
    """Count a work from outside of the program."""
    found = known(table)
    form = OtherWorkForm(request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    try:
        OtherWork.add(by=request.user, title=form.cleaned_data["title"])
    except Refused as refusal:
        form.add_error("title", refusal.message)
        return show(request, found, form, status=409)
    return redirect("projects:my_score_in", found.key)


@require_POST
@login_required
def remove_work(request: Request, table: str, pk: int) -> HttpResponse:
    found = known(table)
    get_object_or_404(OtherWork, portfolio__person=request.user, pk=pk).remove(by=request.user)
    return redirect("projects:my_score_in", found.key)
