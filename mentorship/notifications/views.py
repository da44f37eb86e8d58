"""The inbox."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorship.common import clock
from mentorship.common.pages import paginate
from mentorship.common.times import time_html
from mentorship.notifications import inbox as messages
from mentorship.notifications.models import Notification
from mentorship.people.requests import Request


@require_safe
@login_required
def inbox(request: Request) -> HttpResponse:
    """Everything that the person has been told, newest first."""
    page = paginate(request, Notification.objects.inbox_of(request.user), size=30)
    now = clock.now()
    rows = [{"message": row, "time": time_html(row.created_at, now), "unread": not row.read_at} for row in page]
    return render(request, "notifications/inbox.html", {"page": page, "rows": rows})


@require_POST
@login_required
def open_notification(request: Request, pk: int) -> HttpResponse:
    """Mark one notification as read and go to what it is about."""
    message = get_object_or_404(Notification.objects.inbox_of(request.user), pk=pk)
    messages.mark_read(Notification.objects.filter(pk=message.pk))
    return redirect(message.url or "notifications:inbox")


@require_POST
@login_required
def read_all(request: Request) -> HttpResponse:
    messages.read_all(request.user)
    return redirect("notifications:inbox")
