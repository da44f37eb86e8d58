"""The check list beside the text."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from blog.checking import check
from blog.views.desk import on_desk
from mentorship.common.enqueue import enqueue
from mentorship.people.requests import Request


@require_safe
@login_required
def checks(request: Request, pk: int) -> HttpResponse:
    """What the desk fetches beside the text, and a page of its own where no script runs."""
    post = on_desk(request, pk)
    page = "blog/_checks.html" if request.htmx else "blog/checks.html"
    answer = render(request, page, {"post": post, "list": check(post)})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_POST
@login_required
def check_links(request: Request, pk: int) -> HttpResponse:
    """Have the links looked at; those of the last day stand as they were found."""
    post = on_desk(request, pk)
    enqueue("blog.check_links", post.pk)
    if request.htmx:
        return render(request, "blog/_checks.html", {"post": post, "list": check(post), "asked": True})
    messages.success(request, "The links are being looked at; come back in a minute.")
    return redirect("blog:checks", pk=pk)
