"""Series: what everyone reads, and the form in which an author arranges one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.forms_series import SeriesForm
from blog.models import Post, Series
from blog.rows import LISTED, listed
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.people.requests import Request


@require_safe
def all_series(request: HttpRequest) -> HttpResponse:
    """Every series with something to read, and one's own."""
    published = Count("parts", filter=Q(parts__post__state=Post.State.PUBLISHED))
    rows = (
        Series.objects.visible_to(request.user)
        .order_by("-created_at", "-pk")
        .values("title", "slug", "author_id", "author__name", count=published)
    )
    page = paginate(request, rows)
    for row in page.rows:
        row["url"] = f"/blog/series/{row['slug']}/"
    return render(request, "blog/all_series.html", {"page": page, "rows": page.rows})


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """The published parts of a series, in their order."""
    series = get_object_or_404(Series.objects.visible_to(request.user).select_related("author"), slug=slug)
    posts = Post.objects.published().filter(parts__series=series).order_by("parts__position")
    rows, own = listed(list(posts.with_co_writers().values(*LISTED))), series.author_id == request.user.pk
    context = {"series": series, "rows": rows, "own": own}
    return render(request, "blog/series.html", context)


def own_series(request: Request, slug: str) -> Series:
    series = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
    if series.author_id != request.user.pk:
        raise Http404
    return series


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    """Begin a series: a title, and which of one's posts are in it."""
    return arranged(request, None)


@require_http_methods(["GET", "POST"])
@login_required
def arrange(request: Request, slug: str) -> HttpResponse:
    """Name a series, and say which of one's posts are in it, in which order."""
    return arranged(request, own_series(request, slug))


def arranged(request: Request, series: Series | None) -> HttpResponse:
    form = SeriesForm(request.POST or None, person=request.user, series=series)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        title, posts = form.cleaned_data["title"], form.posts()
        try:
            if series is None:
                series = Series.make(by=request.user, title=title, posts=posts)
            else:
                series.change(by=request.user, title=title, posts=posts)
        except Refused as refusal:
            form.add_error("title" if refusal.code == "title" else None, refusal.message)
            status = 409
        else:
            messages.success(request, "Saved.")
            return redirect(series)
    return render(request, "blog/arrange.html", {"form": form, "series": series}, status=status)


@require_POST
@login_required
def discard(request: Request, slug: str) -> HttpResponse:
    """Take a series apart; its posts stay."""
    own_series(request, slug).discard(by=request.user)
    messages.success(request, "The series is taken apart; its posts stay where they are.")
    return redirect("blog:all-series")
