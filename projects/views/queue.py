"""Who waits for a review, and taking one on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentorship.common.redirects import safe_next
from mentorship.people.requests import Request
from projects.models import Round
from projects.queue import context


@require_safe
@login_required
def queue(request: Request) -> HttpResponse:
    """The queue of a mentor; nobody else has one."""
    found = context(request, request.user)
    if found is None:
        raise Http404
    return render(request, "projects/queue.html", found | {"section": "queue"})


@require_POST
@login_required
def claim(request: Request, pk: int) -> HttpResponse:
    _reviewable(request, pk).claim(by=request.user)
    messages.success(request, "This round is yours for 24 hours.")
    return redirect("projects:review", pk)


@require_POST
@login_required
def extend(request: Request, pk: int) -> HttpResponse:
    _reviewable(request, pk).extend_claim(by=request.user)
    messages.success(request, "You have 24 hours more.")
    return redirect("projects:review", pk)


@require_POST
@login_required
def release(request: Request, pk: int) -> HttpResponse:
    _reviewable(request, pk).release(by=request.user)
    messages.success(request, "Released. Your draft is kept, should you take the round again.")
    return redirect(safe_next(request, reverse("projects:queue")))


def _reviewable(request: Request, pk: int) -> Round:
    return get_object_or_404(Round.objects.reviewable_by(request.user), pk=pk)
