"""A meeting's page, its agenda and minutes written together, and closing them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms_actions import ActionForm, AttendanceForm
from mentorship.cohorts.forms_meetings import CancelForm
from mentorship.cohorts.forms_turns import ExchangeForm, PointForm, VisitForm
from mentorship.cohorts.history import history_of
from mentorship.cohorts.meeting_page import actions_of, attendance_of, points_of, turn_of, visit_of
from mentorship.cohorts.merging import merged
from mentorship.cohorts.models import Meeting
from mentorship.cohorts.models.revision import LONGEST, TextChanged
from mentorship.cohorts.views.frame import page
from mentorship.cohorts.views.meetings import found_meeting
from mentorship.common.errors import Refused
from mentorship.common.times import exact
from mentorship.people.requests import Request

LABELS = {"agenda": "Agenda", "notes": "Minutes"}
HELP = {
    "agenda": "What to talk about, in Markdown. Every member may write here.",
    "notes": "What was said and decided, in Markdown. Every member may write here until they are closed.",
}


@require_safe
@login_required
def meeting(request: Request, slug: str, pk: int) -> HttpResponse:
    return show(request, found_meeting(request, slug, pk))


def show(
    request: Request, row: Meeting, status: int = 200, action_form: ActionForm | None = None,
    attendance_form: AttendanceForm | None = None, exchange_form: ExchangeForm | None = None,
    visit_form: VisitForm | None = None, point_form: PointForm | None = None,
) -> HttpResponse:  # fmt: skip
    """The page, with forms that hold what was typed and what is wrong with it."""
    begun, keeps = row.has_begun(), row.kept_by(request.user)
    return page(
        request, "meeting.html", row.cohort, "meetings", status, meeting=row, begun=begun,
        local=exact(row.starts_at), there=exact(row.starts_at, row.cohort.zone),
        writes=not row.cancelled_at and not row.closed_at, keeps=keeps and not row.cancelled_at,
        cancel_form=CancelForm(), history=history_of(row),
        attendance=attendance_of(row, request.user, attendance_form),
        actions=actions_of(row, request.user, action_form), points=points_of(row, request.user, point_form),
        turn=turn_of(row, request.user, exchange_form), visit=visit_of(row, request.user, visit_form),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def text(request: Request, slug: str, pk: int, what: str) -> HttpResponse:
    """The agenda or the minutes as a text to write in; saved as one types, and by its button without scripts."""
    row = found_meeting(request, slug, pk)
    if request.method == "GET":
        return writing(request, row, what, getattr(row, what), getattr(row, f"{what}_version"))
    typed = request.POST.get(what, "")
    version = number(request.POST.get("overwrite") or request.POST.get("seen", ""))
    if "merge" in request.POST:
        both = merged(typed, getattr(row, what))
        return writing(request, row, what, both, getattr(row, f"{what}_version"), merged=True)
    try:
        row.write(what, typed, by=request.user, version=version)
    except TextChanged as conflict:
        return writing(request, row, what, typed, number(request.POST.get("seen", "")), 409, conflict)
    except Refused as refusal:
        return writing(request, row, what, typed, version, 409 if refusal.code == "closed" else 422, refusal)
    if request.htmx:
        return writing(request, row, what, typed, getattr(row, f"{what}_version"), saved_now=True)
    messages.success(request, f"The {LABELS[what].lower()} {'are' if what == 'notes' else 'is'} saved.")
    return redirect(row.get_absolute_url())


def writing(
    request: Request, row: Meeting, what: str, typed: str, version: int, status: int = 200,
    problem: Refused | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """The form; to htmx, which has the words already, only the state that they are in."""
    last = row.revisions.filter(what=what).select_related("by").first()
    context = {
        "meeting": row, "what": what, "label": LABELS[what], "help": HELP[what], "typed": typed, "version": version,
        "last": last, "longest": LONGEST, "problem": problem.message if problem else "",
        "conflict": problem if isinstance(problem, TextChanged) else None, **more,
    }  # fmt: skip
    if request.htmx and request.method == "POST":
        return render(request, "cohorts/_writing.html", context, status=status)
    return page(request, "notes.html", row.cohort, "meetings", status, **context)


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@require_safe
@login_required
def revisions(request: Request, slug: str, pk: int, what: str) -> HttpResponse:
    """Who wrote what, the latest first."""
    row = found_meeting(request, slug, pk)
    rows = list(row.revisions.filter(what=what).select_related("by")[:100])
    return page(
        request, "revisions.html", row.cohort, "meetings", meeting=row, rows=rows, what=what, label=LABELS[what]
    )


@require_POST
@login_required
def finish(request: Request, slug: str, pk: int, verb: str) -> HttpResponse:
    """Close the minutes, or, by an admin, open them again."""
    row = found_meeting(request, slug, pk)
    if not row.kept_by(request.user) or (verb == "reopen" and not request.user.is_admin):
        raise Http404
    try:
        getattr(row, verb)(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        done = "The minutes are closed; everybody is told." if verb == "close" else "The minutes can be mended."
        messages.success(request, done)
    return redirect(row.get_absolute_url())
