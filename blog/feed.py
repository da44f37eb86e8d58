"""The Atom feed: full text, addresses that work outside of this site, ids that never change."""

import hashlib
import re
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from blog.models import Post
from blog.models.scopes import PostQuerySet
from blog.text import UNPRINTABLE

ENTRIES = 20
# What the renderer leaves pointing into the page: footnotes.
INTO_THE_PAGE = re.compile(r'(<a\b[^<>]*? href=")#')


class FullTextFeed(Atom1Feed):
    """Django's Atom feed, with each entry's whole text."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def fingerprint() -> str:
    """An ETag: another one as soon as a post is added, changed or taken off."""
    held = newest().values_list("pk", "version", "published_at", "author__name", "author__handle")[:ENTRIES]
    return f'"{hashlib.sha256(repr((settings.BASE_URL, list(held))).encode()).hexdigest()[:32]}"'


def newest() -> PostQuerySet:
    return Post.objects.published().order_by("-published_at", "-id")


def written() -> str:
    """The feed as text."""
    home, own = settings.BASE_URL + reverse("blog:index"), settings.BASE_URL + reverse("blog:feed")
    feed = FullTextFeed(
        title="ML Mentorship: the blog",
        link=home,
        description=None,
        subtitle="What the people of the program learned, written down for the next ones.",
        feed_url=own,
        feed_guid=home,
        language="en",
    )
    posts = (
        newest()
        .select_related("author")
        .only(
            "key",
            "slug",
            "title",
            "teaser",
            "body_html",
            "published_at",
            "updated_at",
            "author__name",
            "author__handle",
        )
    )
    for post in posts[:ENTRIES]:
        address = settings.BASE_URL + post.get_absolute_url()
        feed.add_item(
            title=UNPRINTABLE.sub("", post.title),
            link=address,
            description=escape(UNPRINTABLE.sub("", post.teaser)),
            unique_id=f"urn:uuid:{post.key}",
            pubdate=post.published_at,
            updateddate=max(post.updated_at, post.published_at),
            author_name=post.author.name,
            author_link=settings.BASE_URL + reverse("blog:author", args=[post.author.handle]),
            content=INTO_THE_PAGE.sub(rf"\1{address}#", UNPRINTABLE.sub("", post.body_html)),
        )
    return feed.writeString("utf-8")
