"""Lists of published posts, each with its feed, and the search."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from blog import feed as atom
from blog import listings, search
from blog.listings import Listing
from blog.models import Follow
from blog.rows import listed
from mentorship.common.pages import paginate
from mentorship.people.models import User

SIZE = 20
Which = Callable[[str], Listing]


def of_author(handle: str) -> Listing:
    return listings.by_author(get_object_or_404(User.objects.only("name", "handle"), handle=handle))


WHICH: dict[str, Which] = {"category": listings.in_category, "tag": listings.tagged, "author": of_author}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Published posts, newest first."""
    page = paginate(request, listings.everything(), size=SIZE)
    context = {"page": page, "rows": listed(page.rows), "follows": follows(request, "")}
    return render(request, "blog/index.html", context)


def follows(request: HttpRequest, handle: str) -> bool:
    """Whether the reader follows this author; without a handle, the whole blog."""
    if not request.user.is_authenticated:
        return False
    mine = Follow.objects.filter(reader=request.user)
    return (mine.filter(author__handle=handle) if handle else mine.filter(author=None)).exists()


@require_safe
def some(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """The published posts of a category, tag or author. Where there is none, there is no such page."""
    listing = WHICH[kind](name)
    page = paginate(request, listing, size=SIZE)
    if not page.rows and page.number == 1:
        raise Http404
    context = {"page": page, "rows": listed(page.rows), "listing": listing}
    if kind == "author":
        context |= {"handle": name, "follows": follows(request, name)}
    return render(request, "blog/some.html", context)


@require_safe
def feed(request: HttpRequest, kind: str = "", name: str = "") -> HttpResponse:
    """The newest posts of a list with their full text, as Atom. That of all posts is there before the first one."""
    listing = WHICH[kind](name) if kind else listings.everything()
    etag = atom.fingerprint(listing)
    if etag is None and kind:
        raise Http404
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    headers = {"Cache-Control": "public, max-age=300"} | ({"ETag": etag} if etag else {})
    return HttpResponse(atom.written(listing), content_type="application/atom+xml; charset=utf-8", headers=headers)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Published posts that hold the words of `?q=`."""
    asked = search.cleaned(request.GET.get("q", ""))
    page = paginate(request, search.Found(asked) if asked else [], size=SIZE)
    return render(request, "blog/search.html", {"asked": asked, "page": page, "rows": listed(page.rows)})
