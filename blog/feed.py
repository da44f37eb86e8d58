"""The Atom feed: full text, addresses that work outside of this site, ids that never change."""

import hashlib
import re
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from blog.listings import Listing
from blog.text import UNPRINTABLE

ENTRIES = 20
# What the renderer leaves pointing into the page, footnotes, and into the site, figures and links.
INTO_THE_PAGE = re.compile(r'(<a\b[^<>]*? href=")#')
INTO_THE_SITE = re.compile(r'(<(?:a|img)\b[^<>]*? (?:href|src)=")/(?!/)')


class FullTextFeed(Atom1Feed):
    """Django's Atom feed, with each entry's whole text."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for one in item["co_writers"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", one["name"])
            handler.addQuickElement("uri", settings.BASE_URL + reverse("blog:author", args=[one["handle"]]))
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


def fingerprint(listing: Listing) -> str | None:
    """An ETag: another one as soon as a post is added, changed, moved or taken off. None where there is no post."""
    held = (
        listing.posts(slice(0, ENTRIES))
        .with_co_writers()
        .values_list("pk", "version", "slug", "published_at", "author__name", "author__handle", "co_writers")
    )
    known = list(held)
    return f'"{hashlib.sha256(repr((settings.BASE_URL, known)).encode()).hexdigest()[:32]}"' if known else None


def written(listing: Listing) -> str:
    """The feed as text."""
    home, own = settings.BASE_URL + listing.address, settings.BASE_URL + listing.feed
    feed = FullTextFeed(
        title=UNPRINTABLE.sub("", f"ML Mentorship: {listing.title}"),
        link=home,
        description=None,
        subtitle=UNPRINTABLE.sub("", listing.about),
        feed_url=own,
        feed_guid=home,
        language="en",
    )
    posts = (
        listing.posts(slice(0, ENTRIES))
        .with_co_writers()
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
    for post in posts:
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
            co_writers=post.co_writers,
            content=standing_alone(post.body_html, address),
        )
    return feed.writeString("utf-8")


def standing_alone(html: str, address: str) -> str:
    """The text of the post at `address` with addresses that work in any reader."""
    html = INTO_THE_PAGE.sub(rf"\1{address}#", UNPRINTABLE.sub("", html))
    return INTO_THE_SITE.sub(rf"\1{settings.BASE_URL}/", html)
