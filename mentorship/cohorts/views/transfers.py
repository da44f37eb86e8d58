"""Exports and imports: ordered here, made by a worker, watched here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms_transfers import ExportForm, ImportForm
from mentorship.cohorts.models import Transfer
from mentorship.cohorts.transfers.handing_out import handed_out
from mentorship.cohorts.transfers.resources import KINDS
from mentorship.cohorts.transfers.work import done_so_far
from mentorship.common.pages import paginate
from mentorship.common.rendering.files import safe_name
from mentorship.common.times import time_html
from mentorship.people.requests import Request

TONES = {"waiting": "accent", "applying": "accent", "checked": "warn", "done": "good", "failed": "bad"}


def for_admins(request: Request) -> None:
    if not request.user.is_admin:
        raise Http404


@require_safe
@login_required
def transfers(request: Request) -> HttpResponse:
    for_admins(request)
    return show(request, ExportForm(initial=request.GET.dict()), ImportForm())


def show(request: Request, export: ExportForm, load: ImportForm, status: int = 200) -> HttpResponse:
    found = paginate(request, Transfer.objects.select_related("by").order_by("-pk"), 20)
    base = reverse("cohorts:transfers")
    rows = [
        {
            "what": str(row), "url": f"{base}{row.pk}/", "by": str(row.by), "name": row.name,
            "state": row.get_state_display(), "tone": TONES.get(row.state, ""), "time": time_html(row.created_at),
        }
        for row in found
    ]  # fmt: skip
    columns = [
        (
            Transfer.Kind(kind).label,
            ", ".join(rows.NEEDED),
            ", ".join(c for c in rows.columns() if c not in rows.NEEDED),
        )
        for kind, rows in KINDS.items()
    ]
    context = {"export": export, "load": load, "rows": rows, "found": found, "columns": columns}
    return render(request, "cohorts/transfers.html", context, status=status)


@require_POST
@login_required
def export(request: Request) -> HttpResponse:
    for_admins(request)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return show(request, form, ImportForm(), 422)
    return redirect(Transfer.export(by=request.user, **form.cleaned_data))


@require_POST
@login_required
def upload(request: Request) -> HttpResponse:
    for_admins(request)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, ExportForm(), form, 422)
    file = form.cleaned_data["file"]
    row = Transfer.upload(kind=form.cleaned_data["kind"], file=file, name=safe_name(file.name), by=request.user)
    return redirect(row)


def found_transfer(request: Request, pk: int) -> Transfer:
    return get_object_or_404(Transfer.objects.visible_to(request.user).select_related("by", "cohort"), pk=pk)


@require_safe
@login_required
def transfer(request: Request, pk: int) -> HttpResponse:
    """How far it is; asked again and again by htmx until a worker has done its part."""
    row = found_transfer(request, pk)
    page = "cohorts/_transfer.html" if request.htmx and not request.htmx.boosted else "cohorts/transfer.html"
    answer = render(request, page, look(row))
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def look(row: Transfer) -> dict[str, Any]:
    counted = [("new", "new"), ("update", "changed"), ("skip", "as they are")]
    return {
        "transfer": row, "there": row.is_there(), "so_far": done_so_far(row) if row.is_waiting else 0,
        "tone": TONES.get(row.state, ""), "started": time_html(row.created_at),
        "counts": [(row.counts.get(key, 0), label) for key, label in counted],
        "more_problems": max(row.problem_count - len(row.problems), 0),
        "more_preview": max(row.changes - len(row.preview), 0),
    }  # fmt: skip


@require_POST
@login_required
def apply(request: Request, pk: int) -> HttpResponse:
    row = found_transfer(request, pk)
    row.apply(by=request.user)
    return redirect(row)


@require_POST
@login_required
def cancel(request: Request, pk: int) -> HttpResponse:
    found_transfer(request, pk).cancel(by=request.user)
    messages.success(request, "Nothing was imported, and the file is gone.")
    return redirect("cohorts:transfers")


@require_safe
@login_required
def download(request: Request, pk: int) -> FileResponse:
    """The file of an export, for a day; whoever takes it along stands in the history."""
    return handed_out(found_transfer(request, pk), by=request.user)
