"""Questions and answers of a cohort, and those of earlier cohorts of its stream."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms_talk import AnswerForm, QuestionForm
from mentorship.cohorts.models import Answer, Cohort, CohortQuestion
from mentorship.cohorts.models.question import seat_in
from mentorship.cohorts.views.announcements import field_of
from mentorship.cohorts.views.frame import belonging, page
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.rendering.worded import ChangedThere
from mentorship.common.times import time_html
from mentorship.people.requests import Request

LONGEST_SEARCH, LIKE = 200, 5


def in_stream(cohort: Cohort) -> Any:
    """What stands in this cohort and in the others of its stream."""
    return CohortQuestion.objects.filter(cohort__stream=cohort.stream_id).standing().defer("words", "text", "html")


def row_of(row: Any, cohort: Cohort) -> dict[str, Any]:
    base = f"{cohort.get_absolute_url()}asked/"
    return {
        "title": row.title, "url": f"{base}{row.pk}/", "by": row.asker, "at": time_html(row.created_at),
        "answers": row.count, "accepted": row.accepted_id is not None,
        "cohort": row.cohort.name if row.cohort_id != cohort.pk else "",
    }  # fmt: skip


def listed(rows: Any) -> Any:
    count = Count("answers", filter=Q(answers__deleted_at=None))
    return rows.select_related("author", "seat", "cohort").annotate(count=count)


@require_safe
@login_required
def questions(request: Request, slug: str) -> HttpResponse:
    """Those of this cohort, the newest first; searched, those of the stream's other cohorts too."""
    cohort = belonging(request, slug)
    text, everywhere = request.GET.get("q", "").strip()[:LONGEST_SEARCH], request.GET.get("where") == "stream"
    rows = in_stream(cohort) if text or everywhere else in_stream(cohort).filter(cohort=cohort)
    rows = rows.search(text) if text else rows.order_by("-pk")
    found = paginate(request, listed(rows), 20)
    found.rows = [row_of(row, cohort) for row in found]
    return page(
        request, "asked_list.html", cohort, "asked", page=found, q=text, everywhere=everywhere,
        may_ask=seat_in(cohort, request.user) is not None and cohort.state != Cohort.State.ARCHIVED,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: Request, slug: str) -> HttpResponse:
    cohort = belonging(request, slug)
    if seat_in(cohort, request.user) is None:
        raise Http404
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = CohortQuestion.ask(cohort, by=request.user, title=data["title"], text=data["text"])
        except Refused as refusal:
            form.add_error(field_of(refusal, form), refusal.message)
        else:
            return redirect(row)
    return page(request, "ask.html", cohort, "asked", 422 if form.is_bound else 200, form=form)


@require_safe
@login_required
def like(request: Request, slug: str) -> HttpResponse:
    """What may ask the same as the title that is being typed: a part of the page that asks."""
    cohort = belonging(request, slug)
    title = request.GET.get("title", "").replace("\x00", "")[:LONGEST_SEARCH]
    rows = listed(in_stream(cohort).like(title))[:LIKE]
    return render(request, "cohorts/_like.html", {"rows": [row_of(row, cohort) for row in rows]})


