"""A person's calendar as an address that calendar programs read."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

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
        with transaction.atomic():
            row = cls.objects.of(by).select_for_update().first()
            if row is None:
                raise Refused("There is no address to revoke.", code="no_feed")
            row.revoked_at = at or now()
            row.save(update_fields=["revoked_at"])
            events.record(actor=by, verb="revoke_feed", subject=row, at=at)
