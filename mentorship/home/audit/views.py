"""The audit's page and its file."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.models import Cohort
from mentorship.common.cells import defuse
from mentorship.common.times import time_html
from mentorship.home.audit.forms import AuditForm
from mentorship.home.audit.reading import LONGEST_FILE, Found, every, find
from mentorship.home.audit.sentences import details, sentence
from mentorship.people import events
from mentorship.people.models import Event
from mentorship.people.requests import Request

COLUMNS = ["at", "actor", "what", "verb", "subject", "number", "whom", "cohort", "detail"]


@require_safe
@login_required
def audit(request: Request) -> HttpResponse:
    """What was done, newest first; searched by what stands in the address."""
    if not request.user.is_admin:
        raise Http404
    form = AuditForm(request.GET, reader=request.user)
    valid, place = form.is_valid(), (request.GET.get("before", ""), request.GET.get("after", ""))
    found = find(form.wanted(), *place) if valid else Found()
    context = {
        "form": form, "rows": lines(found.rows), "searched": any(request.GET.get(name) for name in form.fields),
        "newest": address(request) if any(place) else "",
        "newer": address(request, after=found.newer), "older": address(request, before=found.older),
        "query": address(request), "longest": LONGEST_FILE,
    }  # fmt: skip
    return render(request, "home/audit/audit.html", context, status=200 if valid else 422)


def address(request: Request, **place: str) -> str:
    """The query string of the same search at another place; '' where there is no such place."""
    if place and not any(place.values()):
        return ""
    query = QueryDict(mutable=True)
    for name in AuditForm.base_fields:
        if value := request.GET.get(name):
            query[name] = value
    query.update(place)
    return f"?{query.urlencode()}"


def lines(rows: list[Event]) -> list[dict[str, Any]]:
    names = cohort_names(rows)
    return [
        {
            "time": time_html(row.at), "actor": str(row.actor) if row.actor else "The program",
            "what": sentence(row), "details": details(row), "refused": row.verb == "refused",
            "cohort": names.get(row.cohort_id or 0, ""),
            "subject": f"{row.subject_type} {row.subject_id}",
            "url": f"/django-admin/{row.subject_type.replace('.', '/')}/{row.subject_id}/change/",
        }
        for row in rows
    ]  # fmt: skip


def cohort_names(rows: list[Event]) -> dict[int, str]:
    keys = {row.cohort_id for row in rows if row.cohort_id}
    return dict(Cohort.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


@require_POST
@login_required
def export(request: Request) -> HttpResponse | StreamingHttpResponse:
    """The same search as a file, newest first; that somebody took it along is history too."""
    if not request.user.is_admin:
        raise Http404
    form = AuditForm(request.GET, reader=request.user)
    if not form.is_valid():
        context = {"form": form, "rows": [], "query": address(request), "longest": LONGEST_FILE}
        return render(request, "home/audit/audit.html", context, status=422)
    events.record(actor=request.user, verb="exported_audit", subject=request.user, detail={"search": address(request)})
    answer = StreamingHttpResponse(written(every(form.wanted())), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def written(rows: Iterator[Event]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow(
            [
                row.at.isoformat(), defuse(row.actor.handle if row.actor else ""), defuse(sentence(row)), row.verb,
                row.subject_type, row.subject_id, defuse(row.whom.handle if row.whom_id and row.whom else ""),
                row.cohort_id or "", defuse(json.dumps(row.detail, ensure_ascii=False)),
            ]
        )  # fmt: skip
