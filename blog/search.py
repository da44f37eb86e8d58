"""Search in published posts. What is asked is never more than words to PostgreSQL, whatever it looks like."""

import html
import re
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from blog.models.coauthor import CO_WRITERS
from blog.rows import LISTED
from blog.text import clean_line

LONGEST = 200
# Of more matches than these the newest are ranked.
RANKED = 500
BEGIN, END = "\x02", "\x03"  # no text of ours holds them
HEADLINE = f"StartSel={BEGIN}, StopSel={END}, MaxWords=36, MinWords=18"

FIND = """
WITH newest AS (
    SELECT post_id, words, published_at FROM blog_searchable
    WHERE words @@ websearch_to_tsquery('english', %(asked)s)
    ORDER BY published_at DESC, post_id DESC LIMIT %(ranked)s
), best AS (
    SELECT post_id, published_at, ts_rank(words, websearch_to_tsquery('english', %(asked)s)) AS rank
    FROM newest ORDER BY rank DESC, published_at DESC, post_id DESC LIMIT %(limit)s OFFSET %(offset)s
)
SELECT p.slug, p.title, p.teaser, p.words, p.published_at, p.category, p.tags, u.name, u.handle, {co_writers},
    ts_headline('english', regexp_replace(left(p.body_html, 20000), '<[^>]*>', '', 'g'),
        websearch_to_tsquery('english', %(asked)s), %(headline)s) AS shown
FROM best JOIN blog_post p ON p.id = best.post_id JOIN people_user u ON u.id = p.author_id
WHERE p.state = 'published'
ORDER BY best.rank DESC, best.published_at DESC, best.post_id DESC
""".replace("{co_writers}", CO_WRITERS)


def cleaned(asked: str) -> str:
    return clean_line(asked[: 2 * LONGEST])[:LONGEST]


def query(asked: str) -> SearchQuery:
    return SearchQuery(cleaned(asked), config="english", search_type="websearch")


class Found:
    """The posts that answer `asked`, the best first, by their places; each teaser is where the words stand."""

    def __init__(self, asked: str) -> None:
        self.asked = asked

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        asked: dict[str, str | int] = {"asked": self.asked, "headline": HEADLINE, "ranked": RANKED}
        asked |= {"offset": part.start, "limit": part.stop - part.start}
        with connection.cursor() as cursor:
            cursor.execute(FIND, asked)
            return [self.row(found) for found in cursor.fetchall()]

    def row(self, found: tuple[Any, ...]) -> dict[str, Any]:
        row = dict(zip(LISTED, found, strict=False))
        shown = found[-1] or ""
        return row | ({"teaser": marked(shown)} if BEGIN in shown else {})


def marked(text: str) -> SafeString:
    """Words of a post, taken from its HTML, with those that were looked for in `<mark>`."""
    pieces: list[str] = [escape(html.unescape(piece)) for piece in re.split(f"[{BEGIN}{END}]", text)]
    pieces[1::2] = [f"<mark>{piece}</mark>" for piece in pieces[1::2]]
    return mark_safe("".join(pieces))  # noqa: S308 - each piece was escaped
