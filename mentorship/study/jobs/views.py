"""The search for a job: board, table, what comes next, one application, resumes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import time_html
from mentorship.people.requests import Request
from mentorship.study.days import today_of
from mentorship.study.jobs.checklist import CHECKS
from mentorship.study.jobs.forms import ChecksForm, JobFilterForm, JobForm, ResumeForm
from mentorship.study.jobs.models import Job, Resume
from mentorship.study.jobs.rows import COMING, as_csv, board, shown

SHOWN = 25


@require_http_methods(["GET", "POST"])
@login_required
def jobs(request: Request) -> HttpResponse:
    """The board, with what comes next above it; POST adds an application."""
    form, status = JobForm(person=request.user), 200
    if request.method == "POST":
        form, status = JobForm(request.POST, person=request.user), 422
        if form.is_valid():
            try:
                row = Job.add(by=request.user, key=form.cleaned_data["key"], **form.said())
            except Refused as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, "Kept. Only you see it.")
                return redirect(row)
    now, today = clock.now(), today_of(request.user)
    mine = Job.objects.visible_to(request.user)
    columns = board(mine.order_by("-stage_since", "-pk").defer("notes"), today, now)
    coming = [shown(row, today, now) for row in mine.coming()[:COMING]]
    context = {
        "form": form, "columns": columns, "coming": coming, "any": any(column["count"] for column in columns),
    }  # fmt: skip
    return render(request, "study/jobs/board.html", context, status=status)


@require_safe
@login_required
def table(request: Request) -> HttpResponse:
    """The same as a list, by stage and search."""
    now, today = clock.now(), today_of(request.user)
    asked = JobFilterForm(request.GET).asked()
    mine = Job.objects.visible_to(request.user)
    counts = dict(mine.values_list("stage").annotate(Count("pk")).order_by())
    rows = mine.filter(stage=asked["stage"]) if asked["stage"] else mine
    rows = rows.search(asked["q"]) if asked["q"] else rows
    page = paginate(request, rows.order_by("-stage_since", "-pk"), size=SHOWN)
    context = asked | {
        "page": page, "rows": [shown(row, today, now) for row in page.rows], "all": sum(counts.values()),
        "stages": [(value, label, counts.get(value, 0)) for value, label in Job.Stage.choices],
    }  # fmt: skip
    return render(request, "study/jobs/table.html", context)


@require_safe
@login_required
@never_cache
def export(request: Request) -> HttpResponse:
    """All of one's own as CSV."""
    rows = Job.objects.visible_to(request.user).select_related("resume").order_by("pk")
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="applications.csv"'
    return response


def mine(request: Request, pk: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.user).select_related("resume", "person"), pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def job(request: Request, pk: int) -> HttpResponse:
    """One application, to be read and changed."""
    found = mine(request, pk)
    form, status = JobForm(person=request.user, job=found), 200
    if request.method == "POST":
        form, status = JobForm(request.POST, person=request.user, job=found), 422
        if form.is_valid():
            try:
                found.change(**form.said())
            except Refused as refusal:
                status = 409 if refusal.code == "changed_meanwhile" else 422
                found.refresh_from_db()
                form.data = {**request.POST.dict(), "version": found.version}
                form.refuse(refusal)
            else:
                messages.success(request, "Saved.")
                return redirect(found)
    now = clock.now()
    context = {
        "job": found, "row": shown(found, today_of(request.user), now), "form": form,
        "steps": [(verb, step.label) for verb, step in found.steps()],
        "moves": [{"stage": row.get_stage_display(), "at": time_html(row.at, now)} for row in found.moves.all()],
    }  # fmt: skip
    return render(request, "study/jobs/job.html", context, status=status)


@require_POST
@login_required
def step(request: Request, pk: int, verb: str) -> HttpResponse:
    """One of the verbs of an application."""
    found = mine(request, pk)
    try:
        found.step(verb)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{found.get_stage_display()}.")
    return redirect(found)


@require_POST
@login_required
def remove(request: Request, pk: int) -> HttpResponse:
    mine(request, pk).remove()
    messages.success(request, "Deleted.")
    return redirect("study:jobs")


@require_http_methods(["GET", "POST"])
@login_required
def resumes(request: Request) -> HttpResponse:
    """The versions of one's resume, each with its check list; POST makes one."""
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = Resume.make(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", refusal.message)
        else:
            messages.success(request, "Kept. Go through the check list for it.")
            return redirect(f"/study/resumes/#resume-{row.pk}")
    return show_resumes(request, form, 422 if form.is_bound else 200)


def show_resumes(request: Request, form: ResumeForm, status: int = 200, bound: Any = None) -> HttpResponse:
    rows = Resume.objects.visible_to(request.user).annotate(sent=Count("jobs"))
    listed = [
        {"resume": row, "form": bound if bound and bound.pk == row.pk else ChecksForm(resume=row), "sent": row.sent,
         "met": len(row.ticked), "all": len(CHECKS)}
        for row in rows
    ]  # fmt: skip
    return render(request, "study/jobs/resumes.html", {"form": form, "rows": listed, "checks": CHECKS}, status=status)


@require_POST
@login_required
def check_resume(request: Request, pk: int) -> HttpResponse:
    """Keep what of the check list holds of a version."""
    row = get_object_or_404(Resume.objects.visible_to(request.user), pk=pk)
    form: Any = ChecksForm(request.POST, resume=row)
    if not form.is_valid():
        form.pk = row.pk
        return show_resumes(request, ResumeForm(), 422, form)
    row.go_through(form.cleaned_data["ticked"])
    messages.success(request, f"{row.name}: {len(row.ticked)} of {len(CHECKS)} hold.")
    return redirect(f"/study/resumes/#resume-{row.pk}")


@require_POST
@login_required
def remove_resume(request: Request, pk: int) -> HttpResponse:
    get_object_or_404(Resume.objects.visible_to(request.user).select_related("person"), pk=pk).remove()
    messages.success(request, "Deleted. What it was sent with stays.")
    return redirect("study:resumes")
