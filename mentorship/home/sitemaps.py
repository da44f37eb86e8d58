"""What search engines are told of: everything that anybody may read, in files of a thousand addresses."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.models import Post, Series
from mentorship.cohorts.models import Cohort
from projects.models import Portfolio
from streams.models import Stream

NOBODY = AnonymousUser()


class Ours(Sitemap):
    """Addresses begin with BASE_URL, whatever name the request came by."""

    limit = 1000

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc


class Pages(Ours):
    def items(self) -> list[str]:
        return ["home:landing", "home:charter", "home:faq", "streams:index", "cohorts:cohorts", "blog:index"]

    def location(self, item: str) -> str:
        return reverse(item)


class Posts(Ours):
    """Those that stood here first: of the others, the original is what should be found."""

    def items(self) -> Any:
        here = Post.objects.published().filter(canonical_url="").order_by("-published_at", "-id")
        return here.values("slug", "updated_at")

    def location(self, item: dict[str, Any]) -> str:
        return f"/blog/{item['slug']}/"

    def lastmod(self, item: dict[str, Any]) -> Any:
        return item["updated_at"]


class SeriesOfPosts(Ours):
    def items(self) -> Any:
        return Series.objects.visible_to(NOBODY).order_by("pk")


class Streams(Ours):
    def items(self) -> Any:
        return Stream.objects.published()


class Cohorts(Ours):
    def items(self) -> Any:
        return Cohort.objects.visible_to(NOBODY).order_by("pk")


class Portfolios(Ours):
    def items(self) -> Any:
        return Portfolio.objects.visible_to(NOBODY).order_by("pk").values_list("person__handle", flat=True)

    def location(self, item: str) -> str:
        return f"/portfolio/{item}/"


SECTIONS: dict[str, type[Ours]] = {
    "pages": Pages,
    "streams": Streams,
    "cohorts": Cohorts,
    "posts": Posts,
    "series": SeriesOfPosts,
    "portfolios": Portfolios,
}
KEPT = {"Cache-Control": "public, max-age=600"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of the files."""
    files = [
        {"location": settings.BASE_URL + reverse("home:sitemap_section", args=[name, number])}
        for name, section in SECTIONS.items()
        for number in section().paginator.page_range
    ]
    return written(request, "sitemap_index.xml", {"sitemaps": files})


@require_safe
def section(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One file of addresses."""
    if name not in SECTIONS:
        raise Http404
    try:
        found = SECTIONS[name]().get_urls(page=number)
    except EmptyPage:
        raise Http404 from None
    return written(request, "sitemap.xml", {"urlset": found})


def written(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return HttpResponse(render_to_string(template, context, request), content_type="application/xml", headers=KEPT)


ROBOTS = """\
User-agent: *
Disallow: /accounts/
Disallow: /api/
Disallow: /blog/search/
Disallow: /django-admin/

Sitemap: {base}/sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS.format(base=settings.BASE_URL), content_type="text/plain; charset=utf-8", headers=KEPT)
