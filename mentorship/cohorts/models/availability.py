"""How and when somebody can be reached, and what a mentor offers: the person's own words, for every cohort alike."""

from collections.abc import Collection, Sequence
from datetime import datetime, time

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, OuterRef, Q

from mentorship.cohorts.languages import NAMES
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User
from streams.models import Stream, Unit

AWAKE_FROM, AWAKE_UNTIL = time(7), time(23)  # of who has said nothing
MOST_HOURS = 40


class Availability(models.Model):
    """One person's languages and waking hours; of a mentor also hours a week, streams and topics."""

    stream_keys: Sequence[int] = ()  # of `of`
    topic_keys: Sequence[int] = ()

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="availability")
    languages = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    awake_from = models.TimeField(default=AWAKE_FROM, help_text="By the person's own clock.")
    awake_until = models.TimeField(default=AWAKE_UNTIL, help_text="Before `awake_from`: on the next day.")
    hours_a_week = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)]
    )
    streams = models.ManyToManyField(Stream, related_name="+", blank=True)
    topics = models.ManyToManyField(Unit, related_name="+", blank=True)
    said_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(awake_from=F("awake_until")), name="availability_awake_sometimes"),
            models.CheckConstraint(
                condition=Q(hours_a_week=None) | Q(hours_a_week__gte=1, hours_a_week__lte=MOST_HOURS),
                name="availability_hours_sensible",
            ),
        ]

    def __str__(self) -> str:
        return f"availability of {self.person_id}"

    @classmethod
    def of(cls, person: User) -> "Availability":
        """What `person` has said, or what is assumed of who has said nothing (not saved)."""
        streams = cls.streams.through.objects.filter(availability=OuterRef("pk")).values("stream")
        topics = cls.topics.through.objects.filter(availability=OuterRef("pk")).values("unit")
        rows = cls.objects.annotate(stream_keys=ArraySubquery(streams), topic_keys=ArraySubquery(topics))
        return rows.filter(person=person).first() or cls(person=person)

    @classmethod
    def say(
        cls,
        *,
        by: User,
        languages: Collection[str],
        awake_from: time,
        awake_until: time,
        at: datetime | None = None,
        **more: object,
    ) -> "Availability":
        """Replace what `by` has said. `more`: hours_a_week, streams and topics; what is not given stays."""
        if not set(languages) <= NAMES.keys():
            raise Refused("This language is not one of the list.", code="languages")
        if awake_from == awake_until:
            raise Refused("Say two different times: when you get up, and when you go to bed.", code="awake_until")
        fields = {"languages": sorted(set(languages)), "awake_from": awake_from, "awake_until": awake_until}
        if "hours_a_week" in more:
            fields["hours_a_week"] = more["hours_a_week"]
        with transaction.atomic():
            row, _new = cls.objects.update_or_create(person=by, defaults=fields | {"said_at": at or now()})
            for name in ("streams", "topics"):
                if name in more:
                    getattr(row, name).set(more[name])
            events.record(actor=by, verb="said_availability", subject=row, at=at)
        return row
