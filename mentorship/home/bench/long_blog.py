"""The blog at size: an index of 100 posts and one of 10,000, and a long post with mathematics."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from blog.models import Post
from blog.writing import Text, begin
from mentorship.common.rendering.markdown import render_markdown
from mentorship.home.bench.seed import POST, put
from mentorship.people.models import User

FORMULA = (
    "$$\\sum_{i=1}^{n} \\frac{(x_i - \\mu)^2}{n-1} = \\sigma^2, \\qquad \\hat\\beta = (X^\\top X)^{-1} X^\\top y$$"
)
PART = "## Part {n}\n\nOf $x_{n}$ we know the mean. " + "Each step follows from the one before it. " * 40
LONG = "\n\n".join(f"{PART.replace('{n}', str(n))}\n\n{FORMULA}" for n in range(60))
TAGS = [f"tag-{n}" for n in range(40)]


class LongBlog:
    """Two categories of their own stand for two blogs: an index reads the newest of one, whatever the other holds."""

    def __init__(self, writer: User) -> None:
        self.writer, self.now = writer, timezone.now()

    def index_of(self, count: int) -> str:
        """The address of a list of `count` posts."""
        category = f"of_{count}"
        have = Post.objects.filter(category=category).count()
        html = render_markdown(POST)
        put(
            Post(
                author=self.writer, title=f"Post {n} of {count}", slug=f"{count}-post-{n}", summary="In one line.",
                body=POST, body_html=html, teaser="In one line.", words=200, state="published", category=category,
                tags=[TAGS[n % 40], TAGS[n * 7 % 40]], published_at=self.now - timedelta(hours=n + 1),
            )
            for n in range(have, count)
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE blog_post, blog_tagged, blog_searchable")
        return f"/blog/in/{category}/"

    def long_post(self) -> str:
        """The address of a post of some 20,000 words with 60 formulas set apart."""
        post = Post.objects.filter(slug="long-with-mathematics").first()
        if post is None:
            post = begin(by=self.writer, text=Text("Long, with mathematics", body=LONG, slug="long-with-mathematics"))
            Post.objects.filter(pk=post.pk).update(state="in_editing")
            Post.objects.filter(pk=post.pk).update(state="published", published_at=self.now)
        return post.get_absolute_url()
