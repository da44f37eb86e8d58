"""A mentor recommends a resource to somebody. Who may to whom is said in cohorts, which study does not know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study.library import telling
from mentorship.study.library.models.resource import Resource

LONGEST = 300


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, person: Any) -> RecommendationQuerySet:
        """Those that one was given, and those that one gave."""
        return self.filter(Q(person_id=person.pk) | Q(by_id=person.pk))

    def to(self, person: Any) -> RecommendationQuerySet:
        """What was recommended to `person`, the newest first."""
        return self.filter(person_id=person.pk).order_by("-at", "-pk")


class Recommendation(models.Model):
    """From one mentor to one person; said again it changes nothing."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="recommendations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recommended_resources")
    note = models.CharField(max_length=LONGEST, blank=True)
    at = models.DateTimeField(default=clock.now)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-at", "-id"], name="recommendation_to")]
        constraints = [
            models.UniqueConstraint("resource", "by", "person", name="recommendation_once"),
            models.CheckConstraint(condition=~Q(by=F("person")), name="recommendation_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.resource} to {self.person}"


@transaction.atomic
def recommend(resource: Resource, *, by: User, to: Iterable[User], note: str = "", at: datetime | None = None) -> int:
    """Recommend `resource` to each of `to` who was not yet; how many are told by this call."""
    now, note = at or clock.now(), " ".join(note.split())
    if not resource.is_listed:
        raise Refused("Only what is in the library is recommended.", code="not_listed")
    if len(note) > LONGEST:
        raise Refused(f"A note has {LONGEST} characters at most.", code="too_long")
    # One after the other for each mentor, so that whom this call tells is known.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
    had = set(Recommendation.objects.filter(resource=resource, by=by).values_list("person_id", flat=True))
    people = [person for person in to if person.pk not in had and person.pk != by.pk]
    if not people:
        return 0
    Recommendation.objects.bulk_create(
        Recommendation(resource=resource, by=by, person=person, note=note, at=now) for person in people
    )
    record(actor=by, verb="recommended", subject=resource, detail={"to": [row.pk for row in people]}, at=now)
    telling.recommended(people, resource, by=by, note=note, at=now)
    return len(people)
