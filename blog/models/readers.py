"""What readers do with posts besides reading: thank, follow; and how often a post was read, whoever it was."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.models import User


class Thanks(models.Model):
    """The one kind of reaction: this helped me. Only the author and the editors see how many there are."""

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="thanks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "thanks"
        constraints = [models.UniqueConstraint("post", "person", name="thanks_once")]

    def __str__(self) -> str:
        return f"{self.person} for {self.post}"

    @classmethod
    def give(cls, post: Any, *, by: User) -> bool:
        """`by` thanks for a published post; whether this call did it. One's own post is nobody's to thank for."""
        if post.state != "published" or post.is_written_by(by):
            raise Refused("One thanks others, for what is published.", code="cannot_thank")
        return bool(cls.objects.get_or_create(post=post, person=by)[1])

    @classmethod
    def take_back(cls, post: Any, *, by: User) -> bool:
        return bool(cls.objects.filter(post=post, person=by).delete()[0])


class Follow(models.Model):
    """Who is told of new posts: of one author as they come, or of the whole blog once a month (no `author`)."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="followers"
    )
    since = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["author"], name="follow_of_author")]
        constraints = [
            models.UniqueConstraint("reader", "author", name="follow_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=~Q(reader=F("author")) | Q(author__isnull=True), name="follow_not_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} follows {self.author or 'the blog'}"

    @classmethod
    def begin(cls, *, by: User, author: User | None) -> bool:
        """`by` follows `author`, or the blog; whether that is new. Nobody follows themselves."""
        if author is not None and author.pk == by.pk:
            raise Refused("You know your own posts.", code="oneself")
        return bool(cls.objects.get_or_create(reader=by, author=author)[1])

    @classmethod
    def end(cls, *, by: User, author: User | None) -> bool:
        return bool(cls.objects.filter(reader=by, author=author).delete()[0])


class Reads(models.Model):
    """How often a post was opened on a day of UTC: a number, and nothing about who opened it."""

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="reads")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "reads"
        constraints = [models.UniqueConstraint("post", "day", name="reads_one_a_day")]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"
