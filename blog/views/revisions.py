"""Every saved text of a post: who and when, what changed, and the way back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from blog import writing
from blog.comparing import compare, two_of
from blog.models import Revision
from blog.text import count_words
from blog.views.desk import number_in, on_desk
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.rendering.difference_html import rows_html
from mentorship.common.times import time_html
from mentorship.people.requests import Request


@require_safe
@login_required
def revisions(request: Request, pk: int) -> HttpResponse:
    """The list, newest first; with `?from=` and `?to=` what changed from one to the other."""
    post = on_desk(request, pk)
    page = paginate(request, post.revisions.select_related("saved_by"), size=20)
    now = clock.now()
    rows = [
        {
            "version": row.version,
            "title": row.title,
            "words": count_words(row.body),
            "who": row.saved_by.name,
            "time": time_html(row.saved_at, now),
            "by_itself": row.by_itself,
            "before": before.version if before else None,
        }
        for row, before in zip(page.rows, [*page.rows[1:], None], strict=True)
    ]
    context = {"post": post, "page": page, "rows": rows, "restorable": "revise" in post.verbs_of(request.user)}
    asked = "from" in request.GET
    pair = two_of(post, request.GET.get("from", ""), request.GET.get("to", "")) if asked else None
    if pair:
        context |= {"pair": pair} | difference_of(*pair)
    elif asked:
        context["error"] = "Choose two different revisions."
    return render(request, "blog/revisions.html", context, status=422 if asked and not pair else 200)


def difference_of(old: Revision, new: Revision) -> dict[str, object]:
    """For the page: what changed, part by part, or why nobody can say."""
    try:
        found = compare(old, new)
    except Refused as refusal:
        return {"error": refusal.message}
    labels = {"title": "Title", "summary": "Summary", "body": "Text"}
    return {"parts": [(labels[part], rows_html(rows, prose=True)) for part, rows in found.items()]}


@require_POST
@login_required
def restore(request: Request, pk: int, version: int) -> HttpResponse:
    """Save an earlier text as the newest revision."""
    post = on_desk(request, pk)
    revision = get_object_or_404(post.revisions, version=version)
    writing.restore(post, by=request.user, version=number_in(request, "version"), revision=revision)
    messages.success(request, f"The text of revision {version} is the newest one now; what stood there before is kept.")
    return redirect(post.desk_url)
