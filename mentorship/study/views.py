"""The study log: a form, what was logged, and how it adds up."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.redirects import safe_next
from mentorship.people.requests import Request
from mentorship.study import days
from mentorship.study import log as verb
from mentorship.study.forms import EntryForm
from mentorship.study.heatmap import WEEKS, YEAR, as_hours, heatmap_of
from mentorship.study.hours import hours_of
from mentorship.study.models import StudyEntry
from mentorship.study.quick import quick_log_of
from mentorship.study.rows import columns, listed
from mentorship.study.streak import streak_of
from streams.models import Item


@require_http_methods(["GET", "POST"])
@login_required
def log(request: Request) -> HttpResponse:
    """One's log; POST adds an entry. To htmx it answers with the log, or with home's quick log for `place=home`."""
    if request.method != "POST":
        key = request.GET.get("item", "")[:120].replace("\x00", "")
        item = Item.objects.published().filter(key=key).first() if key else None
        return page(request, EntryForm(person=request.user, item=item))
    form = EntryForm(request.POST, person=request.user)
    status = 422
    if form.is_valid():
        try:
            entry = verb.log(person=request.user, **logged(form))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return answer(request, entry)
    if quick(request):
        return render(request, "study/_quick_log.html", {"quick": quick_log_of(request.user, form=form)}, status=status)
    return page(request, form, status)


def logged(form: EntryForm) -> dict[str, Any]:
    """What the form says, as the verb takes it."""
    found = form.cleaned_data
    return {name: found[name] for name in ("minutes", "day", "item", "note", "mood", "key")}


def quick(request: Request) -> bool:
    return bool(request.htmx) and request.POST.get("place") == "home"


def answer(request: Request, entry: StudyEntry) -> HttpResponse:
    """What follows a new entry."""
    if quick(request):
        context = {"quick": quick_log_of(request.user), "entry": entry, "logged": as_hours(entry.minutes)}
        return render(request, "study/_quick_log.html", context)
    if request.htmx:
        return page(request, EntryForm(person=request.user), logged=as_hours(entry.minutes))
    messages.success(request, f"{as_hours(entry.minutes)} logged.")
    return redirect(safe_next(request, reverse("study:log")))


def page(request: Request, form: EntryForm, status: int = 200, **context: Any) -> HttpResponse:
    """The log around `form`; only its inside for htmx."""
    now = clock.now()
    today = days.today_of(request.user, now)
    year = request.GET.get("weeks") == "year"
    entries = paginate(request, columns(StudyEntry.objects.visible_to(request.user)), size=30)
    streak = streak_of(request.user, now)
    context |= {
        "form": form,
        "page": entries,
        "rows": listed(entries.rows, today),
        "streak": streak,
        "week": as_hours(streak.minutes_this_week),
        "today": as_hours(streak.minutes_today),
        "aim": as_hours(streak.goal),
        "week_aim": as_hours(streak.week_goal),
        "heatmap": heatmap_of(request.user, now, YEAR if year else WEEKS),
        "hours": hours_of(request.user, now, YEAR if year else WEEKS),
        "year": year,
    }
    return render(request, "study/_study.html" if request.htmx else "study/log.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def entry(request: Request, pk: int) -> HttpResponse:
    """Correct one entry, for seven days."""
    found = get_object_or_404(StudyEntry.objects.visible_to(request.user).select_related("item"), pk=pk)
    form = EntryForm(request.POST or None, person=request.user, entry=found)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        new = {name: form.cleaned_data[name] for name in ("minutes", "item", "note", "mood")}
        try:
            found.change(day=form.cleaned_data["day"] or found.day, **new)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Changed.")
            return redirect("study:log")
    return render(request, "study/entry.html", {"entry": found, "form": form}, status=status)


@require_POST
@login_required
def remove(request: Request, pk: int) -> HttpResponse:
    """Take an entry back."""
    found = get_object_or_404(StudyEntry.objects.visible_to(request.user), pk=pk)
    found.remove()
    messages.success(request, f"{as_hours(found.minutes)} taken out of the log.")
    return redirect("study:log")
