"""The editors' board, and what editors do with a post."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from blog.models.may import may_edit
from blog.rows import desk_rows, on_the_board
from blog.views.desk import on_desk, say
from mentorship.common import clock
from mentorship.common.pages import paginate
from mentorship.people.requests import Request

View = Callable[..., HttpResponse]


def for_editors(view: View) -> View:
    """404 for everyone else who is signed in, as if the page were not."""

    @wraps(view)
    def checked(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_editor:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def for_who_edits(view: View) -> View:
    """404 for everyone but editors and mentors."""

    @wraps(view)
    def checked(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        if not may_edit(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@require_safe
@login_required
@for_who_edits
def board(request: Request) -> HttpResponse:
    """Posts in editing, for mentors those of their mentees: unclaimed ones first, then by days waited."""
    page = paginate(request, on_the_board(request.user))
    rows = desk_rows(page.rows, clock.now())
    for row in rows:
        row["take"] = row["url"].replace("/edit/", "/take/")
        row["who"] = "nobody" if row["editor_id"] is None else "you" if row["editor_id"] == request.user.pk else "other"
    return render(request, "blog/editing.html", {"page": page, "rows": rows})


@require_POST
@login_required
@for_who_edits
def take(request: Request, pk: int) -> HttpResponse:
    """'I edit this one.'"""
    post = on_desk(request, pk)
    post.take(by=request.user)
    messages.success(request, f"You edit “{post.title}” now. {post.author.get_short_name()} was told.")
    return redirect(post.desk_url)


@require_POST
@login_required
@for_who_edits
def mark_ready(request: Request, pk: int) -> HttpResponse:
    """'Nothing is missing.'"""
    post = on_desk(request, pk)
    post.mark_ready(by=request.user)
    then = "publish it, or set when it publishes itself." if request.user.is_editor else "an editor publishes it."
    messages.success(request, f"It is ready; {then}")
    return redirect(post.desk_url)


@require_POST
@login_required
@for_editors
def publish(request: Request, pk: int) -> HttpResponse:
    post = on_desk(request, pk)
    post.publish(by=request.user)
    messages.success(request, "Published.")
    return redirect(post)


@require_POST
@login_required
@for_who_edits
def give_back(request: Request, pk: int) -> HttpResponse:
    """Return the post to its author, with what is missing."""
    return say(request, pk, "give_back", "comment", "The post is its author's draft again.")


@require_POST
@login_required
@for_editors
def unpublish(request: Request, pk: int) -> HttpResponse:
    """Take the post off the blog, with the reason."""
    return say(request, pk, "unpublish", "reason", "The post is off the blog, and its author was told why.")
