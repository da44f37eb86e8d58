"""Hashnode (its GraphQL API): a post on the author's own blog there, with the canonical link to us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings

from blog.crossposting import by_hand
from blog.crossposting.answers import ask, data_of
from blog.crossposting.destination import File, Note, Passing, Preview, Stands, Trouble
from blog.crossposting.source import source_of

if TYPE_CHECKING:
    from blog.models import CrossPost, Post

PUBLICATION = """query Blog($host: String!, $slug: String!) {
  publication(host: $host) { id post(slug: $slug) { id url canonicalUrl } }
}"""
PUBLISH = """mutation Publish($input: PublishPostInput!) { publishPost(input: $input) { post { id slug url } } }"""
UPDATE = """mutation Update($input: UpdatePostInput!) { updatePost(input: $input) { post { id slug url } } }"""
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


class Hashnode:
    name = "hashnode"
    label = "Hashnode"
    ways: tuple[str, ...] = ("account",)

    def preview(self, post: Post) -> Preview:
        notes = [Note("It is published on your blog there at once, when you send it.")]
        return Preview([File(f"{post.slug}.md", self._said(post)["contentMarkdown"].encode())], notes)

    def _said(self, post: Post) -> dict[str, Any]:
        source = source_of(post)
        return {
            "title": source.title,
            "subtitle": source.summary[:250] or None,
            "slug": source.slug,
            "contentMarkdown": by_hand.markdown(source),
            "originalArticleURL": source.canonical_url,
            "tags": [{"slug": tag, "name": tag.replace("-", " ").title()} for tag in source.tags[:5]],
        }

    def send(self, cross_post: CrossPost, secret: str) -> Stands:
        said = self._said(cross_post.post)
        if not HOST.fullmatch(cross_post.publication):
            raise Trouble("Say which blog of yours it goes to, as name.hashnode.dev.")
        found = self._ask(PUBLICATION, {"host": cross_post.publication, "slug": said["slug"]}, secret)
        blog = found.get("publication")
        if not isinstance(blog, dict):
            raise Trouble(f"Hashnode knows no blog {cross_post.publication}.")
        there = blog.get("post") or {}
        if there and not cross_post.remote_id and there.get("canonicalUrl") != said["originalArticleURL"]:
            raise Trouble(f"Your blog there has another post at the address {said['slug']}. Rename that one first.")
        known = cross_post.remote_id or there.get("id")  # a retry makes no second one
        if known:
            post = (self._ask(UPDATE, {"input": said | {"id": known}}, secret).get("updatePost") or {}).get("post")
        else:
            whole = said | {"publicationId": blog.get("id")}
            post = (self._ask(PUBLISH, {"input": whole}, secret).get("publishPost") or {}).get("post")
        if not isinstance(post, dict) or not post.get("id"):
            raise Trouble("Hashnode's answer could not be read.")
        return Stands("merged", url=str(post.get("url") or "")[:300], remote_id=str(post["id"])[:80],
                      version=cross_post.post.version)  # fmt: skip

    def look(self, cross_post: CrossPost) -> Stands:
        return Stands()

    def _ask(self, query: str, variables: dict[str, Any], secret: str) -> dict[str, Any]:
        """The data of an answer. GraphQL says what is wrong in a 200."""
        headers = {"Authorization": f"Bearer {secret}"}
        json = {"query": query, "variables": variables}
        found = ask("Hashnode", settings.CROSSPOST_HASHNODE_API, method="POST", headers=headers, json=json)
        said = data_of(found)
        said = said if isinstance(said, dict) else {}
        errors = said.get("errors")
        first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
        code = (first.get("extensions") or {}).get("code", "")
        if found.status in (401, 403) or code in ("UNAUTHENTICATED", "FORBIDDEN"):
            raise Trouble("Hashnode does not accept the token for this blog: it is wrong, may not write there, or the "
                          "blog's plan does not include the API.")  # fmt: skip
        if code in ("RATE_LIMITED", "TOO_MANY_REQUESTS"):
            raise Passing("Hashnode has had too many requests for now. It is tried again by itself.", 60)
        if first:
            raise Trouble(f"Hashnode did not take it: {' '.join(str(first.get('message', '')).split())[:300]}.")
        if found.status != 200 or not isinstance(said.get("data"), dict):
            raise Trouble(f"Hashnode answered with {found.status}.")
        return dict(said["data"])
