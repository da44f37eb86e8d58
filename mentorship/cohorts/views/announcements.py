"""Announcements of a cohort: read by its members, written by its mentors and admins."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms_talk import AnnouncementForm
from mentorship.cohorts.models import Announcement, Cohort
from mentorship.cohorts.models.announcement import may_announce
from mentorship.cohorts.views.frame import belonging, page
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.rendering.worded import ChangedThere
from mentorship.common.times import exact, time_html
from mentorship.people.requests import Request

ON_TOP = 3


def row_of(row: Announcement, request: Request, read: set[int], base: str) -> dict[str, Any]:
    """One announcement as it is shown; who wrote it, and admins, read how many have read it."""
    own = row.author_id == request.user.pk
    return {
        "pk": row.pk, "title": row.title, "html": row.html, "by": str(row.author), "pinned": row.pinned,
        "at": time_html(row.published_at or row.publish_at), "waits": row.published_at is None,
        "when": exact(row.publish_at), "edited": bool(row.edits), "deleted": bool(row.deleted_at),
        "url": f"{base}announcements/{row.pk}/", "own": own,
        "unread": bool(row.published_at and not own and row.pk not in read),
        "readers": row.readers if row.published_at and (own or request.user.is_admin) else None,  # type: ignore[attr-defined]
    }  # fmt: skip


def rows_of(request: Request, cohort: Cohort, found: Any) -> list[dict[str, Any]]:
    """Rows of these announcements, with two queries."""
    rows = list(found)
    read = set(
        Announcement.objects.filter(pk__in=[row.pk for row in rows], reads__person=request.user).values_list(
            "pk", flat=True
        )
    )
    base = cohort.get_absolute_url()
    return [row_of(row, request, read, base) for row in rows]


def of_cohort(request: Request, cohort: Cohort) -> Any:
    rows = Announcement.objects.visible_to(request.user).filter(cohort=cohort, deleted_at=None)
    return rows.select_related("author").with_readers().order_by("-pinned", "-publish_at", "-pk")


def latest(cohort: Cohort) -> list[dict[str, Any]]:
    """For the cohort's own page: what is pinned, then the newest; one query."""
    rows = Announcement.objects.filter(cohort=cohort, deleted_at=None, published_at__isnull=False)
    found = rows.order_by("-pinned", "-published_at", "-pk").values_list("pk", "title", "pinned", "published_at")
    base = cohort.get_absolute_url()
    return [
        {"title": title, "pinned": pinned, "at": time_html(at), "url": f"{base}announcements/{pk}/"}
        for pk, title, pinned, at in found[:ON_TOP]
    ]


@require_safe
@login_required
def announcements(request: Request, slug: str) -> HttpResponse:
    cohort = belonging(request, slug)
    found = paginate(request, of_cohort(request, cohort), 20)
    found.rows = rows_of(request, cohort, found.rows)
    return page(
        request, "announcements.html", cohort, "announcements", page=found, may=may_announce(request.user, cohort)
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request, slug: str) -> HttpResponse:
    cohort = belonging(request, slug)
    if not may_announce(request.user, cohort):
        raise Http404
    form = AnnouncementForm(request.POST or None, zone=cohort.zone)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {name: data[name] for name in ("title", "text", "pinned")}
        try:
            row = Announcement.announce(cohort, by=request.user, publish_at=data["moment"], **fields)
        except Refused as refusal:
            form.add_error(field_of(refusal, form), refusal.message)
        else:
            messages.success(request, "Published; the cohort is told." if row.published_at else "Kept until its time.")
            return redirect("cohorts:announcements", slug)
    return page(request, "announce.html", cohort, "announcements", 422 if form.is_bound else 200, form=form)


def field_of(refusal: Refused, form: Any) -> str | None:
    name = {"publish_at": "clock", "empty": "text", "unreadable": "text", "no_title": "title"}.get(refusal.code)
    return name if name in form.fields else None


def found_one(request: Request, slug: str, pk: int) -> Announcement:
    rows = Announcement.objects.visible_to(request.user).select_related("author", "cohort__stream").with_readers()
    return get_object_or_404(rows, pk=pk, cohort__slug=slug)


@require_safe
@login_required
def announcement(request: Request, slug: str, pk: int) -> HttpResponse:
    """One announcement, with what stood there before."""
    row = found_one(request, slug, pk)
    shown = rows_of(request, row.cohort, [row])[0]
    earlier = [
        {"text": f"{was.title}\n\n{was.text}", "by": str(was.replaced_by), "at": was.replaced_at}
        for was in row.earlier.select_related("replaced_by")
    ]
    return page(
        request, "announcement.html", row.cohort, "announcements", row=shown, earlier=earlier,
        may_remove=shown["own"] or request.user.is_admin,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_one(request, slug, pk)
    if row.author_id != request.user.pk or row.deleted_at:
        raise Http404
    form, status, saved = AnnouncementForm(request.POST or None, zone=row.cohort.zone, row=row), 422, ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {name: data[name] for name in ("title", "pinned", "version")}
        if data.get("moment") and row.published_at is None:
            fields["publish_at"] = data["moment"]
        try:
            row.edit(by=request.user, text=data["text"], **fields)
        except ChangedThere as refusal:
            form.add_error(None, f"{refusal.message} What was saved there stands below.")
            status, saved = 409, refusal.saved
        except Refused as refusal:
            form.add_error(field_of(refusal, form), refusal.message)
        else:
            messages.success(request, "Saved.")
            return redirect(row)
    status = status if form.is_bound else 200
    return page(request, "announce.html", row.cohort, "announcements", status, form=form, row=row, saved=saved)


@require_POST
@login_required
def remove(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_one(request, slug, pk)
    if row.author_id != request.user.pk and not request.user.is_admin:
        raise Http404
    try:
        row.remove(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Taken back. Who was told keeps the notification.")
    return redirect("cohorts:announcements", slug)


@require_POST
@login_required
def read(request: Request, slug: str, pk: int) -> HttpResponse:
    """It was seen: sent by the page when it comes into view, or by its button."""
    row = found_one(request, slug, pk)
    row.read(by=request.user)
    if request.htmx:
        return render(request, "cohorts/_read.html")
    return redirect("cohorts:announcements", slug)
