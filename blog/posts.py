"""What other parts of the program ask about a person's posts."""

from blog.models import Post
from blog.models.scopes import PostQuerySet
from mentorship.people.models import User


def posts_published_by(person: User) -> PostQuerySet:
    """The published posts that their name stands on, newest first, without the texts."""
    return Post.objects.published().of_writer(person).order_by("-published_at", "-id").defer("body", "body_html")


def first_post_of(person: User) -> Post | None:
    """The first post that they published, or None."""
    return posts_published_by(person).order_by("published_at", "id").first()


# Everyone reads published posts: the statement stands for `Post.objects.published().select_related("author")`, which
# takes longer to be put together than to be answered. `tests/blog/test_reading.py` holds it to that.
READ = """
SELECT p.id, p.author_id, p.editor_id, p.slug, p.title, p.summary, p.teaser, p.body_html, p.canonical_url, p.state,
    p.words, p.published_at, p.updated_at, u.name AS author_name, u.handle AS author_handle
FROM blog_post p JOIN people_user u ON u.id = p.author_id
WHERE p.slug = %s AND p.state = 'published'
"""


def read_published(slug: str) -> Post | None:
    """The published post at this address with what its page prints, its author's name and handle among it."""
    for post in Post.objects.raw(READ, [slug]):
        said = vars(post)
        post.author = User(pk=post.author_id, name=said["author_name"], handle=said["author_handle"])
        return post
    return None
