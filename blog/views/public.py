"""One post, as everyone reads it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from blog import page
from blog.discussion import reading_of, threads_of
from blog.forms_readers import CommentForm
from blog.models import Post
from blog.posts import read_published
from blog.reads import count_read
from blog.rows import day_html
from blog.text import minutes_to_read
from blog.views import moved
from mentorship.common import clock


@require_safe
def post(request: HttpRequest, slug: str) -> HttpResponse:
    """One post; before it is published only for those who work on it, as it will look."""
    found = read_published(slug)
    if found is None:
        found = Post.objects.visible_to(request.user).with_authors().filter(slug=slug).first()
    if found is None:
        stood = moved.answer(request, slug)
        if stood is None:
            raise Http404
        return stood
    at, address = clock.now(), settings.BASE_URL + found.get_absolute_url()
    context = {
        "post": found,
        "body": mark_safe(found.body_html),  # noqa: S308 (made safe by the renderer when it was saved)
        "address": address,
        "canonical": found.canonical_url or address,
        "day": day_html(found.published_at) if found.published_at else "",
        "minutes": minutes_to_read(found.words),
        "readers": under(request, found, at) if found.state == Post.State.PUBLISHED else None,
        "works_on_it": request.user.is_authenticated and bool(found.verbs_of(request.user)),
    } | page.around(found)
    if found.state == Post.State.PUBLISHED and not context["works_on_it"]:
        count_read(request, found.pk, at)
    return render(request, "blog/post.html", context)


def under(request: HttpRequest, post: Post, at: datetime) -> dict[str, Any]:
    """What stands below a published post: the newest comments, if there are any, and what the reader may do."""
    shown, threads = threads_of(request, post, at) if post.comment_count else (None, [])
    reading = reading_of(post, request.user, at)
    form = CommentForm(post=post) if reading.speaks else None
    return {"threads": threads, "more": bool(shown and shown.next), "reading": reading, "form": form}
