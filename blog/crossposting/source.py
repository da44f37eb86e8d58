"""What of a post is sent on."""

from django.conf import settings
from django.utils import timezone

from blog.crossposting.destination import Trouble
from blog.crossposting.jekyll_export import Picture, Source
from blog.models import Figure, Post


def source_of(post: Post) -> Source:
    """The post with its authors and its images, as an export takes it."""
    return Source(
        title=post.title,
        slug=post.slug,
        body=post.body,
        authors=[person.name for person in post.authors()],
        canonical_url=post.canonical_url or settings.BASE_URL + post.get_absolute_url(),
        published_at=post.published_at or timezone.now(),
        category=post.category,
        tags=list(post.tags),
        summary=post.summary,
        front_matter=post.front_matter,
        pictures=pictures_of(post),
    )


def pictures_of(post: Post) -> list[Picture]:
    """The figures that its text shows, read from the store. Trouble if one is missing there."""
    shown = [figure for figure in post.figures.all() if figure.address in post.body]
    return [Picture(figure.address, f"{figure.key.hex}.webp", _content(figure)) for figure in shown]


def _content(figure: Figure) -> bytes:
    try:
        with figure.file.open("rb") as file:
            return bytes(file.read())
    except OSError:
        raise Trouble(f"The image {figure.name} is missing in the store. Put it into the text anew.") from None
