"""What other parts of the program ask about a person's posts."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, JSONObject

from blog.models import Coauthor, Post
from blog.models.coauthor import CO_WRITERS
from blog.models.scopes import PostQuerySet
from mentorship.people.models import User


def posts_published_by(person: User) -> PostQuerySet:
    """The published posts that their name stands on, newest first, without the texts."""
    return Post.objects.published().of_writer(person).order_by("-published_at", "-id").defer("body", "body_html")


def posts_since_joining() -> CombinedExpression:
    """An expression over memberships: how many posts of theirs, alone or with others, were published since."""
    since = {"published_at__gte": OuterRef("joined_at")}
    own = Post.objects.published().filter(author=OuterRef("person"), **since).order_by().values("author")
    agreed = Coauthor.objects.agreed().filter(person=OuterRef("person"), post__state="published")
    together = agreed.filter(post__published_at__gte=OuterRef("joined_at")).order_by().values("person")
    alone, shared = (Subquery(rows.annotate(n=Count("pk")).values("n")) for rows in (own, together))
    return Coalesce(alone, 0) + Coalesce(shared, 0)


def featured_post() -> Any:
    """What the landing page shows of the featured post: one row of one value, or none."""
    said = JSONObject(title="title", slug="slug", teaser="teaser", author="author__name")
    return Post.objects.filter(featured_at__isnull=False, state="published").values_list(said, flat=True)


def first_post_of(person: User) -> Post | None:
    """The first post that they published, or None."""
    return posts_published_by(person).order_by("published_at", "id").first()


# Those of published posts, for who chooses one; the index of categories answers that.
CATEGORIES = (
    Post.objects.published()
    .exclude(category="")
    .order_by("category")
    .values_list("category", flat=True)
    .distinct()[:100]
)

# Everyone reads published posts: the statement stands for `Post.objects.published().select_related("author")`, which
# takes longer to be put together than to be answered. `tests/blog/test_reading.py` holds it to that.
READ = """
SELECT p.id, p.key, p.author_id, p.editor_id, p.slug, p.title, p.summary, p.teaser, p.body_html, p.canonical_url,
    p.state, p.words, p.comment_count, p.published_at, p.updated_at, p.featured_at, p.category, p.tags,
    u.name AS author_name, u.handle AS author_handle, {series} AS series, {related} AS related,
    {co_writers} AS co_writers
FROM blog_post p JOIN people_user u ON u.id = p.author_id
WHERE p.slug = %s AND p.state = 'published'
"""
# Its series with the published parts in their order.
SERIES = """(
    SELECT json_build_object('title', s.title, 'slug', s.slug, 'parts', (
        SELECT json_agg(json_build_array(q.slug, q.title) ORDER BY other.position)
        FROM blog_part other JOIN blog_post q ON q.id = other.post_id AND q.state = 'published'
        WHERE other.series_id = s.id))
    FROM blog_part own JOIN blog_series s ON s.id = own.series_id WHERE own.post_id = p.id
)"""
# Those that share most tags, the category being one more; of each only the newest twelve are looked at.
RELATED = """(
    SELECT json_agg(json_build_array(r.slug, r.title, r.name)) FROM (
        SELECT q.slug, q.title, w.name FROM (
            SELECT found.post_id, count(*) AS shared FROM (
                SELECT t.post_id FROM unnest(p.tags) AS own (tag) CROSS JOIN LATERAL (
                    SELECT post_id FROM blog_tagged WHERE tag = own.tag
                    ORDER BY published_at DESC, post_id DESC LIMIT 12
                ) AS t
                UNION ALL
                SELECT c.id FROM (
                    SELECT id FROM blog_post WHERE state = 'published' AND category = p.category AND p.category <> ''
                    ORDER BY published_at DESC, id DESC LIMIT 12
                ) AS c
            ) AS found
            WHERE found.post_id <> p.id AND NOT EXISTS (
                SELECT FROM blog_part a JOIN blog_part b USING (series_id)
                WHERE a.post_id = p.id AND b.post_id = found.post_id)
            GROUP BY found.post_id
        ) AS counted
        JOIN blog_post q ON q.id = counted.post_id
        JOIN people_user w ON w.id = q.author_id
        WHERE q.state = 'published'
        ORDER BY counted.shared DESC, q.published_at DESC, q.id DESC LIMIT 3
    ) AS r
)"""
READ = READ.format(series=SERIES, related=RELATED, co_writers=CO_WRITERS)


def read_published(slug: str) -> Post | None:
    """The published post at this address with what its page prints: its author's name and handle, series, related."""
    for post in Post.objects.raw(READ, [slug]):
        said = vars(post)
        post.author = User(pk=post.author_id, name=said["author_name"], handle=said["author_handle"])
        agreed = [Coauthor(state="agreed", person=User(**one)) for one in said["co_writers"] or ()]
        said["_prefetched_objects_cache"] = {"coauthors": agreed}
        return post
    return None
