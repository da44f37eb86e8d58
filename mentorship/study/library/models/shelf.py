"""What a person made of a resource: a place on their list, and stars."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study.library.members import check_member
from mentorship.study.library.models.resource import Resource


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def visible_to(self, person: Any) -> ListEntryQuerySet:
        """One's list is one's own."""
        return self.filter(person_id=person.pk)

    def newest_first(self) -> ListEntryQuerySet:
        return self.order_by("-changed_at", "-pk")


class ListEntry(models.Model):
    """A resource on a person's own list."""

    class State(models.TextChoices):
        TO_READ = "to_read", "To read"
        READING = "reading", "Reading"
        DONE = "done", "Done"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="library_list")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="list_entries")
    state = models.CharField(max_length=7, choices=State, default=State.TO_READ)
    added_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-changed_at", "-id"], name="list_entry_of_person")]
        constraints = [
            models.UniqueConstraint("person", "resource", name="list_entry_once"),
            models.CheckConstraint(
                condition=Q(state__in=["to_read", "reading", "done"]), name="list_entry_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.get_state_display()}"

    @classmethod
    @transaction.atomic
    def put(cls, resource: Resource, *, by: User, state: str = "to_read", at: datetime | None = None) -> ListEntry:
        """`resource` stands on one's list as `state`, whether it did before or not."""
        now = at or clock.now()
        if state not in cls.State.values:
            raise Refused("Choose one of: to read, reading, done.", code="unknown_state")
        start = {"state": state, "added_at": now, "changed_at": now}
        entry, created = cls.objects.select_for_update().get_or_create(person=by, resource=resource, defaults=start)
        if created or entry.state != state:
            entry.state, entry.changed_at = state, now
            entry.save(update_fields=["state", "changed_at"])
            record(actor=by, verb="listed", subject=entry, detail={"resource": resource.key, "state": state}, at=now)
        return entry

    @classmethod
    @transaction.atomic
    def take_off(cls, resource: Resource, *, by: User, at: datetime | None = None) -> bool:
        """Off the list; False when it was not on it."""
        entry = cls.objects.select_for_update().filter(person=by, resource=resource).first()
        if entry is None:
            return False
        record(actor=by, verb="removed", subject=entry, detail={"resource": resource.key}, at=at)
        entry.delete()
        return True


class Rating(models.Model):
    """How useful one person found a resource, 1 to 5; said again it is changed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="ratings")
    stars = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "resource", name="rating_once"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="rating_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} of 5"

    @classmethod
    @transaction.atomic
    def give(cls, resource: Resource, *, by: User, stars: int, at: datetime | None = None) -> Rating | None:
        """Rate a listed resource, or rate it anew; with 0 stars the rating is taken back."""
        now = at or clock.now()
        check_member(by)
        if not 0 <= stars <= 5:
            raise Refused("Give 1 to 5 stars.", code="stars")
        # One after the other for each resource, so that its sum is that of its ratings.
        locked = Resource.objects.select_for_update(no_key=True).only("pk", "state", "retired_at").get(pk=resource.pk)
        if not locked.is_listed:
            raise Refused("Only what is in the library is rated.", code="not_listed")
        before = cls.objects.filter(person=by, resource=resource).first()
        old = before.stars if before else 0
        if old == stars:
            return before
        if not stars and before is not None:
            before.delete()
        rating = cls(person=by, resource=resource, stars=stars, rated_at=now, pk=before.pk if before else None)
        if stars:
            rating.save()
        counted = bool(stars) - bool(old)
        changes = {"rating_sum": F("rating_sum") + stars - old, "rating_count": F("rating_count") + counted}
        Resource.objects.filter(pk=resource.pk).update(**changes)
        resource.refresh_from_db(fields=["rating_sum", "rating_count"])
        record(actor=by, verb="rated", subject=resource, detail={"stars": stars}, at=now)
        return rating if stars else None
