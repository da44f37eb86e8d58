"""The page of the timer, and its verbs from there, from home and from an item."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.redirects import safe_next
from mentorship.people.requests import Request
from mentorship.study.forms import items_offered_to
from mentorship.study.heatmap import as_hours
from mentorship.study.models import StudyEntry, Timer
from mentorship.study.quick import quick_log_of
from mentorship.study.rows import day_name
from mentorship.study.timer.forms import StartForm, StopForm
from mentorship.study.timer.showing import running_of
from mentorship.study.timer.stopping import forgotten, stop

TOO_SHORT = "That was less than a minute, so nothing was logged."


@require_safe
@login_required
def timer(request: Request) -> HttpResponse:
    return page(request)


def page(request: Request, form: StopForm | None = None, status: int = 200) -> HttpResponse:
    """The timer that is open, or what starts one."""
    now, person = clock.now(), request.user
    row = Timer.objects.visible_to(person).open().select_related("item").prefetch_related("stretches").first()
    context: dict[str, Any] = {"running": running_of(person, now) if row else None}
    if row:
        context |= {"form": form or StopForm(person=person, at=now), "asks": forgotten(row, person, now)}
    else:
        context["items"] = items_offered_to(person)
    return render(request, "study/timer/page.html", context, status=status)


@require_POST
@login_required
def start(request: Request) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("study:timer")
    return done(request, lambda: Timer.start(by=request.user, item=form.cleaned_data["item"]))


@require_POST
@login_required
def pause(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Timer.objects.visible_to(request.user), pk=pk)
    return done(request, found.pause)


@require_POST
@login_required
def resume(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Timer.objects.visible_to(request.user), pk=pk)
    return done(request, found.resume)


@require_POST
@login_required
def discard(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Timer.objects.visible_to(request.user), pk=pk)
    return done(request, found.discard, "The timer is gone; nothing was logged.")


@require_POST
@login_required
def stop_timer(request: Request, pk: int) -> HttpResponse:
    """Stop and log. Where it has to ask how much it was, the page of the timer asks, with what was typed."""
    found = get_object_or_404(Timer.objects.visible_to(request.user).select_related("item"), pk=pk)
    form = StopForm(request.POST, person=request.user)
    if not form.is_valid():
        return page(request, form, 422)
    try:
        entries = stop(timer=found, **form.cleaned_data)
    except Refused as refusal:
        if refusal.code in StopForm.FIELD_OF and not from_home(request):
            form.refuse(refusal)
            return page(request, form, 422)
        return answer(request, refused=refusal.message)
    return answer(request, said=sentence(request, entries))


def sentence(request: Request, entries: list[StudyEntry]) -> str:
    """'25 min logged.', or by day where midnight was between."""
    if not entries:
        return TOO_SHORT
    if len(entries) == 1:
        return f"{as_hours(entries[0].minutes)} logged."
    today = entries[-1].day
    parts = [f"{as_hours(row.minutes)} {day_name(row.day, today).lower()}" for row in entries]
    return f"Logged: {', '.join(parts)}."


def done(request: Request, verb: Callable[[], Any], said: str = "") -> HttpResponse:
    """Do `verb` and answer, with its refusal if it refuses."""
    try:
        verb()
    except Refused as refusal:
        return answer(request, refused=refusal.message)
    return answer(request, said=said)


def from_home(request: Request) -> bool:
    return bool(request.htmx) and request.POST.get("place") == "home"


def answer(request: Request, said: str = "", refused: str = "") -> HttpResponse:
    """Home's quick log in place, or the way back to where one came from."""
    if from_home(request):
        context = {"quick": quick_log_of(request.user), "said": said, "refused": refused}
        return render(request, "study/_quick_log.html", context, status=409 if refused else 200)
    if refused:
        messages.error(request, refused)
    elif said:
        messages.success(request, said)
    return redirect(safe_next(request, reverse("study:timer")))
