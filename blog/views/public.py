"""What everyone reads."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import condition, require_safe

from blog import feed as atom
from blog.models import Post
from blog.posts import read_published
from blog.rows import day_html, listed, published_rows
from blog.text import minutes_to_read
from blog.views import moved
from mentorship.common.pages import paginate
from mentorship.people.models import User


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Published posts, newest first."""
    page = paginate(request, published_rows(Post.objects.all()), size=20)
    return render(request, "blog/index.html", {"page": page, "rows": listed(page.rows)})


@require_safe
def author(request: HttpRequest, handle: str) -> HttpResponse:
    """One author's published posts. Who has published nothing has no such page, whatever their profile says."""
    page = paginate(request, published_rows(Post.objects.filter(author__handle=handle)), size=20)
    if not page.rows and page.number == 1:
        raise Http404
    person = get_object_or_404(User.objects.only("name", "handle"), handle=handle)
    return render(request, "blog/author.html", {"page": page, "rows": listed(page.rows), "author": person})


@require_safe
def post(request: HttpRequest, slug: str) -> HttpResponse:
    """One post; before it is published only for those who work on it, as it will look."""
    found = read_published(slug)
    if found is None:
        found = Post.objects.visible_to(request.user).select_related("author").filter(slug=slug).first()
    if found is None:
        stood = moved.answer(request, slug)
        if stood is None:
            raise Http404
        return stood
    address = settings.BASE_URL + found.get_absolute_url()
    context = {
        "post": found,
        "body": mark_safe(found.body_html),  # noqa: S308 (made safe by the renderer when it was saved)
        "address": address,
        "canonical": found.canonical_url or address,
        "day": day_html(found.published_at) if found.published_at else "",
        "minutes": minutes_to_read(found.words),
        "works_on_it": request.user.is_authenticated and bool(found.verbs_of(request.user)),
    }
    return render(request, "blog/post.html", context)


@require_safe
@condition(etag_func=lambda request: atom.fingerprint())
def feed(request: HttpRequest) -> HttpResponse:
    """The newest posts with their full text, as Atom."""
    return HttpResponse(
        atom.written(),
        content_type="application/atom+xml; charset=utf-8",
        headers={"Cache-Control": "public, max-age=300"},
    )