def found_question(request: Request, slug: str, pk: int) -> tuple[Cohort, CohortQuestion]:
    """A question of the stream, read in the reader's own cohort."""
    cohort = belonging(request, slug)
    rows = CohortQuestion.objects.filter(cohort__stream=cohort.stream_id).defer("words")
    return cohort, get_object_or_404(rows.select_related("author", "seat", "cohort__stream"), pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def question(request: Request, slug: str, pk: int) -> HttpResponse:
    """The question, its answers, and an answer of one's own."""
    cohort, row = found_question(request, slug, pk)
    may_answer = request.user.is_admin or seat_in(row.cohort, request.user) is not None
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and not may_answer:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            made = row.answer(by=request.user, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", refusal.message)
        else:
            return redirect(f"{cohort.get_absolute_url()}asked/{pk}/#answer-{made.pk}")
    base = f"{cohort.get_absolute_url()}asked/{pk}/"
    own = row.author_id == request.user.pk
    return page(
        request, "asked.html", cohort, "asked", 422 if form.is_bound else 200, question=row, base=base,
        asked=time_html(row.created_at), from_cohort=row.cohort.name if row.cohort_id != cohort.pk else "",
        answers=answers_of(request, row, base), form=form if may_answer and not row.deleted_at else None,
        own=own and not row.deleted_at, may_remove=(own or request.user.is_admin) and not row.deleted_at,
        may_accept=row.may_accept(request.user) and not row.deleted_at, earlier=earlier_of(row),
    )  # fmt: skip


def answers_of(request: Request, row: CohortQuestion, base: str) -> list[dict[str, Any]]:
    """The answers, the accepted one first."""
    rows = [
        {
            "pk": one.pk, "by": one.answerer, "at": time_html(one.created_at), "html": one.html,
            "accepted": one.pk == row.accepted_id, "edited": bool(one.edits), "deleted": bool(one.deleted_at),
            "own": one.author_id == request.user.pk and not one.deleted_at,
            "may_remove": (one.author_id == request.user.pk or request.user.is_admin) and not one.deleted_at,
            "base": f"{base}answers/{one.pk}/",
        }
        for one in row.answers.defer("words").select_related("author", "seat")
    ]  # fmt: skip
    return sorted(rows, key=lambda one: not one["accepted"])


def earlier_of(row: CohortQuestion) -> list[dict[str, Any]]:
    """What question and answers said before."""
    from mentorship.cohorts.models import EarlierText

    rows = EarlierText.objects.filter(Q(cohortquestion=row) | Q(answer__question=row)).select_related("replaced_by")
    shown = [(f"{was.title}\n\n{was.text}" if was.title else was.text, was) for was in rows]
    return [{"text": text, "by": str(was.replaced_by), "at": was.replaced_at} for text, was in shown]


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, slug: str, pk: int, answer: int | None = None) -> HttpResponse:
    """Other words for one's own question or answer."""
    cohort, asked = found_question(request, slug, pk)
    row: Any = asked if answer is None else get_object_or_404(asked.answers, pk=answer)
    if row.author_id != request.user.pk or row.deleted_at:
        raise Http404
    begin = {"text": row.text, "version": row.edits} | ({} if answer else {"title": asked.title})
    form = (AnswerForm if answer else QuestionForm)(request.POST or None, initial=begin)
    status, saved = 422, ""
    if request.method == "POST" and form.is_valid():
        try:
            row.edit(by=request.user, **form.cleaned_data)
        except ChangedThere as refusal:
            form.add_error(None, f"{refusal.message} What was saved there stands below.")
            status, saved = 409, refusal.saved
        except Refused as refusal:
            form.add_error(field_of(refusal, form), refusal.message)
        else:
            return redirect(f"{cohort.get_absolute_url()}asked/{pk}/")
    status = status if form.is_bound else 200
    return page(request, "asked_edit.html", cohort, "asked", status, form=form, question=asked, saved=saved)


@require_POST
@login_required
def remove(request: Request, slug: str, pk: int, answer: int | None = None) -> HttpResponse:
    cohort, asked = found_question(request, slug, pk)
    row: Any = asked if answer is None else get_object_or_404(asked.answers, pk=answer)
    if row.author_id != request.user.pk and not request.user.is_admin:
        raise Http404
    return verb(request, lambda: row.remove(by=request.user), "Deleted.", f"{cohort.get_absolute_url()}asked/")


@require_POST
@login_required
def accept(request: Request, slug: str, pk: int, answer: int, accepts: bool) -> HttpResponse:
    """This answer helps most, or not any more."""
    cohort, asked = found_question(request, slug, pk)
    if not asked.may_accept(request.user):
        raise Http404
    row: Answer = get_object_or_404(asked.answers, pk=answer)
    back = f"{cohort.get_absolute_url()}asked/{pk}/"
    return verb(request, lambda: asked.accept(row if accepts else None, by=request.user), "Kept.", back)


def verb(request: Request, call: Any, done: str, back: str) -> HttpResponse:
    try:
        call()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect(back)
