"""One click that makes an idea of a gap, an accepted project or a review's praise."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from mentorship.home.ideas import begin_from
from mentorship.people.requests import Request


@require_POST
@login_required
def begin_idea(request: Request) -> HttpResponse:
    post = begin_from(request.POST.get("source", "")[:60], by=request.user)
    if post is None:
        raise Http404
    messages.success(request, "It is an idea on your board. Say for whom it is, then begin to write.")
    return redirect(post.desk_url)
