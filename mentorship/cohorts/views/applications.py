"""One's own application: asking, changing, taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms import ApplicationForm
from mentorship.cohorts.models import Application, Cohort
from mentorship.cohorts.views.frame import answers_of
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


def own(request: Request, slug: str) -> Application:
    """The reader's latest application to this cohort, or 404."""
    rows = Application.objects.filter(person=request.user, cohort__slug=slug).exclude(cohort__state="draft")
    found = rows.select_related("cohort__stream").order_by("-pk").first()
    return found or get_object_or_404(rows.none())


@require_http_methods(["GET", "POST"])
@login_required
def apply(request: Request, slug: str) -> HttpResponse:
    """The form; while nobody has decided, the same form changes what was sent."""
    found = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("stream"), slug=slug)
    row = Application.objects.live().filter(person=request.user, cohort=found).first()
    form = ApplicationForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            if row:
                row.edit(by=request.user, answers=form.answers())
                messages.success(request, "Your application is changed.")
            else:
                Application.apply(cohort=found, person=request.user, answers=form.answers())
                messages.success(request, "Your application is in. You are told as soon as it is decided.")
            return redirect("cohorts:application", slug)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    open_to = found.takes_applications() or (row is not None and row.is_undecided)
    if request.method == "GET" and not open_to:
        return redirect("cohorts:cohort", slug)
    context = {"cohort": found, "form": form, "application": row}
    return render(request, "cohorts/apply.html", context, status=422 if form.is_bound else 200)


@require_safe
@login_required
def application(request: Request, slug: str) -> HttpResponse:
    row = own(request, slug)
    context = {"application": row, "cohort": row.cohort, "answers": answers_of(row), "place": row.place()}
    return render(request, "cohorts/application.html", context)


@require_POST
@login_required
def withdraw(request: Request, slug: str) -> HttpResponse:
    row = own(request, slug)
    try:
        row.withdraw(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Your application is withdrawn.")
    return redirect("cohorts:application", slug)
