"""Drafts from the feed of one's own blog, and images that are fetched: the pages."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from blog.importing import feed as feeds
from blog.importing.forms import FeedForm
from blog.models import Feed, ImageFetch
from blog.views.desk import on_desk
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.requests import Request

LISTED = 20


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: Request) -> HttpResponse:
    """The address of a blog or its feed; those that were fetched before."""
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("blog:import-entries", Feed.ask(by=request.user, address=form.cleaned_data["address"]).pk)
        except Refused as refusal:
            form.add_error("address", refusal.message)
    rows = Feed.objects.of(request.user).order_by("-asked_at").defer("entries")[:LISTED]
    context = {"form": form, "feeds": rows}
    return render(request, "blog/import/feed.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@login_required
def entries(request: Request, pk: int) -> HttpResponse:
    """How far the fetching is, then what the feed has; those that are chosen become drafts."""
    feed = get_object_or_404(Feed.objects.of(request.user), pk=pk)
    if request.method == "POST":
        try:
            posts = feeds.begin(feed, by=request.user, keys=request.POST.getlist("entry"))
        except Refused as refusal:
            return _page(request, feed, refusal.message, 422)
        count = len(posts)
        messages.success(
            request, f"{count} draft{'' if count == 1 else 's'} made. Images that they show are being fetched."
        )
        return redirect(posts[0].desk_url if count == 1 else "blog:mine")
    return _page(request, feed)


def _page(request: Request, feed: Feed, problem: str = "", status: int = 200) -> HttpResponse:
    begun = feeds.begun(feed) if feed.entries else {}
    rows = [entry | {"post": begun.get(entry["key"])} for entry in feed.entries]
    context: dict[str, Any] = {"feed": feed, "rows": rows, "problem": problem, "stuck": feed.is_stuck(clock.now())}
    fragment = request.htmx and not request.htmx.boosted
    return render(
        request, "blog/import/_entries.html" if fragment else "blog/import/entries.html", context, status=status
    )


@require_POST
@login_required
def again(request: Request, pk: int) -> HttpResponse:
    """Fetch the feed once more."""
    feed = get_object_or_404(Feed.objects.of(request.user), pk=pk)
    feed.ask_again()
    return redirect("blog:import-entries", feed.pk)


@require_POST
@login_required
def fetch_images(request: Request, pk: int) -> HttpResponse:
    """Fetch the images that the text names on the web."""
    post = on_desk(request, pk)
    ImageFetch.ask(post=post, by=request.user)
    return redirect("blog:images", pk)
