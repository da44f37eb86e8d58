"""The bank, looked through and taken up; and questions of one's own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.redirects import safe_next
from mentorship.common.rendering.worded import ChangedThere
from mentorship.common.times import time_html
from mentorship.people.requests import Request
from mentorship.study.models import Note
from mentorship.study.questions.finding import FilterForm, add_found, found, topics, with_cards
from mentorship.study.questions.forms import QuestionForm
from mentorship.study.questions.models import Card, Question
from mentorship.study.questions.models.attempt import Rating
from mentorship.study.questions.rows import in_words, labels, question_rows
from streams.models import Item

SHOWN = 25


@require_safe
@login_required
def questions(request: Request) -> HttpResponse:
    """The bank and one's own, by topic, round, level, item, role and words."""
    form = FilterForm(request.GET, topics=topics())
    rows = found(request.user, form.cleaned_data) if form.is_valid() else Question.objects.none()
    page = paginate(request, with_cards(rows.select_related("topic"), request.user), SHOWN)
    item = form.cleaned_data.get("item") if form.is_valid() else ""
    context = {
        "form": form, "page": page, "rows": question_rows(page.rows), "asked": any(request.GET.values()),
        "item": Item.objects.filter(key=item).select_related("stream").first() if item else None,
        "address": request.get_full_path(),
    }  # fmt: skip
    return render(request, "study/questions/questions.html", context)


@require_POST
@login_required
def add(request: Request) -> HttpResponse:
    """Practise one question, or all that the filters find."""
    one = request.POST.get("question", "")
    if one:
        pk = int(one) if one.isascii() and one.isdigit() and len(one) < 16 else 0
        question = get_object_or_404(Question.objects.asked_of(request.user), pk=pk)
        count = Card.add([question], by=request.user)
    else:
        form = FilterForm(filters(request.POST), topics=topics())
        count = add_found(request.user, form.cleaned_data) if form.is_valid() else 0
    said = (
        f"{count} question{'s' * (count != 1)} added to your cards." if count else "They are among your cards already."
    )
    messages.success(request, said)
    return redirect(safe_next(request, reverse("study:questions")))


def filters(sent: QueryDict) -> dict[str, Any]:
    return {name: sent.get(name, "") for name in FilterForm.base_fields}


@require_safe
@login_required
def question(request: Request, pk: int) -> HttpResponse:
    """One question: what a good answer covers, and what one answered so far."""
    row = get_object_or_404(Question.objects.visible_to(request.user).select_related("topic", "note"), pk=pk)
    now, card = clock.now(), Card.objects.visible_to(request.user).filter(question=row).first()
    items = row.items.published().select_related("stream")
    attempts = card.attempts.order_by("-pk")[:30] if card else []
    context = {
        "question": row, "labels": labels(row), "points": row.covers_html, "card": card,
        "items": [(item.title, item.get_absolute_url()) for item in items],
        "attempts": [
            {"label": Rating(a.rating).label, "when": time_html(a.at, now), "text": a.text, "seconds": a.seconds,
             "ticked": len(a.ticked), "points": a.points, "undone": a.undone_at}
            for a in attempts
        ],
        "back": in_words(now, card.due, request.user) if card and card.last_review else "",
    }  # fmt: skip
    return render(request, "study/questions/question.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def write(request: Request) -> HttpResponse:
    """A question of one's own, perhaps from a note; it becomes a card at once."""
    asked = request.POST.get("note", "") or request.GET.get("note", "")
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0
    note = Note.objects.visible_to(request.user).filter(pk=pk).first() if pk else None
    form, status = QuestionForm(request.POST if request.method == "POST" else None, note=note), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                row = Question.write(by=request.user, **form.cleaned_data | {"note": note})
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                Card.add([row], by=request.user)
                messages.success(request, "Written, and among your cards.")
                return redirect(row)
    return render(request, "study/questions/write.html", {"form": form, "note": note}, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a question of one's own. Two windows never overwrite each other."""
    row = get_object_or_404(Question.objects.filter(person=request.user, retired_at=None), pk=pk)
    form, status = QuestionForm(request.POST if request.method == "POST" else None, question=row), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                row.change(**form.cleaned_data)
            except ChangedThere as conflict:
                status = 409
                form.data = {**request.POST.dict(), "version": row.version}
                form.add_error("text", f"{conflict.message} Saving again replaces: {conflict.saved}")
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, "Saved.")
                return redirect(row)
    return render(request, "study/questions/write.html", {"form": form, "question": row}, status=status)


@require_POST
@login_required
def retire(request: Request, pk: int) -> HttpResponse:
    """Ask a question of one's own no more."""
    get_object_or_404(Question.objects.filter(person=request.user), pk=pk).retire()
    messages.success(request, "It is not asked any more; what you answered stays.")
    return redirect("study:questions")
