"""One's own calendar over all cohorts, and its secret address for calendar programs."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.calendar_sources import ahead_of, entries_of
from mentorship.cohorts.ical import Entry
from mentorship.cohorts.ical import feed as written
from mentorship.cohorts.models import Feed
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import exact, time_html
from mentorship.people.requests import Request


@require_safe
@login_required
def my_calendar(request: Request) -> HttpResponse:
    return show(request)


def show(request: Request, secret: str = "") -> HttpResponse:
    """What is to come, and the address; the latter whole only in the answer to its making."""
    found = paginate(request, ahead_of(request.user, clock.now()), size=30)
    address = f"{settings.BASE_URL}{reverse('cohorts:feed', args=[secret])}" if secret else ""
    context = {
        "found": found, "entries": [line(entry) for entry in found], "feed": Feed.objects.of(request.user).first(),
        "address": address, "webcal": "webcal" + address[address.index(":") :] if address else "",
        "zone": request.user.timezone.replace("_", " "),
    }  # fmt: skip
    return render(request, "cohorts/my_calendar.html", context)


def line(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title, "url": entry.url, "when": time_html(entry.starts_at), "local": exact(entry.starts_at),
        "minutes": entry.minutes, "cancelled": entry.cancelled,
    }  # fmt: skip


@require_POST
@login_required
def make_feed(request: Request) -> HttpResponse:
    """A new address, shown in this answer and nowhere again."""
    _row, secret = Feed.make(by=request.user)
    return show(request, secret)


@require_POST
@login_required
def revoke_feed(request: Request) -> HttpResponse:
    Feed.revoke(by=request.user)
    messages.success(request, "The address opens nothing any more.")
    return redirect("cohorts:my_calendar")


@require_safe
@login_required
def feeds(request: Request) -> HttpResponse:
    """Whose calendars are read by a secret address, for admins; of the address itself nobody knows."""
    if not request.user.is_admin:
        raise Http404
    rows = Feed.objects.visible_to(request.user).open().select_related("person")
    found, base = paginate(request, rows.order_by("person__name", "pk")), reverse("cohorts:feeds")
    shown = [
        {"name": row.person.name, "email": row.person.email, "made": time_html(row.created_at),
         "revoke": f"{base}{row.pk}/revoke/"} for row in found
    ]  # fmt: skip
    return render(request, "cohorts/feeds.html", {"found": found, "rows": shown})


@require_POST
@login_required
def end_feed(request: Request, pk: int) -> HttpResponse:
    """An admin revokes somebody's address."""
    if not request.user.is_admin:
        raise Http404
    row = get_object_or_404(Feed.objects.visible_to(request.user).select_related("person"), pk=pk)
    try:
        row.end(by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"The address of {row.person} opens nothing any more. They are told.")
    return redirect("cohorts:feeds")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What calendar programs fetch, again and again: told by its ETag that nothing has changed, they take nothing."""
    row = Feed.objects.opened_by(secret).select_related("person").first()
    if row is None:
        raise Http404
    body = written(entries_of(row.person), "ML Mentorship")
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer: Any = get_conditional_response(request, etag=response["ETag"], response=response)
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'inline; filename="mentorship.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer
