"""The plan of one's week: its slots, ready weeks to begin with, and planned against done."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.requests import Request
from mentorship.study.forms import items_offered_to
from mentorship.study.heatmap import as_hours
from mentorship.study.plan.doing import doing_of
from mentorship.study.plan.forms_slots import SlotForm
from mentorship.study.plan.models import WEEKDAYS
from mentorship.study.plan.slots import PlanSlot, What
from mentorship.study.plan.weeks import WEEKS, adopt
from streams.models import Item


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: Request) -> HttpResponse:
    """The plan; POST adds a slot."""
    bound = request.POST if request.method == "POST" else None
    wanted = named_item(request)
    offered = [*([wanted] if wanted else []), *items_offered_to(request.user)]
    form = SlotForm(bound, offered=offered, initial={"what": What.ITEM, "item": wanted.pk} if wanted else {})
    if form.is_bound and form.is_valid():
        try:
            row = PlanSlot.add(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Planned: {row}.")
            return redirect("study:plan")
    slots = list(PlanSlot.objects.visible_to(request.user).live().select_related("item"))
    context = {
        "form": form, "week": by_day(slots), "planned": bool(slots), "ready": WEEKS.values(),
        "total": as_hours(sum(slot.minutes for slot in slots)), "doing": doing_of(request.user, clock.now()),
        "zone": request.user.timezone.replace("_", " "),
    }  # fmt: skip
    return render(request, "study/plan/page.html", context, status=422 if form.is_bound else 200)


def named_item(request: Request) -> Item | None:
    """The item from whose page one comes, to be planned."""
    key = request.GET.get("item", "")[:120].replace("\x00", "")
    return Item.objects.published().filter(key=key).first() if key else None


def by_day(slots: list[PlanSlot]) -> list[dict[str, Any]]:
    """Each weekday with its slots, every value ready to print."""
    return [
        {
            "name": name,
            "slots": [
                {"pk": slot.pk, "starts": slot.starts_text, "minutes": as_hours(slot.minutes), "title": slot.title,
                 "what": slot.what}
                for slot in slots
                if slot.weekday == number
            ],
        }
        for number, name in enumerate(WEEKDAYS)
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def slot(request: Request, pk: int) -> HttpResponse:
    """Another time or another thing for one slot."""
    rows = PlanSlot.objects.visible_to(request.user).live().select_related("item")
    found = get_object_or_404(rows, pk=pk)
    bound = request.POST if request.method == "POST" else None
    form = SlotForm(bound, offered=items_offered_to(request.user), slot=found)
    if form.is_bound and form.is_valid():
        try:
            row = found.change(**form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Planned: {row}.")
            return redirect("study:plan")
    status = 422 if form.is_bound else 200
    return render(request, "study/plan/slot.html", {"form": form, "slot": found}, status=status)


@require_POST
@login_required
def remove_slot(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(PlanSlot.objects.visible_to(request.user).live(), pk=pk)
    said = str(found)
    try:
        found.remove()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"No longer planned: {said}.")
    return redirect("study:plan")


@require_POST
@login_required
def adopt_week(request: Request) -> HttpResponse:
    """A ready week in place of one's plan."""
    try:
        made = adopt(by=request.user, key=request.POST.get("week", ""))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{len(made)} slots stand in your plan. Change what does not fit.")
    return redirect("study:plan")
