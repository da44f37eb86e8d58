"""The picture beside a shared link of a post."""

from blog.models import Post
from blog.text import minutes_to_read
from mentorship.common.card import Card


def card_of(post: Post) -> Card:
    return Card(post.author.name, post.title, post.teaser, f"{minutes_to_read(post.words)} min read", instead="A post")


def address_of(post: Post) -> str:
    """The path of the card, which changes when the card does: it may be kept for ever."""
    return f"/blog/{post.slug}/card.png?{card_of(post).digest[:12]}"
