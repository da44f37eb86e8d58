"""Reports on items: said from an item's page, settled by admins."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.redirects import safe_next
from mentorship.common.times import time_html
from mentorship.people.requests import Request
from mentorship.study.reports.forms import ReportForm, SettleForm
from mentorship.study.reports.models import ItemReport


@require_safe
@login_required
def reports(request: Request) -> HttpResponse:
    """What one reported; everybody's for admins, the oldest open one first."""
    state = "settled" if request.GET.get("state") == "settled" else "open"
    rows = ItemReport.objects.visible_to(request.user).filter(state=state).select_related("item__stream", "person")
    found = paginate(request, rows.order_by(*(("created_at", "pk") if state == "open" else ("-settled_at", "-pk"))), 30)
    context = {"page": found, "rows": [line(row, request) for row in found], "state": state}
    return render(request, "study/reports/page.html", context)


def line(row: ItemReport, request: Request) -> dict[str, Any]:
    now, admin = clock.now(), request.user.is_admin
    return {
        "pk": row.pk, "item": row.item.title, "url": row.item.get_absolute_url(), "link": row.item.url,
        "kind": row.get_kind_display(), "text": row.text, "answer": row.answer,
        "who": row.person.name if admin else "", "when": time_html(row.created_at, now),
        "settled": time_html(row.settled_at, now), "settle": admin and row.state == ItemReport.State.OPEN,
    }  # fmt: skip


@require_POST
@login_required
def report(request: Request) -> HttpResponse:
    """Say that something is wrong with an item, from its page."""
    form = ReportForm(request.POST)
    back = safe_next(request, reverse("study:reports"))
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(back)
    try:
        ItemReport.make(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Thank you. Who keeps the curriculum sees it, and you are told once it is settled.")
    return redirect(back)


@require_POST
@login_required
def settle(request: Request, pk: int) -> HttpResponse:
    """An admin settles it, for all who said the same."""
    if not request.user.is_admin:
        raise Http404
    row = get_object_or_404(ItemReport.objects.visible_to(request.user), pk=pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "An answer has at most 500 characters.")
        return redirect("study:reports")
    try:
        count = row.settle(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Settled." if count == 1 else f"Settled for {count} people who said so.")
    return redirect("study:reports")
