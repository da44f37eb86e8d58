"""Practising: one question at a time, answered, looked up, rated."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.redirects import safe_next
from mentorship.people.requests import Request
from mentorship.study.questions.figures import figures_of
from mentorship.study.questions.forms import PlanForm, RateForm
from mentorship.study.questions.models import Card, PracticePlan
from mentorship.study.questions.models.attempt import Rating
from mentorship.study.questions.queue import today_of
from mentorship.study.questions.rows import asked, in_words

# On this page alone one may speak: the browser asks first, and what it hears stays with it.
MICROPHONE = "camera=(), microphone=(self), geolocation=(), payment=()"


@require_safe
@login_required
def practice(request: Request) -> HttpResponse:
    """The next question of today, with what is left."""
    return show(request)


def show(
    request: Request, *, card: Card | None = None, sent: dict[str, Any] | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page around the next card, or around `card` with what was `sent` of it."""
    now = clock.now()
    today = today_of(request.user, now)
    shown = card or today.card
    context = more | {"left": today.left, "plan": today.plan}
    if shown is not None:
        shown.person = request.user
        context |= {"asked": asked(shown, now, today.plan.retention, sent)}
    template = "study/questions/_practice.html" if request.htmx else "study/questions/practice.html"
    response = render(request, template, context, status=status)
    response.headers["Permissions-Policy"] = MICROPHONE
    return response


@require_POST
@login_required
def rate(request: Request, pk: int) -> HttpResponse:
    """Rate what was asked; the next question follows. Two windows, or a form sent twice, rate once."""
    rows = Card.objects.visible_to(request.user).select_related("question__topic")
    card = get_object_or_404(rows, pk=pk)
    form, now = RateForm(request.POST), clock.now()
    if not form.is_valid():
        sent = {"text": request.POST.get("text", ""), "ticked": numbers(request.POST.getlist("ticked"))}
        refused = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return show(request, card=card, sent=sent, status=422, refused=refused)
    said = form.cleaned_data
    shown = said.pop("shown")
    seconds = None if shown is None else int(now.timestamp()) - shown
    plan = PracticePlan.of(request.user)
    try:
        attempt = card.rate(**said, seconds=seconds, retention=plan.retention, at=now)
    except Refused as refusal:
        return show(request, status=409, refused=refusal.message, kept=said["text"])
    card.person = request.user
    back = in_words(now, attempt.due, request.user)
    rated = {"label": Rating(attempt.rating).label, "back": back, "leech": card.leech_at, "card": card}
    if request.htmx:
        return show(request, rated=rated)
    extra = " It is left out until you decide." if card.leech_at else ""
    messages.success(request, f"{rated['label']}: back {back}.{extra}")
    return redirect("study:practice")


def numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4]


@require_POST
@login_required
def undo(request: Request) -> HttpResponse:
    """Take the last rating back; its question is asked again."""
    try:
        card = Card.undo(by=request.user)
    except Refused as refusal:
        return show(request, status=409, refused=refusal.message)
    if request.htmx:
        found = Card.objects.select_related("question__topic").get(pk=card.pk)
        return show(request, card=found, undone=True)
    messages.success(request, "Taken back: the question stands as it did.")
    return redirect("study:practice")


@require_http_methods(["GET", "POST"])
@login_required
def figures(request: Request) -> HttpResponse:
    """What is remembered, what comes back when, what only costs time; and how much one wants to practise."""
    plan = PracticePlan.of(request.user)
    form, status = PlanForm(request.POST if request.method == "POST" else None, plan=plan), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            PracticePlan.change(by=request.user, **form.cleaned_data)
            messages.success(request, "Saved; it holds from the next rating on.")
            return redirect("study:figures")
    context = figures_of(request.user, clock.now()) | {"form": form, "plan": plan}
    return render(request, "study/questions/figures.html", context, status=status)


@require_POST
@login_required
def suspend(request: Request, pk: int) -> HttpResponse:
    """Leave a question out."""
    get_object_or_404(Card.objects.visible_to(request.user), pk=pk).suspend()
    messages.success(request, "Left out. It stays on its page, should you want it back.")
    return redirect(safe_next(request, reverse("study:practice")))


@require_POST
@login_required
def resume(request: Request, pk: int) -> HttpResponse:
    """Take a question up again."""
    get_object_or_404(Card.objects.visible_to(request.user), pk=pk).resume()
    messages.success(request, "Among your cards again.")
    return redirect(safe_next(request, reverse("study:figures")))
