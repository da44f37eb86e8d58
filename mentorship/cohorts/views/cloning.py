"""A new cohort from an earlier one: what will be made is shown with its dates, then made."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from mentorship.cohorts import cloning
from mentorship.cohorts.forms_setup import CloneForm
from mentorship.cohorts.models import Cohort
from mentorship.cohorts.views.frame import administered, page
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


@require_http_methods(["GET", "POST"])
@login_required
def clone(request: Request, slug: str) -> HttpResponse:
    source = administered(request, slug)
    form = CloneForm(source, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return show(request, source, form)
    if not form.is_valid():
        return show(request, source, form, 422)
    # htmx sends along the button that was pressed last, though it only asks for the dates.
    if "make" not in request.POST or request.htmx:
        return show(request, source, form)
    try:
        made = cloning.clone(form.plan(), by=request.user)
    except Refused as refusal:
        form.add_error("slug" if refusal.code == "slug_taken" else None, refusal.message)
        return show(request, source, form, 409)
    messages.success(request, f"{made} is a draft now. Look through its four steps, then open it.")
    return redirect("cohorts:set_up", made.slug, 1)


def show(request: Request, source: Cohort, form: CloneForm, status: int = 200) -> HttpResponse:
    plan = form.plan()
    return page(request, "clone.html", source, "edit", status, form=form, plan=plan, parts=cloning.preview(plan))
