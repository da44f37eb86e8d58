"""The figures of posts: where they are shown from, and how they come and go at the desk."""

import uuid
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from blog.models import Figure, Post
from mentorship.common.errors import Refused
from mentorship.people.requests import Request

ALONE = "default-src 'none'; sandbox"
# For a month: what is public stays what it is under its address, but a post may be unpublished.
PUBLIC = "public, max-age=2592000"


@require_safe
def figure(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """One image: for everyone once its post is published, before that for those whose desk it is."""
    found = Figure.objects.public().filter(key=key).first()
    public = found is not None
    if found is None:
        if not request.user.is_authenticated:
            raise Http404
        found = get_object_or_404(Figure.objects.in_hands_of(request.user), key=key)
    etag = f'"{found.key.hex}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)  # its pixels never change
    if answer is None:
        try:
            answer = FileResponse(found.file.open("rb"), content_type="image/webp")
        except FileNotFoundError as error:
            raise Http404 from error
    answer["ETag"] = etag
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = ALONE
    answer["Cache-Control"] = PUBLIC if public else "private, no-cache"
    if public:  # whoever reads the feed elsewhere sees it too
        answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@require_POST
@login_required
def add(request: Request, pk: int) -> HttpResponse:
    """An image for the post, sent by itself: answered with the list of all of them."""
    post = get_object_or_404(Post.objects.in_hands_of(request.user), pk=pk)
    figure, error = stored(request, post)
    if not request.htmx and figure:
        return redirect(f"{post.desk_url}#figures")
    return listed(request, post, new=figure, error=error)


def stored(request: Request, post: Post) -> tuple[Figure | None, str]:
    """What was sent with a form, stored; or why it was not."""
    sent = request.FILES.get("figure")
    if sent is None:
        return None, "Choose an image first."
    try:
        alt = request.POST.get("figure_alt", "")
        return Figure.objects.store(post=post, file=sent, alt=alt, by=request.user), ""
    except Refused as refusal:
        return None, refusal.message


def listed(request: Request, post: Post, new: Figure | None = None, error: str = "") -> HttpResponse:
    may_add = "revise" in post.verbs_of(request.user)
    context = {"post": post, "new": new, "error": error, "figures": list(post.figures.all()), "may_add": may_add}
    return render(request, "blog/_figures.html", context, status=422 if error else 200)


@require_POST
@login_required
def describe(request: Request, key: uuid.UUID) -> HttpResponse:
    """Say what it shows."""
    return _changed(request, key, lambda figure: figure.describe(by=request.user, alt=request.POST.get("alt", "")))


@require_POST
@login_required
def remove(request: Request, key: uuid.UUID) -> HttpResponse:
    """Remove it; not while the saved text shows it."""
    return _changed(request, key, lambda figure: figure.remove(by=request.user))


def _changed(request: Request, key: uuid.UUID, change: Callable[[Figure], None]) -> HttpResponse:
    figure = get_object_or_404(Figure.objects.in_hands_of(request.user).select_related("post"), key=key)
    error = ""
    try:
        change(figure)
    except Refused as refusal:
        if not request.htmx:
            raise
        error = refusal.message
    return listed(request, figure.post, error=error) if request.htmx else redirect(f"{figure.post.desk_url}#figures")
