"""One's own portfolio: what stands on it, in which order, and for whom. Others see it in `home.portfolio`."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.people.requests import Request
from projects.models import ChangedMeanwhile, Portfolio, PortfolioProject, Submission
from projects.models.portfolio_project import WRITE_UP_LEVEL
from projects.portfolio.forms import PortfolioForm, ProjectForm
from projects.portfolio.pages import page_context


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def portfolio(request: Request) -> HttpResponse:
    """The projects on it, those that could be, and who may open it."""
    mine = Portfolio.of(request.user)
    form = PortfolioForm(request.POST if request.method == "POST" else None, portfolio=mine)
    more: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            mine.change(by=request.user, **form.cleaned_data)
        except ChangedMeanwhile as conflict:
            form.changed_meanwhile("about", conflict.saved.version)
            more["saved"] = conflict.saved
        except Refused as refusal:
            form.add_error("about", refusal.message)
        else:
            messages.success(request, said_of(mine))
            return redirect("projects:my_portfolio")
    status = 409 if "saved" in more else 422 if form.errors else 200
    return render(request, "projects/portfolio/mine.html", page_context(mine) | more, status=status)


def said_of(mine: Portfolio) -> str:
    readers = {
        "private": "Only you see it.",
        "program": "Who is signed in may open it.",
        "public": "Everyone may open it.",
    }
    return f"Saved. {readers[mine.visibility]}"


@require_POST
@login_required
def add(request: Request, pk: int) -> HttpResponse:
    """Put an accepted submission on one's portfolio, then say what it is about."""
    found = get_object_or_404(Submission.objects.accepted_of(request.user), pk=pk)
    return redirect("projects:my_portfolio_project", PortfolioProject.add(found, by=request.user).pk)


def own(request: Request, pk: int) -> PortfolioProject:
    rows = PortfolioProject.objects.of(request.user).select_related("submission__project", "portfolio__person")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project(request: Request, pk: int) -> HttpResponse:
    """One project as it is presented."""
    row = own(request, pk)
    context: dict[str, Any] = {"row": row}
    if request.method != "POST":
        context["form"] = ProjectForm(project=row)
        return render(request, "projects/portfolio/project.html", context)
    form = context["form"] = ProjectForm(request.POST, project=row)
    if "preview" in request.POST:
        return previewed(request, context)
    if form.is_valid():
        try:
            row.change(by=request.user, **form.cleaned_data)
        except ChangedMeanwhile as conflict:
            form.changed_meanwhile(None, conflict.saved.version)
            context["saved"] = conflict.saved
        except Refused as refusal:
            form.add_error("write_up", refusal.message)
        else:
            messages.success(request, f"Saved. {where_it_stands(row)}")
            return redirect("projects:my_portfolio")
    status = 409 if "saved" in context else 422
    return render(request, "projects/portfolio/project.html", context, status=status)


def where_it_stands(row: PortfolioProject) -> str:
    if not row.shown:
        return "It is hidden."
    if row.portfolio.visibility == Portfolio.Visibility.PRIVATE:
        return "It stands on your portfolio, which only you see yet."
    return "It stands on your portfolio."


def previewed(request: Request, context: dict[str, Any]) -> HttpResponse:
    """The write-up as readers will see it; alone for htmx, else with the form as it was typed."""
    context["previewed"] = True
    try:
        context["preview"] = render_markdown(request.POST.get("write_up", ""), heading_level=WRITE_UP_LEVEL + 1)
    except RenderError as error:
        context["preview_error"] = error.message
    if request.htmx:
        return render(request, "projects/_preview.html", context)
    # Only the text is looked at: what is missing elsewhere is not an error yet.
    form = context["form"]
    form.is_bound, form.initial = False, request.POST.dict()
    return render(request, "projects/portfolio/project.html", context)


@require_POST
@login_required
def move(request: Request, pk: int) -> HttpResponse:
    """One place up or down."""
    own(request, pk).move(by=request.user, places=-1 if request.POST.get("direction") == "up" else 1)
    if request.htmx:
        context = page_context(Portfolio.of(request.user)) | {"moved": pk}
        return render(request, "projects/portfolio/_projects.html", context)
    return redirect("projects:my_portfolio")
