"""dev.to (Forem's API): an article as a draft in the author's account, with the canonical link to us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from blog.crossposting import by_hand
from blog.crossposting.answers import ask, data_of, words_of
from blog.crossposting.destination import File, Note, Preview, Stands, Trouble
from blog.crossposting.source import source_of

if TYPE_CHECKING:
    from blog.models import CrossPost, Post

MOST_TAGS = 4
ACCEPT = {"Accept": "application/vnd.forem.api-v1+json"}


class DevTo:
    name = "devto"
    label = "dev.to"
    ways: tuple[str, ...] = ("account",)

    def preview(self, post: Post) -> Preview:
        article = self._article(post)
        notes = [Note("It arrives as a draft in your account; you publish it there.")]
        if by_hand.has_formulas(post.body):
            notes.append(Note("dev.to shows mathematics with its own tags; look at each formula before you publish."))
        return Preview([File(f"{post.slug}.md", article["body_markdown"].encode())], notes)

    def _article(self, post: Post) -> dict[str, Any]:
        source = source_of(post)
        tags = ["".join(sign for sign in tag if sign.isalnum()) for tag in source.tags]
        return {
            "title": source.title,
            "body_markdown": by_hand.markdown(source, formulas=by_hand.KATEX),
            "published": False,
            "canonical_url": source.canonical_url,
            "description": source.summary[:300],
            "tags": ", ".join([tag for tag in tags if tag][:MOST_TAGS]),
        }

    def send(self, cross_post: CrossPost, secret: str) -> Stands:
        article = self._article(cross_post.post)
        known = int(cross_post.remote_id) if cross_post.remote_id else self._find(article["canonical_url"], secret)
        if known:
            article.pop("published")  # whoever published it there has said so
            found = self._ask("PUT", f"/articles/{known}", secret, {"article": article})
        else:
            found = self._ask("POST", "/articles", secret, {"article": article})
        if not isinstance(found, dict) or not isinstance(found.get("id"), int):
            raise Trouble("dev.to's answer could not be read.")
        out = bool(found.get("published_at") or found.get("published"))
        return Stands("merged" if out else "open", "" if out else "It is a draft there: publish it in your account.",
                      str(found.get("url") or "https://dev.to/dashboard")[:300], remote_id=str(found["id"]),
                      version=cross_post.post.version)  # fmt: skip

    def _find(self, canonical: str, secret: str) -> int | None:
        """The article that is there already: a retry after an answer that was lost makes no second one."""
        for page in range(1, 11):
            found = self._ask("GET", f"/articles/me/all?per_page=100&page={page}", secret)
            rows = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
            for one in rows:
                if one.get("canonical_url") == canonical and isinstance(one.get("id"), int):
                    return int(one["id"])
            if len(rows) < 100:
                return None
        return None

    def look(self, cross_post: CrossPost) -> Stands:
        """Published articles are public: no token is needed to see that it is out."""
        found = ask("dev.to", f"{settings.CROSSPOST_DEVTO_API}/articles/{int(cross_post.remote_id)}", headers=ACCEPT)
        if found.status == 404:
            return Stands()
        said = data_of(found)
        if found.status != 200 or not isinstance(said, dict):
            raise Trouble(f"dev.to answered with {found.status}.")
        return Stands("merged", url=str(said.get("url") or "")[:300])

    def _ask(self, method: str, path: str, secret: str, json: Any = None) -> Any:
        headers = ACCEPT | {"api-key": secret}
        found = ask("dev.to", settings.CROSSPOST_DEVTO_API + path, method=method, headers=headers, json=json)
        if found.status in (401, 403):
            raise Trouble("dev.to does not accept the key: it is wrong, or no longer valid.")
        if found.status == 404:
            raise Trouble("dev.to has no such article in this account (any more).")
        if found.status == 422:
            raise Trouble(f"dev.to did not take it: {words_of(found)}.")
        if not 200 <= found.status < 300:
            raise Trouble(f"dev.to answered with {found.status}.")
        return data_of(found)
