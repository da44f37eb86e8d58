"""What readers do under a post, and what those who look after the blog do about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.discussion import reading_of, threads_of
from blog.forms_readers import CommentForm, ReasonForm
from blog.models import Follow, Post, ReaderComment, Shared, Thanks
from blog.models.reader_comment import may_speak
from blog.views.editing import for_editors
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.models import User
from mentorship.people.requests import Request


def published(slug: str) -> Post:
    return get_object_or_404(Post.objects.published().select_related("author"), slug=slug)


def comment_of(request: Request, pk: int) -> ReaderComment:
    found = ReaderComment.objects.visible_to(request.user).exclude(state=ReaderComment.State.REMOVED)
    return get_object_or_404(found.select_related("post__author", "author"), pk=pk)


@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    """All comments on a post, the newest first; POST adds one, or a reply."""
    post = published(slug)
    if request.method != "POST":
        return discussion(request, post)
    if not request.user.is_authenticated:
        return redirect_to_login(post.get_absolute_url())
    if not isinstance(request.user, User) or not may_speak(request.user):
        raise Http404
    form = CommentForm(request.POST, post=post)
    if not form.is_valid():
        return discussion(request, post, form=form, status=422)
    try:
        row = ReaderComment.write(post, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("text", refusal.message)
        return discussion(request, post, form=form, status=409)
    return redirect(row.get_absolute_url())


def discussion(request: HttpRequest, post: Post, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page of comments. `form` holds what was typed, `under` the comment that a reply is written to."""
    at = clock.now()
    page, threads = threads_of(request, post, at)
    form = context.get("form") or CommentForm(post=post)
    # Without scripts a reply is a page with the form under the comment that it answers.
    under = request.GET.get("reply", "") or (form.data.get("parent") or "" if form.is_bound else "")
    context = {
        "post": post,
        "page": page,
        "threads": threads,
        "form": form,
        "under": int(under) if under.isascii() and under.isdigit() and len(under) < 18 else 0,
        "reading": reading_of(post, request.user, at),
    } | context
    return render(request, "blog/comments.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def edit_comment(request: Request, pk: int) -> HttpResponse:
    """Its writer says it in other words."""
    row = comment_of(request, pk)
    if row.author_id != request.user.pk:
        raise Http404
    form = CommentForm(request.POST or None, post=row.post, initial={"text": row.text})
    status, version = 200, row.edits
    if request.method == "POST":
        given = request.POST.get("version", "")
        version = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else row.edits
        status = 422
        if form.is_valid():
            try:
                row.edit(by=request.user, text=form.cleaned_data["text"], version=version)
                return redirect(row.get_absolute_url())
            except ChangedThere as refusal:
                form.add_error("text", f"{refusal.message} It says now: {refusal.saved}")
                status, version = 409, row.edits
            except Refused as refusal:
                form.add_error("text", refusal.message)
                status = 409
    context = {"comment": row, "form": form, "version": version}
    return render(request, "blog/comment_edit.html", context, status=status)


@require_POST
@login_required
def remove_comment(request: Request, pk: int) -> HttpResponse:
    """Its writer takes it back."""
    if comment_of(request, pk).author_id != request.user.pk:
        raise Http404
    return done(request, pk, "remove", "It is gone.")


@require_POST
@login_required
def report_comment(request: Request, pk: int) -> HttpResponse:
    """'This does not belong here.'"""
    if not may_speak(request.user):
        raise Http404
    return done(request, pk, "report", "Thank you. An editor looks at it.")


@require_POST
@login_required
@for_editors
def leave_comment(request: Request, pk: int) -> HttpResponse:
    """An editor leaves a reported comment where it is."""
    done(request, pk, "leave", "It stays.")
    return redirect("blog:reported")


@require_POST
@login_required
@for_editors
def show_comment(request: Request, pk: int) -> HttpResponse:
    """An editor shows again what was hidden."""
    return done(request, pk, "show", "It is shown again.")


@require_http_methods(["GET", "POST"])
@login_required
def hide_comment(request: Request, pk: int) -> HttpResponse:
    """Take a comment away from readers, and say why."""
    row = comment_of(request, pk)
    if not request.user.is_editor and row.post.author_id != request.user.pk:
        raise Http404
    form, status = ReasonForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            row.hide(by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"It is hidden, and {row.author.get_short_name()} was told why.")
            return redirect(row.get_absolute_url())
    return render(request, "blog/comment_hide.html", {"comment": row, "form": form}, status=status)


def done(request: Request, pk: int, verb: str, said: str) -> HttpResponse:
    row = comment_of(request, pk)
    getattr(row, verb)(by=request.user)
    messages.success(request, said)
    return redirect(row.get_absolute_url())


@require_safe
@login_required
@for_editors
def reported(request: Request) -> HttpResponse:
    """Comments that readers reported, the longest ago first."""
    rows = ReaderComment.objects.reported().select_related("post", "author").order_by("reported_at", "pk")
    return render(request, "blog/reported.html", {"page": paginate(request, rows, size=30), "now": clock.now()})


@require_POST
@login_required
def thank(request: Request, slug: str) -> HttpResponse:
    """'This helped me', or not any more."""
    post = published(slug)
    if "take_back" in request.POST:
        Thanks.take_back(post, by=request.user)
    else:
        Thanks.give(post, by=request.user)
    return back_to(request, post)


@require_POST
@login_required
def follow(request: Request, handle: str) -> HttpResponse:
    """Be told of an author's new posts, or no longer."""
    author = get_object_or_404(User.objects.active().filter(posts__state="published").distinct(), handle=handle)
    _turn(request, author, author.get_short_name())
    return redirect("blog:author", handle)


@require_POST
@login_required
def follow_blog(request: Request) -> HttpResponse:
    """Be told once a month what was new, or no longer."""
    _turn(request, None, "the blog")
    return redirect("blog:index")


def _turn(request: Request, author: User | None, name: str) -> None:
    if "stop" in request.POST:
        Follow.end(by=request.user, author=author)
        messages.success(request, f"You follow {name} no longer.")
    else:
        Follow.begin(by=request.user, author=author)
        often = "when there is a new post" if author else "once a month what was new"
        messages.success(request, f"You follow {name}: you are told {often}.")


@require_POST
@login_required
def share(request: Request, slug: str) -> HttpResponse:
    """Author or editor tell one of their cohorts of the post."""
    post = published(slug)
    if post.author_id != request.user.pk and not request.user.is_editor:
        raise Http404
    wished = request.POST.get("cohort", "")
    cohort = next((row for row in Shared.cohorts_for(post, request.user) if row.slug == wished), None)
    if cohort is None:
        messages.error(request, "Choose one of your running cohorts that does not know of it yet.")
        return discussion(request, post, status=422)
    Shared.with_cohort(post, cohort, by=request.user)
    messages.success(request, f"{cohort} is told.")
    return back_to(request, post)


def back_to(request: Request, post: Post) -> HttpResponse:
    if request.htmx:
        context = {"post": post, "reading": reading_of(post, request.user, clock.now())}
        return render(request, "blog/_readers.html", context)
    return redirect(f"{post.get_absolute_url()}#readers")
