"""A series: posts of one author that are read in an order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from blog.models.post import Post
from blog.text import clean_line, slug_from, slug_number
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User

MOST_PARTS = 50
ATTEMPTS = 20


class SeriesQuerySet(models.QuerySet[Any]):
    def visible_to(self, reader: Any) -> "SeriesQuerySet":
        """Those with a published part; one's own in any case."""
        shown = Q(Exists(Part.objects.filter(series=OuterRef("pk"), post__state=Post.State.PUBLISHED)))
        return self.filter(shown | Q(author_id=reader.pk) if reader.is_authenticated else shown)


class Series(models.Model):
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="series")
    title = models.CharField(max_length=140)
    slug = models.SlugField(max_length=80)
    created_at = models.DateTimeField(default=clock.now)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint("slug", name="series_slug_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="series_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("blog:series", args=[self.slug])

    @classmethod
    def make(cls, *, by: User, title: str, posts: Sequence[int] = (), at: datetime | None = None) -> "Series":
        """A new series of `by` with `posts` of theirs, in this order. Its address follows its first title for ever."""
        now, title = at or clock.now(), titled(title)
        base = slug_from(title)
        for _ in range(ATTEMPTS):
            taken = set(cls.objects.filter(slug__startswith=base[:60]).values_list("slug", flat=True))
            slug = next(one for number in range(1, len(taken) + 2) if (one := slug_number(base, number)) not in taken)
            try:
                with transaction.atomic():
                    series = cls.objects.create(author=by, title=title, slug=slug, created_at=now)
                    series._arrange(by, posts)
                    record(actor=by, verb="began_series", subject=series, at=now)
                    return series
            except IntegrityError as error:
                if "series_slug_unique" not in str(error):
                    raise
        raise Refused("Too many series have this title. Choose another one.", code="slug_taken")

    @transaction.atomic
    def change(self, *, by: User, title: str, posts: Sequence[int], at: datetime | None = None) -> None:
        """Its author names it and says which posts of theirs are its parts, in their order."""
        self._lock(by)
        self.title = titled(title)
        self.save(update_fields=["title"])
        self._arrange(by, posts)
        record(actor=by, verb="changed_series", subject=self, detail={"posts": list(posts)}, at=at)

    @transaction.atomic
    def discard(self, *, by: User, at: datetime | None = None) -> None:
        """Its posts stay; only that they belong together is forgotten."""
        self._lock(by)
        record(actor=by, verb="discarded_series", subject=self, detail={"title": self.title}, at=at)
        self.delete()

    def _lock(self, by: User) -> None:
        try:
            self.refresh_from_db(from_queryset=Series.objects.select_for_update(of=("self",)))
        except Series.DoesNotExist:
            raise Refused("This series was removed meanwhile.", code="series_gone") from None
        if self.author_id != by.pk:
            raise Refused("Its author arranges a series.", code="not_yours")

    def _arrange(self, by: User, posts: Sequence[int]) -> None:
        if len(set(posts)) != len(posts) or len(posts) > MOST_PARTS:
            raise Refused(f"A series has {MOST_PARTS} parts at most, each once.", code="parts")
        own = set(Post.objects.filter(author=by, pk__in=posts).values_list("pk", flat=True))
        if own != set(posts):
            raise Refused("Only your own posts can be parts of your series.", code="not_your_post")
        self.parts.all().delete()
        try:
            with transaction.atomic():
                Part.objects.bulk_create(
                    Part(series=self, post_id=post, position=place) for place, post in enumerate(posts, 1)
                )
        except IntegrityError as error:
            if "part_of_one_series" not in str(error):
                raise
            raise Refused(
                "One of these posts is part of another series. Take it out there first.", "in_series"
            ) from None


class Part(models.Model):
    """The place of a post in its series."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="parts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint("post", name="part_of_one_series"),
            models.UniqueConstraint("series", "position", name="part_has_place"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} in {self.series_id}"


def titled(title: str) -> str:
    title = clean_line(title)
    if not title or len(title) > 140:
        raise Refused("Give the series a title of 140 characters at most.", code="title")
    return title
