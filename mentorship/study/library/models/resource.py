"""What one can learn from, and who recommends it."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, NullIf
from django.urls import reverse
from django.utils.text import slugify

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study.library import telling
from mentorship.study.library.addresses import same_address
from mentorship.study.library.choices import Cost, Kind, Topic
from mentorship.study.library.members import check_keeper, check_member
from mentorship.study.library.models.link import LinkCheck

HARDEST = 3
MOST_WAITING = 20
LONGEST_SEARCH = 200


class Source(models.Model):
    """Who recommends: somebody's article, notes or talk, or the program itself."""

    key = models.CharField(max_length=50, unique=True)
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=120)
    url = models.URLField(max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    about = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class ResourceQuerySet(models.QuerySet["Resource"]):
    def listed(self) -> ResourceQuerySet:
        """What the library shows to everybody."""
        return self.filter(state=Resource.State.LISTED, retired_at=None)

    def visible_to(self, person: Any) -> ResourceQuerySet:
        """What was ever listed, for who kept its address; suggestions for who made them and who decides."""
        if not person.is_authenticated:
            return self.filter(state=Resource.State.LISTED)
        return self if person.is_admin else self.filter(Q(state=Resource.State.LISTED) | Q(suggested_by=person.pk))

    def waiting(self) -> ResourceQuerySet:
        return self.filter(state=Resource.State.SUGGESTED).order_by("suggested_at", "pk")

    def holding(self, words: str) -> ResourceQuerySet:
        """Those that hold the words, as one types them into a search; whatever is asked is only ever words."""
        asked = "".join(c if c.isprintable() else " " for c in words[:LONGEST_SEARCH])
        query = SearchQuery(asked, config="english", search_type="websearch")
        return self.filter(words=query).annotate(rank=SearchRank(F("words"), query))

    def matching(self, words: str) -> ResourceQuerySet:
        """The listed ones that hold the words, the best first."""
        return self.listed().holding(words).order_by("-rank", "title", "pk")  # type: ignore[misc]

    def best_first(self) -> ResourceQuerySet:
        mean = Cast("rating_sum", models.FloatField()) / NullIf(F("rating_count"), Value(0))
        return self.order_by(mean.desc(nulls_last=True), "-rating_count", "title", "pk")


class Resource(models.Model):
    """One thing to learn from. Loaded from the library's files, or suggested by a member and accepted."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", "Suggested"
        LISTED = "listed", "In the library"
        REFUSED = "refused", "Not taken"

    key = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=160, blank=True)
    url = models.URLField(max_length=500, blank=True)
    address = models.CharField(max_length=600, blank=True, editable=False, help_text="One for all spellings of `url`.")
    was = ArrayField(models.CharField(max_length=600), default=list, blank=True, help_text="Other addresses of it.")
    kind = models.CharField(max_length=16, choices=Kind)
    topic = models.CharField(max_length=16, choices=Topic)
    level = models.PositiveSmallIntegerField(default=1)
    cost = models.CharField(max_length=5, choices=Cost, default=Cost.FREE)
    about = models.TextField(max_length=400, blank=True)
    sources = models.ManyToManyField(Source, related_name="resources", blank=True)
    link = models.ForeignKey(LinkCheck, models.PROTECT, null=True, blank=True, related_name="resources")
    loaded = models.BooleanField(default=False, help_text="It stands in the library's files.")
    retired_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.LISTED)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="suggested_resources"
    )
    suggested_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.CharField(max_length=300, blank=True)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    words = models.GeneratedField(
        expression=SearchVector("title", "author", weight="A", config="english")
        + SearchVector("about", "topic", "kind", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="resource_words"),
            models.Index(fields=["title", "id"], condition=Q(state="listed"), name="resource_by_title"),
            models.Index(fields=["suggested_at"], condition=Q(state="suggested"), name="resource_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                "address", condition=~Q(address="") & ~Q(state="refused"), name="resource_address_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="resource_kind_known"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="resource_topic_known"),
            models.CheckConstraint(condition=Q(cost__in=Cost.values), name="resource_cost_known"),
            models.CheckConstraint(condition=Q(level__range=(1, HARDEST)), name="resource_level_known"),
            models.CheckConstraint(
                condition=Q(state="listed") | Q(state="suggested", suggested_at__isnull=False, decided_at=None)
                | (Q(state="refused", decided_at__isnull=False) & ~Q(decided_because="")),
                name="resource_state_known",
            ),
            models.CheckConstraint(condition=Q(loaded=False) | Q(state="listed"), name="resource_loaded_is_listed"),
            models.CheckConstraint(
                condition=Q(rating_sum__gte=F("rating_count"), rating_sum__lte=5 * F("rating_count")),
                name="resource_rating_sum",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("study:resource", args=[self.key])

    @property
    def is_listed(self) -> bool:
        return self.state == self.State.LISTED and self.retired_at is None

    @property
    def mean(self) -> float | None:
        return self.rating_sum / self.rating_count if self.rating_count else None

    @classmethod
    def suggest(cls, *, by: User, url: str, title: str, at: datetime | None = None, **said: Any) -> Resource:
        """A member suggests something for the library: kind, topic, level, cost, author, about. A keeper decides.

        Refused for an address that is there already, or waits, under whatever spelling.
        """
        check_member(by)
        now = at or clock.now()
        try:
            address = same_address(url)
        except ValueError:
            raise Refused("This is no address on the web.", code="no_address") from None
        key = f"{slugify(title)[:60].strip('-') or 'resource'}-{secrets.token_hex(3)}"
        row = cls(
            key=key, title=title, url=url, address=address, state=cls.State.SUGGESTED, suggested_by=by,
            suggested_at=now, **said,
        )  # fmt: skip
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
            _check_new(address)
            if cls.objects.waiting().filter(suggested_by=by).count() >= MOST_WAITING:
                raise Refused("Many of your suggestions wait to be read; add more once they are.", code="too_many")
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except IntegrityError as error:
                if "resource_address_once" not in str(error):
                    raise
                _check_new(address)
                raise
            event = record(actor=by, verb="suggested", subject=row, at=now)
            telling.suggested(row, event, at=now)
        return row

    def accept(self, *, by: User, at: datetime | None = None) -> None:
        """A keeper takes a suggestion into the library."""
        self._decide(self.State.LISTED, "accepted", by=by, at=at)

    def refuse(self, *, by: User, reason: str, at: datetime | None = None) -> None:
        """A keeper does not take it, and says why: who suggested it reads that."""
        reason = " ".join(reason.split())
        if not reason or len(reason) > 300:
            raise Refused("Say why, in 300 characters at most: who suggested it reads it.", code="no_reason")
        self._decide(self.State.REFUSED, "refused", by=by, reason=reason, at=at)

    @transaction.atomic
    def _decide(self, state: str, verb: str, *, by: User, reason: str = "", at: datetime | None) -> None:
        check_keeper(by)
        now = at or clock.now()
        row = Resource.objects.select_for_update().get(pk=self.pk)
        if row.state != self.State.SUGGESTED:
            raise Refused("This is decided already.", code="decided")
        self.state, self.decided_by, self.decided_at, self.decided_because = state, by, now, reason
        if state == self.State.LISTED:
            self.link = LinkCheck.keep([self.url])[self.url]
        self.save(update_fields=["state", "decided_by", "decided_at", "decided_because", "link"])
        record(actor=by, verb=verb, subject=self, detail={"reason": reason} if reason else {}, at=now)
        telling.decided(self, at=now)


def _check_new(address: str) -> None:
    """Refused when something in the library, or waiting for it, has this address, or had it."""
    known = Resource.objects.filter(Q(address=address) | Q(was__contains=[address]))
    row = known.exclude(state=Resource.State.REFUSED).first()
    if row is None:
        return
    if row.state == Resource.State.SUGGESTED:
        raise Refused("Somebody suggested this already; it waits to be read.", code="waiting")
    raise Refused(f"It is in the library already: {row.title}.", code="known")
