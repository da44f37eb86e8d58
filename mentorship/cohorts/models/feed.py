"""A person's calendar as an address that calendar programs read."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from mentorship.cohorts import telling_dates as telling
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


def digest(secret: str) -> str:
    """SHA-256 is enough: the secret has 256 bits of its own."""
    return hashlib.sha256(secret.encode()).hexdigest()


class FeedQuerySet(models.QuerySet["Feed"]):
    def of(self, person: User) -> "FeedQuerySet":
        """The one that is read now, if there is one."""
        return self.filter(person=person, revoked_at=None)

    def open(self) -> "FeedQuerySet":
        """Those that are read now."""
        return self.filter(revoked_at=None)

    def visible_to(self, reader: Any) -> "FeedQuerySet":
        """One's own; all for admins. The address itself nobody can read again."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(person=reader)

    def opened_by(self, secret: str) -> "FeedQuerySet":
        """The one that `secret` opens: not revoked, of an account that is not closed."""
        return self.filter(digest=digest(secret), revoked_at=None, person__is_active=True)


class Feed(models.Model):
    """The secret address of one person's calendar: of it only a hash is kept. One at a time is open."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=Q(revoked_at=None), name="feed_one_open"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")), name="feed_revoked_after_made"
            ),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"

    @classmethod
    def make(cls, *, by: User, at: datetime | None = None) -> tuple["Feed", str]:
        """A new address, and its secret, which nobody can read again. The one before opens nothing from now on."""
        moment, secret = at or now(), secrets.token_urlsafe(32)
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk").first()
            replaced = cls.objects.of(by).update(revoked_at=moment)
            row = cls.objects.create(person=by, digest=digest(secret), created_at=moment)
            events.record(actor=by, verb="make_feed", subject=row, detail={"replaced": bool(replaced)}, at=at)
        return row, secret

    @classmethod
    def revoke(cls, *, by: User, at: datetime | None = None) -> None:
        """The address of `by` opens nothing any more."""
        row = cls.objects.of(by).first()
        if row is None:
            raise Refused("There is no address to revoke.", code="no_feed")
        row.end(by=by, at=at)

    def end(self, *, by: User, at: datetime | None = None) -> None:
        """It opens nothing any more: by whose it is, or by an admin, of which they are told."""
        if by.pk != self.person_id and not by.is_admin:
            raise Refused("Only whose address it is or an admin revokes it.", code="not_yours")
        with transaction.atomic():
            moment = at or now()
            if not Feed.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=moment):
                raise Refused("This address opens nothing already.", code="revoked_already")
            self.revoked_at = moment
            events.record(actor=by, verb="revoke_feed", subject=self, at=at)
            if by.pk != self.person_id:
                telling.feed_revoked(self, at=at)
