"""Several reviewers: who they are, what each thinks, and applicants side by side."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.been_here import been_here, in_short
from mentorship.cohorts.forms_triage import COMPARED, DecisionForm, ScoreForm
from mentorship.cohorts.models import Application, ApplicationAnswer, ApplicationScore, Membership
from mentorship.cohorts.reviewing import scores_of, unscored
from mentorship.cohorts.views.frame import Roster, administered, page, standard_labels, triaged
from mentorship.cohorts.views.triage import read_application, show, tools
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


@require_POST
@login_required
def score(request: Request, slug: str, pk: int) -> HttpResponse:
    """Give a score; the page then shows the others'."""
    row, form = read_application(request, slug, pk), ScoreForm(request.POST)
    decision = DecisionForm(initial={"note": row.decision_note})
    if not form.is_valid():
        return show(request, row, decision, 422, form)
    try:
        ApplicationScore.give(row, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, read_application(request, slug, pk), decision, 409, form)
    messages.success(request, "Your score is kept.")
    return redirect(reverse("cohorts:decide", args=[slug, pk]) + "#scores")


@require_safe
@login_required
def next_unscored(request: Request, slug: str) -> HttpResponse:
    """On to the next one that waits and has no score of the reader's."""
    cohort = triaged(request, slug)
    row = unscored(cohort.applications, request.user).first()
    if row:
        return redirect("cohorts:decide", slug, row.pk)
    messages.success(request, "You have scored every application that waits.")
    return redirect("cohorts:applications", slug)


@require_safe
@login_required
def compare(request: Request, slug: str) -> HttpResponse:
    """The answers of a few applicants beside each other, question by question."""
    cohort = triaged(request, slug)
    numbers = [int(text) for text in request.GET.getlist("chosen") if text.isascii() and text.isdigit()]
    numbers = [number for number in numbers if number < 2**63][: COMPARED + 1]
    found = {row.pk: row for row in cohort.applications.filter(pk__in=numbers).select_related("person")}
    rows = [found[number] for number in dict.fromkeys(numbers) if number in found]
    shown = rows[:COMPARED]
    scores, before, names = scores_of(shown, request.user), been_here(shown), Roster(request.user)
    base = reverse("cohorts:applications", args=[slug])
    people = [
        {
            "pk": row.pk, "name": str(row.person), "url": f"{base}{row.pk}/", "state": row.get_state_display(),
            "scores": scores[row.pk].badge, "before": in_short(before[row.pk]),
            "profile": names.person(row.person)["url"],
        }
        for row in shown
    ]  # fmt: skip
    return page(
        request, "compare.html", cohort, "applications", people=people, asked=side_by_side(shown),
        too_many=len(rows) > COMPARED, most=COMPARED, **tools(request, cohort),
    )  # fmt: skip


def side_by_side(rows: list[Application]) -> list[dict[str, Any]]:
    """Each question with what each of `rows` answered, '' for nothing."""
    asked = [
        {"label": label, "link": name == "link", "said": [(str(row.person), getattr(row, name)) for row in rows]}
        for name, label in standard_labels().items()
    ]
    own = ApplicationAnswer.objects.filter(application__in=rows).select_related("question")
    questions: dict[int, Any] = {}
    texts: dict[tuple[int, int], str] = {}
    for answer in own.order_by("question__position", "question_id"):
        questions[answer.question_id] = answer.question
        texts[answer.question_id, answer.application_id] = answer.text
    for pk, question in questions.items():
        said = [(str(row.person), texts.get((pk, row.pk), "")) for row in rows]
        asked.append({"label": question.label, "link": question.kind == question.Kind.LINK, "said": said})
    return asked


@require_safe
@login_required
def reviewers(request: Request, slug: str) -> HttpResponse:
    """Which mentors of the cohort read its applications beside the admins."""
    cohort = administered(request, slug)
    mentors = cohort.memberships.mentors().select_related("person").order_by("person__name", "pk")
    base = reverse("cohorts:reviewers", args=[slug])
    rows = [
        {"name": str(row.person), "url": f"{base}{row.pk}/", "named": row.reviews_applications, "pk": row.pk}
        for row in mentors
    ]
    return page(request, "reviewers.html", cohort, "applications", rows=rows)


@require_POST
@login_required
def name_reviewer(request: Request, slug: str, pk: int) -> HttpResponse:
    """Ask a mentor to read applications, or with `named=0` ask them no more."""
    cohort = administered(request, slug)
    row = get_object_or_404(
        Membership.objects.mentors().filter(cohort=cohort).select_related("person", "cohort"), pk=pk
    )
    named = request.POST.get("named") != "0"
    try:
        row.name_reviewer(named, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{row.person} {'reads applications now' if named else 'reads them no more'}.")
    return redirect("cohorts:reviewers", slug)
