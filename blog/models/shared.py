"""A post that is made known: to an author's followers when it is published, to a cohort when somebody shares it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction

from blog.models.post import Post
from mentorship.cohorts.models import Cohort
from mentorship.common import clock
from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User


class SharedQuerySet(models.QuerySet["Shared"]):
    def untold(self) -> "SharedQuerySet":
        return self.filter(told_at=None).order_by("pk")


class Shared(models.Model):
    """The order to tell a cohort, or without one the author's followers, of a post; once for each of them."""

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="shared")
    cohort = models.ForeignKey("cohorts.Cohort", models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "shared"
        indexes = [models.Index(fields=["id"], condition=models.Q(told_at=None), name="shared_untold")]
        constraints = [models.UniqueConstraint("post", "cohort", name="shared_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return f"{self.post} with {self.cohort or 'followers'}"

    @classmethod
    def with_cohort(cls, post: Post, cohort: Cohort, *, by: User, at: datetime | None = None) -> "Shared":
        """Author or editor tell one of their own cohorts of a published post. Refused the second time."""
        with transaction.atomic():
            found = Post.objects.select_for_update(no_key=True, of=("self",)).get(pk=post.pk)
            if found.state != Post.State.PUBLISHED:
                raise Refused("Publish it first.", code="not_published")
            if found.author_id != by.pk and not by.is_editor:
                raise Refused("Its author and editors make a post known.", code="not_yours")
            row, new = cls.objects.get_or_create(
                post=post, cohort=cohort, defaults={"by": by, "created_at": at or clock.now()}
            )
            if not new:
                raise Refused(f"{cohort} knows of it already.", code="told_already")
            record(actor=by, verb="shared", subject=row, at=at)
            enqueue("blog.tell_shared")
        return row

    @classmethod
    def with_followers(cls, post: Post, *, by: User, at: datetime) -> None:
        """Part of the publication; a post that is published again after it was taken down is no news."""
        if cls.objects.get_or_create(post=post, cohort=None, defaults={"by": by, "created_at": at})[1]:
            enqueue("blog.tell_shared")

    @staticmethod
    def cohorts_for(post: Post, person: Any) -> list[Cohort]:
        """Running cohorts that `person` can tell of the post and that do not know of it yet."""
        if post.state != Post.State.PUBLISHED or not (post.author_id == person.pk or person.is_editor):
            return []
        known = Shared.objects.filter(post=post, cohort__isnull=False).values("cohort")
        own = Cohort.objects.of(person).filter(state=Cohort.State.RUNNING, clock_ahead=None)
        return list(own.exclude(pk__in=known).order_by("name", "pk")[:30])
