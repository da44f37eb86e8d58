"""Keys to the API: shown once, kept as hashes, with an expiry."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import Token, User

PREFIX = "mlm_"
DAYS = 90
MAX_DAYS = 365
MAX_ACTIVE = 20


def digest(secret: str) -> str:
    """SHA-256 is enough: the secret has 256 bits of its own."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def issue(*, person: User, name: str, days: int = DAYS, at: datetime | None = None) -> tuple[Token, str]:
    """A new token of `person` for `days` days, and its secret, which nobody can read again.

    Refuses an expiry outside of 1 to 365 days, and more than 20 active tokens for a person.
    """
    now = at or timezone.now()
    if not 1 <= days <= MAX_DAYS:
        raise Refused(f"A token lives from 1 to {MAX_DAYS} days.", code="expiry_out_of_range")
    User.objects.select_for_update(no_key=True).get(pk=person.pk)  # two at once count each other
    if active(person, at=now).count() >= MAX_ACTIVE:
        raise Refused(f"{MAX_ACTIVE} of your tokens are active. Revoke one first.", code="too_many_tokens")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person,
        name=name,
        prefix=secret[:10],
        digest=digest(secret),
        created_at=now,
        expires_at=now + timedelta(days),
    )
    record(actor=person, verb="issued_token", subject=token, detail={"name": name, "days": days}, at=now)
    return token, secret


def active(person: User, at: datetime | None = None):
    """The tokens of `person` that open the API now."""
    return Token.objects.filter(person=person, revoked_at=None, expires_at__gt=at or timezone.now())


@transaction.atomic
def revoke(*, token: Token, by: User, at: datetime | None = None) -> bool:
    """End `token` at once; False if it had been revoked before."""
    now = at or timezone.now()
    changed = Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
    if changed:
        record(actor=by, verb="revoked_token", subject=token, detail={"name": token.name}, at=now)
    return bool(changed)
