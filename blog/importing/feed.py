"""Drafts from the feed of one's own blog, and the images of posts from other places: fetched in a task."""

import json
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from blog import writing
from blog.importing import pictures
from blog.models import Feed, Figure, ImageFetch, Post
from blog.writing import Source, Text
from mentorship.common.errors import Refused
from mentorship.common.fetching import NotFetched, fetch
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.sandbox import run_bounded
from mentorship.people.models import User

LARGEST_FEED, LARGEST_IMAGE = 5_000_000, 10_000_000
MOST_IMAGES, SECONDS = 30, 120.0
MORE_LEFT = f"{MOST_IMAGES} images are fetched at once; ask again for the others."


def fetch_feed(pk: int, *, at: datetime | None = None) -> None:
    """Fetch a feed that was asked for; one that is a page, the feed that it names. Harmless when repeated."""
    feed = Feed.claim(pk, at=at)
    if feed is None:
        return
    try:
        found = _read(feed.address)
        if "link" in found:
            found = _read(found["link"])
        if "link" in found:
            raise RenderError("This address leads from one page to the next, and to no feed.")
    except (NotFetched, RenderError) as error:
        feed.end(reason=error.message, at=at)
    else:
        feed.end(title=found["title"], entries=found["entries"], at=at)


def _read(url: str) -> dict[str, Any]:
    came = fetch(url, largest=LARGEST_FEED)
    if came.status != 200:
        raise NotFetched("unreachable", f"The server answered {came.status} instead of sending the feed.")
    payload = json.dumps({"url": came.url}).encode() + b"\n" + came.body
    answer = run_bounded("blog.importing.feed_file:read_bytes", payload, what="feed", cpu_seconds=15, wall_seconds=25)
    found: dict[str, Any] = json.loads(answer)
    return found


def key_of(entry: dict[str, Any]) -> str:
    return f"feed:{entry['key']}"


def begun(feed: Feed) -> dict[str, Post]:
    """The posts that entries of this feed became, by the entry's key."""
    keys = {key_of(entry): entry["key"] for entry in feed.entries}
    posts = Post.objects.filter(author=feed.person_id, origin_key__in=keys)
    return {keys[post.origin_key]: post for post in posts}


def begin(feed: Feed, *, by: User, keys: Iterable[str], at: datetime | None = None) -> list[Post]:
    """A draft from each entry named; what was a draft already stays that one. Their images are fetched."""
    chosen = [entry for entry in feed.entries if entry["key"] in set(keys)]
    if not chosen:
        raise Refused("Choose at least one entry.", code="nothing_chosen")
    posts = []
    for entry in chosen:
        text = Text(title=entry["title"], body=entry["text"], canonical_url=entry["url"], tags=tuple(entry["tags"]))
        source = Source(origin=Post.Origin.FEED, key=key_of(entry), url=entry["url"])
        new = not Post.objects.filter(author=by, origin_key=source.key).exists()
        post = writing.begin(by=by, text=text, source=source, at=at)
        if new and elsewhere(post):
            ImageFetch.ask(post=post, by=by, at=at)
        posts.append(post)
    return posts


def elsewhere(post: Post) -> list[pictures.Named]:
    """The images that the text names at addresses on the web."""
    return [one for one in pictures.named_in(post.body) if one.source.lower().startswith(("http://", "https://"))]


def fetch_images(pk: int, *, at: datetime | None = None) -> None:
    """Fetch the images of a post that was asked for; each that does not come is said. Harmless when repeated."""
    row = ImageFetch.claim(pk, at=at)
    if row is None:
        return
    post, by = row.post, row.by
    wanted, ends = elsewhere(post), time.monotonic() + SECONDS
    problems = (
        [f"A post fetches {MOST_IMAGES} images at most; the others are left."] if len(wanted) > MOST_IMAGES else []
    )
    addresses = {}
    try:
        for one in wanted[:MOST_IMAGES]:
            if time.monotonic() > ends:
                problems.append("It took too long: the rest is left. Ask again for it.")
                break
            try:
                addresses[one.source] = _figure(post, one, by)
            except (NotFetched, Refused) as refusal:
                problems.append(f"{one.name[:60]}: {refusal.message}"[:300])
        if addresses:
            pictures.show(post, addresses, by=by)
    except Refused as refusal:
        row.end(reason=refusal.message, problems=problems, at=at)
        return
    reason = "None of the images came." if wanted and not addresses else ""
    row.end(reason=reason, problems=problems, at=at)


def _figure(post: Post, named: pictures.Named, by: User) -> str:
    came = fetch(named.source, largest=LARGEST_IMAGE)
    if came.status != 200:
        raise NotFetched("unreachable", f"the server answered {came.status}.")
    return Figure.objects.store(post=post, file=came.body, alt=named.alt[:500], by=by, name=named.name).address
