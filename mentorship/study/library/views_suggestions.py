"""What members miss in the library, and what its keepers make of that."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import time_html
from mentorship.people.requests import Request
from mentorship.study.library.choices import LEVELS
from mentorship.study.library.forms import ReasonForm, SuggestForm
from mentorship.study.library.members import is_keeper, is_member
from mentorship.study.library.models import Resource
from mentorship.study.library.rows import host_of


@require_http_methods(["GET", "POST"])
@login_required
def suggest(request: Request) -> HttpResponse:
    if not is_member(request.user):
        raise Http404
    form, status = SuggestForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                row = Resource.suggest(by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.refuse(refusal)
                status = 409
            else:
                messages.success(request, "Thank you. Once somebody has looked at it you are told.")
                return redirect(row)
    return render(request, "study/library/suggest.html", {"form": form}, status=status)


@require_safe
@login_required
def suggestions(request: Request) -> HttpResponse:
    return queue(request)


def queue(request: Request, *, wrong: str = "", form: ReasonForm | None = None, status: int = 200) -> HttpResponse:
    """What waits to be read, the longest first; `wrong` is the key whose `form` was refused."""
    if not is_keeper(request.user):
        raise Http404
    now = clock.now()
    page = paginate(request, Resource.objects.waiting().select_related("suggested_by").defer("words"), size=30)
    rows = [
        {
            "title": row.title,
            "url": row.url,
            "host": host_of(row.url),
            "key": row.key,
            "base": row.get_absolute_url(),
            "about": row.about,
            "facts": " · ".join(
                [row.get_kind_display(), row.get_topic_display(), LEVELS[row.level], row.get_cost_display()]
            ),
            "by": row.suggested_by.name if row.suggested_by else "Somebody who left",
            "time": time_html(row.suggested_at, now),
            "errors": form.errors.get("reason", ()) if form and row.key == wrong else (),
        }
        for row in page
    ]
    return render(request, "study/library/suggestions.html", {"page": page, "rows": rows}, status=status)


def waiting(request: Request, key: str) -> Resource:
    if not is_keeper(request.user):
        raise Http404
    rows = Resource.objects.exclude(suggested_by=None, suggested_at=None).select_related("suggested_by")
    return get_object_or_404(rows.defer("words"), key=key)


@require_POST
@login_required
def accept_suggestion(request: Request, key: str) -> HttpResponse:
    row = waiting(request, key)
    row.accept(by=request.user)
    messages.success(request, f"“{row.title}” is in the library.")
    return redirect("study:resource_suggestions")


@require_POST
@login_required
def refuse_suggestion(request: Request, key: str) -> HttpResponse:
    row = waiting(request, key)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return queue(request, wrong=key, form=form, status=422)
    row.refuse(by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, "It is not taken, and they are told why.")
    return redirect("study:resource_suggestions")
