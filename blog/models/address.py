"""Addresses that posts have had: they lead on for ever, and no other post ever gets one."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import IntegrityError, models, transaction

from blog.text import RESERVED_SLUGS
from mentorship.common import clock
from mentorship.common.errors import Refused

if TYPE_CHECKING:
    from blog.models.post import Post

TAKEN = "Another page has this address, or had it once. Choose another one."


class Address(models.Model):
    """Where a published post stood before it was moved."""

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="addresses")
    slug = models.SlugField(max_length=80)
    left_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint("slug", name="address_of_one_post")]

    def __str__(self) -> str:
        return self.slug


def move(post: "Post", slug: str, at: datetime) -> None:
    """Give the locked `post` the address `slug`, and keep the one it had. Refused when it is not free."""
    if slug in RESERVED_SLUGS:
        raise Refused(TAKEN, code="slug_taken")
    try:
        with transaction.atomic():
            Address.objects.filter(post=post, slug=slug).delete()  # its own of before: it goes back
            Address.objects.create(post=post, slug=post.slug, left_at=at)
            post.slug = slug
            post.save(update_fields=["slug"])
    except IntegrityError as error:
        if "post_slug_unique" not in str(error) and "post_address_taken" not in str(error):
            raise
        raise Refused(TAKEN, code="slug_taken") from None


def once_at(slug: str) -> "Post | None":
    """The post that was published at this address once, wherever it is now."""
    was = apps.get_model("blog.Post").objects.filter(published_at__isnull=False).only("slug", "state")
    return was.filter(slug=slug).first() or was.filter(addresses__slug=slug).first()
