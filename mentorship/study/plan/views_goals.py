"""One's goals: how much a day and a week, and on which days one rests."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from mentorship.study import days
from mentorship.study.heatmap import as_hours
from mentorship.study.plan.forms import GoalForm
from mentorship.study.plan.models import WEEKDAYS, Goal

SHOWN = 12


@require_http_methods(["GET", "POST"])
@login_required
def goals(request: Request) -> HttpResponse:
    """What holds now, to be changed from today on; and what held before."""
    today = days.today_of(request.user, clock.now())
    goal = Goal.objects.on(request.user, today)
    form = GoalForm(request.POST if request.method == "POST" else None, goal=goal)
    if form.is_bound and form.is_valid():
        try:
            Goal.change(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Your goals hold from today on.")
            return redirect("study:goals")
    rows = Goal.objects.visible_to(request.user).order_by("-since")[:SHOWN]
    context = {"form": form, "rows": [line(row) for row in rows]}
    return render(request, "study/plan/goals.html", context, status=422 if form.is_bound else 200)


def line(goal: Goal) -> dict[str, str]:
    rest = ", ".join(WEEKDAYS[day] for day in goal.rest_days)
    return {
        "since": f"{goal.since.day} {goal.since:%b %Y}", "day": as_hours(goal.minutes_a_day),
        "week": as_hours(goal.minutes_a_week), "rest": rest or "none",
    }  # fmt: skip
