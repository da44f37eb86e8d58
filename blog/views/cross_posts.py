"""Sending a post on: the dry run, the ways there, where it stands, and what to take along by hand."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.cross_post_forms import LinkForm, SendForm
from blog.crossposting import sending, taking, webhook
from blog.models import CrossPost, Post
from blog.rows_cross_posts import listed, of_post, stated
from blog.views.desk import on_desk
from blog.views.editing import for_editors
from mentorship.common import clock
from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.people.requests import Request


@require_safe
@login_required
@for_editors
def cross_posts(request: Request) -> HttpResponse:
    """Every cross-post, the newest change first; `?state=` shows one state."""
    state = request.GET.get("state", "")
    state = state if state in CrossPost.State.values else ""
    page = paginate(request, listed(request.user, state))
    states = [("", "All"), *CrossPost.State.choices]
    context = {"page": page, "rows": stated(page.rows, clock.now()), "states": states, "state": state}
    return render(request, "blog/cross_posts.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def cross_post(request: Request, pk: int) -> HttpResponse:
    """The dry run of a post and the ways to send it; POST sends it one of them."""
    post = on_desk(request, pk)
    if request.method != "POST":
        return page_of(request, post)
    form = SendForm(request.POST)
    if not form.is_valid():
        return page_of(request, post, form=form, status=422)
    try:
        row = CrossPost.queue(post, by=request.user, **form.said())
    except Refused as refusal:
        form.add_error("secret" if refusal.code == "token_missing" else None, refusal.message)
        return page_of(request, post, form=form, status=422 if refusal.code == "token_missing" else 409)
    messages.success(request, f"It is on its way to {row.get_destination_display()}. You are told what becomes of it.")
    return redirect("blog:cross-post", pk)


def page_of(request: Request, post: Post, *, status: int = 200, **context: Any) -> HttpResponse:
    form = context.pop("form", None)
    rows = of_post(post)
    places = sending.places(post, request.user, form, rows)
    at_its_place = any(place.possible and place.form is form for place in places.values())
    context = {
        "post": post,
        "rows": rows,
        "places": places,
        "refused": form.non_field_errors() or form.errors.values() if form and not at_its_place else [],
        "link": LinkForm(),
        "seen": sending.dry_run(post),
        "own": post.author_id == request.user.pk,
    } | context
    return render(request, "blog/cross_post.html", context, status=status)


@require_POST
@login_required
def link(request: Request, pk: int) -> HttpResponse:
    """Somebody opened the pull request by hand, and pastes its link."""
    post = on_desk(request, pk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return page_of(request, post, link=form, status=422)
    try:
        row = CrossPost.opened_by_hand(post, by=request.user, **form.cleaned_data["url"])
    except Refused as refusal:
        form.add_error("url", refusal.message)
        return page_of(request, post, link=form, status=409)
    enqueue("blog.look_at_cross_post", row.pk)
    messages.success(request, "Noted. Its state stands here from now on.")
    return redirect("blog:cross-post", pk)


@require_safe
@login_required
def take_along(request: Request, pk: int, kind: str) -> HttpResponse:
    """The post as Markdown, as HTML, or as the files of a pull request: to copy, or `?download` as a file."""
    post = on_desk(request, pk)
    if kind not in taking.KINDS:
        raise Http404
    found = taking.take(post, kind)
    if "download" in request.GET or not found.text:
        response = HttpResponse(found.content, content_type=found.content_type)
        response["Content-Disposition"] = f'attachment; filename="{found.name}"'
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response
    return render(request, "blog/take_along.html", {"post": post, "found": found, "kind": kind})


def _with_it(request: Request, pk: int) -> CrossPost:
    rows = CrossPost.objects.in_hands_of(request.user).select_related("post__author", "post__editor", "asked_by")
    return get_object_or_404(rows, pk=pk)


@require_POST
@login_required
def retry(request: Request, pk: int) -> HttpResponse:
    """Try a failed one again."""
    row = _with_it(request, pk)
    row.retry(by=request.user, secret=request.POST.get("secret", "")[:500].strip())
    messages.success(request, "It is tried again.")
    return redirect("blog:cross-post", row.post_id)


@require_POST
@login_required
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take it back."""
    row = _with_it(request, pk)
    row.withdraw(by=request.user)
    messages.success(request, "It is taken back.")
    return redirect("blog:cross-post", row.post_id)


@csrf_exempt
@require_POST
def hook(request: HttpRequest) -> HttpResponse:
    """GitHub's webhook. Unsigned, or signed by somebody else: 403, and nothing is looked at."""
    body = request.body
    if not webhook.signed(body, request.headers.get("X-Hub-Signature-256", "")):
        return HttpResponse("The signature does not fit.\n", status=403, content_type="text/plain")
    event, delivery = request.headers.get("X-GitHub-Event", ""), request.headers.get("X-GitHub-Delivery", "")
    if not event or not 0 < len(delivery) <= 80 or not delivery.isascii() or not delivery.isprintable():
        return HttpResponse("A delivery says what it is and has an id.\n", status=400, content_type="text/plain")
    webhook.received(event, delivery, body)
    return HttpResponse(status=204)
