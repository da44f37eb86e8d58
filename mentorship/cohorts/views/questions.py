"""The questions that a cohort asks beside the standard ones, as its admins word them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.cohorts.forms_application import QuestionForm
from mentorship.cohorts.models import ApplicationQuestion, Cohort
from mentorship.cohorts.views.frame import administered, page, standard_labels
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


@require_http_methods(["GET", "POST"])
@login_required
def questions(request: Request, slug: str) -> HttpResponse:
    """The form as it is asked now, and one more question."""
    cohort = administered(request, slug)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ApplicationQuestion.ask(cohort=cohort, by=request.user, **form.values())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "The question stands at the end of the form.")
            return redirect("cohorts:questions", slug)
    return show(request, cohort, form, 422 if request.method == "POST" else 200)


def show(request: Request, cohort: Cohort, form: QuestionForm, status: int = 200) -> HttpResponse:
    rows = list(cohort.application_questions.asked().annotate(answered=Count("answers")))
    retired = cohort.application_questions.exclude(retired_at=None).order_by("position", "pk")
    base = reverse("cohorts:questions", args=[cohort.slug])
    return page(
        request, "questions.html", cohort, "edit", status, form=form, standard=list(standard_labels().values()),
        rows=[line(row, base, number == len(rows)) for number, row in enumerate(rows, 1)], retired=retired,
        over=cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED),
    )  # fmt: skip


def line(row: Any, base: str, last: bool) -> dict[str, Any]:
    parts = [row.get_kind_display(), "must be answered" if row.required else "", ", ".join(row.choices)]
    if row.answered:
        parts.append(f"{row.answered} answer{'' if row.answered == 1 else 's'}")
    return {
        "pk": row.pk, "label": row.label, "meta": " · ".join(part for part in parts if part),
        "url": f"{base}{row.pk}/", "last": last, "answered": row.answered,
    }  # fmt: skip


def asked(request: Request, slug: str, pk: int) -> ApplicationQuestion:
    """A question that stands in the form, for an admin."""
    rows = ApplicationQuestion.objects.asked().filter(cohort__in=Cohort.objects.administered_by(request.user))
    return get_object_or_404(rows.select_related("cohort__stream"), cohort__slug=slug, pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def question(request: Request, slug: str, pk: int) -> HttpResponse:
    """Word one anew."""
    row = asked(request, slug, pk)
    form = QuestionForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            asked(request, slug, pk).change(by=request.user, **form.values())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Saved.")
            return redirect("cohorts:questions", slug)
    status = 422 if request.method == "POST" else 200
    answered = row.is_answered()
    return page(request, "question.html", row.cohort, "edit", status, form=form, question=row, answered=answered)


@require_POST
@login_required
def move(request: Request, slug: str, pk: int) -> HttpResponse:
    """One place up, or with `step=1` down."""
    row = asked(request, slug, pk)
    try:
        row.move(1 if request.POST.get("step") == "1" else -1, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(reverse("cohorts:questions", args=[slug]) + f"#question-{pk}")


@require_POST
@login_required
def remove(request: Request, slug: str, pk: int) -> HttpResponse:
    row = asked(request, slug, pk)
    try:
        gone = row.remove(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        kept = "" if gone else " The answers that were given stay with their applications."
        messages.success(request, f"“{row.label}” is asked no more.{kept}")
    return redirect("cohorts:questions", slug)
