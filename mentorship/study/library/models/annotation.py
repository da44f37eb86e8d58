"""What members write beside a resource: where it is good, where it is old, what to read first."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere, worded
from mentorship.people.events import record
from mentorship.people.models import Event, User
from mentorship.study.library import telling
from mentorship.study.library.members import check_keeper, check_member, is_keeper, is_member
from mentorship.study.library.models.resource import Resource

LONGEST = 5_000
HEADINGS = 4
MOST_AN_HOUR = 20


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def visible_to(self, reader: Any) -> AnnotationQuerySet:
        """For members alone; hidden ones for who wrote them and who keeps the library."""
        if not is_member(reader):
            return self.none()
        if is_keeper(reader):
            return self
        return self.filter(Q(hidden_at=None) | Q(author_id=reader.pk))

    def reported(self) -> AnnotationQuerySet:
        """Shown ones that somebody reported and no keeper has looked at since."""
        return self.filter(hidden_at=None, reported_at__isnull=False).order_by("reported_at", "pk")


class Annotation(models.Model):
    """One note of a member on a resource, in Markdown, for all members."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="annotations")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one annotation.")
    text = models.TextField(max_length=LONGEST)
    html = models.TextField(editable=False)
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves; who saves over another loses.")
    created_at = models.DateTimeField(default=clock.now)
    reported_at = models.DateTimeField(null=True, blank=True, help_text="When somebody first reported it; untouched.")
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.CharField(max_length=300, blank=True)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["resource", "-id"], name="annotation_list"),
            models.Index(fields=["author", "created_at"], name="annotation_of"),
            models.Index(
                fields=["reported_at"],
                condition=Q(reported_at__isnull=False, hidden_at=None),
                name="annotation_reported",
            ),
        ]
        constraints = [
            models.UniqueConstraint("author", "key", name="annotation_once"),
            models.CheckConstraint(condition=~Q(text=""), name="annotation_says_something"),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_because="") | (Q(hidden_at__isnull=False) & ~Q(hidden_because="")),
                name="annotation_hidden_because",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return f"{self.resource.get_absolute_url()}#annotation-{self.pk}"

    def verbs_of(self, person: Any) -> frozenset[str]:
        """What `person`, who may read it, may do with it; the one place that says so."""
        keeps, own = is_keeper(person), self.author_id == person.pk
        if self.hidden_at:
            return frozenset({"show"} if keeps else ()) | ({"remove"} if own else set())
        verbs = {"edit", "remove"} if own else {"report"}
        if keeps:
            verbs |= {"hide"} | ({"leave"} if self.reported_at else set())
        return frozenset(verbs)

    @classmethod
    def write(
        cls, resource: Resource, *, by: User, text: str, key: uuid.UUID | None = None, at: datetime | None = None
    ) -> Annotation:
        """A new one, by a member. The same `key` again gives the first one."""
        now, html = at or clock.now(), worded(text, longest=LONGEST, heading_level=HEADINGS)
        check_member(by)
        row = cls(resource=resource, author=by, key=key or uuid.uuid4(), text=text, html=html, created_at=now)
        with transaction.atomic():
            # One after the other for each person, so that the limit holds.
            User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
            if same := cls.objects.filter(author=by, key=row.key).first():
                return same
            if not resource.is_listed:
                raise Refused("Only what is in the library is annotated.", code="not_listed")
            if cls.objects.filter(author=by, created_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
                raise Refused("That is a lot for one hour; go on in a while.", code="too_many")
            try:
                row.save(force_insert=True)
            except IntegrityError:
                raise Refused("This resource is gone.", code="gone") from None
            record(actor=by, verb="annotated", subject=row, detail={"resource": resource.key}, at=now)
        return row

    def edit(self, *, by: User, text: str, version: int, at: datetime | None = None) -> None:
        """Say it in other words, if it is still the `version` that its writer began with."""
        html = worded(text, longest=LONGEST, heading_level=HEADINGS)
        with transaction.atomic():
            self._lock_for("edit", by)
            if version != self.version:
                raise ChangedThere(self.text)
            self.text, self.html = text, html
            Annotation.objects.filter(pk=self.pk).update(text=text, html=html, version=F("version") + 1)
            self.version += 1
            self._record("changed", by, at)

    @transaction.atomic
    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Its writer takes it back."""
        self._lock_for("remove", by)
        self._record("removed", by, at)
        self.delete()

    @transaction.atomic
    def report(self, *, by: User, at: datetime | None = None) -> None:
        """Somebody thinks that it does not belong here: the keepers are told, once until one has looked."""
        self._lock_for("report", by)
        check_member(by)
        if self.reported_at is None:
            self.reported_at = at or clock.now()
            self.save(update_fields=["reported_at"])
            telling.reported(self, self._record("reported", by, at), at=self.reported_at)

    @transaction.atomic
    def leave(self, *, by: User, at: datetime | None = None) -> None:
        """A keeper has looked at what was reported and leaves it where it is."""
        self._lock_for("leave", by)
        self.reported_at = None
        self.save(update_fields=["reported_at"])
        self._record("left_standing", by, at)

    @transaction.atomic
    def hide(self, *, by: User, reason: str, at: datetime | None = None) -> None:
        """A keeper takes it away from readers and says why; its writer is told."""
        reason, now = " ".join(reason.split()), at or clock.now()
        check_keeper(by)
        if not reason or len(reason) > 300:
            raise Refused("Say why, in 300 characters at most: its writer reads it.", code="no_reason")
        self._lock_for("hide", by)
        self.hidden_at, self.hidden_because, self.reported_at = now, reason, None
        self.save(update_fields=["hidden_at", "hidden_because", "reported_at"])
        telling.hidden(self, self._record("hid", by, at), at=now)

    @transaction.atomic
    def show(self, *, by: User, at: datetime | None = None) -> None:
        """A keeper shows again what was hidden."""
        self._lock_for("show", by)
        self.hidden_at, self.hidden_because = None, ""
        self.save(update_fields=["hidden_at", "hidden_because"])
        self._record("showed", by, at)

    def _lock_for(self, verb: str, by: User) -> None:
        """Lock and read it anew; refused when it is gone, or `by` may not do this with it now."""
        try:
            Annotation.objects.select_for_update().only("pk").get(pk=self.pk)
            self.refresh_from_db()
        except Annotation.DoesNotExist:
            raise Refused("This was removed meanwhile.", code="annotation_gone") from None
        if verb not in self.verbs_of(by):
            raise Refused("This cannot be done with it now.", code="illegal_state")

    def _record(self, verb: str, by: User, at: datetime | None) -> Event:
        return record(actor=by, verb=verb, subject=self, detail={"resource": self.resource.key}, at=at)
