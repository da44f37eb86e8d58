"""What stands around the text of a published post: its place in a series, related posts, what machines read."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from blog.card import address_of
from blog.models import Post
from blog.text import minutes_to_read

# As in Django's json_script: nothing in a title ends the element that it stands in.
INSIDE_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
PROGRAM = "ML Mentorship"


def around(post: Post) -> dict[str, Any]:
    """Links that the template prints. Of a post that is not published there are none."""
    tags = [(tag, f"/blog/tagged/{tag}/") for tag in post.tags]
    related = [
        {"url": f"/blog/{slug}/", "title": title, "author": author}
        for slug, title, author in getattr(post, "related", None) or []
    ]
    return head(post) | {
        "tags": tags,
        "authors": post.authors(),
        "category_name": post.category.replace("_", " "),
        "series": series(post),
        "related": related,
    }


def head(post: Post) -> dict[str, Any]:
    """What machines read of a published post: its picture and structured data."""
    if post.state != Post.State.PUBLISHED:
        return {}
    address, picture = settings.BASE_URL + post.get_absolute_url(), settings.BASE_URL + address_of(post)
    return {"card": picture, "structured": structured(post, address, post.canonical_url or address, picture)}


def series(post: Post) -> dict[str, Any] | None:
    """The series of the post with what comes before and after; None where there is no other part to read."""
    found = getattr(post, "series", None)
    if not found or len(found["parts"]) < 2:
        return None
    parts = [{"url": f"/blog/{slug}/", "title": title} for slug, title in found["parts"]]
    place = [slug for slug, _ in found["parts"]].index(post.slug)
    return {
        "title": found["title"],
        "url": f"/blog/series/{found['slug']}/",
        "number": place + 1,
        "count": len(parts),
        "previous": parts[place - 1] if place else None,
        "next": parts[place + 1] if place + 1 < len(parts) else None,
    }


def structured(post: Post, address: str, canonical: str, picture: str) -> SafeString:
    """BlogPosting and BreadcrumbList as JSON-LD, to stand inside a `script` that is data."""
    base = settings.BASE_URL
    people = [{"@type": "Person", "name": one.name, "url": f"{base}/blog/by/{one.handle}/"} for one in post.authors()]
    posting: dict[str, Any] = {
        "@type": "BlogPosting",
        "@id": f"urn:uuid:{post.key}",
        "url": address,
        "mainEntityOfPage": canonical,
        "headline": post.title,
        "description": post.teaser,
        "datePublished": post.published_at.isoformat() if post.published_at else None,
        "dateModified": post.updated_at.isoformat(),
        "author": people if len(people) > 1 else people[0],
        "publisher": {"@type": "Organization", "name": PROGRAM, "url": f"{base}/"},
        "image": picture,
        "wordCount": post.words,
        "timeRequired": f"PT{minutes_to_read(post.words)}M",
        "inLanguage": "en",
    }
    if post.tags:
        posting["keywords"] = post.tags
    steps = [("Blog", f"{base}/blog/")]
    if post.category:
        posting["articleSection"] = post.category.replace("_", " ")
        steps.append((posting["articleSection"], f"{base}/blog/in/{post.category}/"))
    steps.append((post.title, address))
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": item}
            for place, (name, item) in enumerate(steps, 1)
        ],
    }
    said = json.dumps({"@context": "https://schema.org", "@graph": [posting, crumbs]}, ensure_ascii=False)
    return mark_safe(said.translate(INSIDE_SCRIPT))  # noqa: S308 - no < is left in it
