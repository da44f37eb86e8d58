"""What editors do with a post that is ready or published: set its moment, move it, feature it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from blog.forms_publishing import MoveForm, WhenForm
from blog.models import Post
from blog.views import desk
from mentorship.common.errors import Refused
from mentorship.common.times import exact
from mentorship.people.requests import Request


def for_judges(request: Request, pk: int) -> Post:
    """The post on its desk, for editors; a mentor publishes nothing."""
    if not request.user.is_editor:
        raise Http404
    return desk.on_desk(request, pk)


@require_POST
@login_required
def schedule(request: Request, pk: int) -> HttpResponse:
    """Set when a ready post publishes itself. A time that the clocks skip or show twice is asked about."""
    post = for_judges(request, pk)
    form = WhenForm(request.POST, zone=request.user.zone)
    status = 422
    if form.is_valid():
        try:
            post.schedule(by=request.user, moment=form.cleaned_data["moment"])
        except Refused as refusal:
            form.add_error("day" if refusal.code == "not_ahead" else None, refusal.message)
            status = 409
        else:
            messages.success(
                request, f"It publishes itself on {exact(form.cleaned_data['moment'], request.user.zone)}."
            )
            return redirect(post.desk_url)
    return desk.desk(request, post, when=form, status=status)


@require_POST
@login_required
def move(request: Request, pk: int) -> HttpResponse:
    """Give a published post another address."""
    post = for_judges(request, pk)
    form = MoveForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            post.move(by=request.user, slug=form.cleaned_data["slug"])
        except Refused as refusal:
            form.add_error("slug" if refusal.code == "slug_taken" else None, refusal.message)
            status = 409
        else:
            messages.success(request, "Moved. The old address leads here.")
            return redirect(post.desk_url)
    return desk.desk(request, post, move=form, status=status)


@require_POST
@login_required
def feature(request: Request, pk: int) -> HttpResponse:
    """Put a published post onto the landing page."""
    post = for_judges(request, pk)
    post.feature(by=request.user)
    messages.success(request, "The landing page shows it now.")
    return redirect(post.desk_url)


@require_POST
@login_required
def unfeature(request: Request, pk: int) -> HttpResponse:
    """Take it off the landing page."""
    post = for_judges(request, pk)
    post.unfeature(by=request.user)
    messages.success(request, "The landing page does not show it any more.")
    return redirect(post.desk_url)
