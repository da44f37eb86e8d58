"""Co-authors: whom the author asks, and what somebody who was asked answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.forms import AskCoauthorForm
from blog.models import Coauthor, Post
from blog.models.coauthor import MOST
from mentorship.cohorts.models import Membership
from mentorship.common.errors import Refused
from mentorship.people.requests import Request

OFFERED = 200


@require_http_methods(["GET", "POST"])
@login_required
def coauthors(request: Request, pk: int) -> HttpResponse:
    """Who writes a post with its author; POST asks one more."""
    post = get_object_or_404(Post.objects.filter(author=request.user).select_related("author"), pk=pk)
    form = AskCoauthorForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            row = Coauthor.ask(post, by=request.user, handle=form.cleaned_data["handle"])
        except Refused as refusal:
            form.add_error("handle", refusal.message)
            status = 409
        else:
            messages.success(request, f"{row.person.name} was asked.")
            return redirect("blog:coauthors", pk)
    rows = list(post.coauthors.exclude(state="ended").select_related("person").order_by("place", "pk"))
    context: dict[str, Any] = {"post": post, "rows": rows, "form": form, "most": MOST}
    if post.state != Post.State.PUBLISHED and len([row for row in rows if row.place]) < MOST:
        context |= {"may_ask": True, "offered": offered_to(request.user)}
    return render(request, "blog/coauthors.html", context, status=status)


def offered_to(author: Any) -> list[tuple[str, str]]:
    """Handle and name of the people whom `author` may ask."""
    seats = Membership.objects.active().visible_to(author).filter(person__is_active=True).exclude(person=author)
    rows = seats.order_by("person__name", "person__handle").values_list("person__handle", "person__name")
    return list(rows.distinct()[:OFFERED])


def theirs(request: Request, pk: int) -> Coauthor:
    """The question that the reader was asked, or 404."""
    rows = Coauthor.objects.filter(person=request.user).select_related("post__author", "person")
    return get_object_or_404(rows, pk=pk)


@require_safe
@login_required
def coauthor(request: Request, pk: int) -> HttpResponse:
    """What somebody was asked, with the way to the text and to an answer."""
    return render(request, "blog/coauthor.html", {"row": theirs(request, pk)})


@require_POST
@login_required
def agree(request: Request, pk: int) -> HttpResponse:
    row = theirs(request, pk)
    row.agree(by=request.user)
    messages.success(request, f"You write “{row.post.title}” together now.")
    return redirect(row.post.desk_url)


@require_POST
@login_required
def refuse(request: Request, pk: int) -> HttpResponse:
    row = theirs(request, pk)
    row.refuse(by=request.user)
    messages.success(request, "You refused. Should you change your mind, you can still agree here.")
    return redirect(row)


@require_POST
@login_required
def leave(request: Request, pk: int) -> HttpResponse:
    row = theirs(request, pk)
    row.leave(by=request.user)
    messages.success(request, f"Your name is off “{row.post.title}”.")
    return redirect("blog:mine")


@require_POST
@login_required
def remove(request: Request, pk: int) -> HttpResponse:
    """The author takes somebody out, or a question back."""
    rows = Coauthor.objects.filter(post__author=request.user).select_related("post__author", "person")
    row = get_object_or_404(rows, pk=pk)
    row.remove(by=request.user)
    messages.success(request, f"{row.person.name} is no co-author of it any more, and was told.")
    return redirect("blog:coauthors", row.post_id)
