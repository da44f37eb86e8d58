"""What people say about themselves, and who may change it: each person their own."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User

FIELDS = ("name", "handle", "headline", "bio", "website", "github", "visibility", "timezone")


def change(*, person: User, at: datetime | None = None, **fields: Any) -> User:
    """Set validated profile `fields` of `person`; only what differs is written.

    Refuses a handle that somebody else took since it was validated.
    """
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise ValueError(f"not of the profile: {sorted(unknown)}")
    try:
        with transaction.atomic():
            row = User.objects.select_for_update(no_key=True).get(pk=person.pk)
            changed = [name for name, value in fields.items() if getattr(row, name) != value]
            for name in changed:
                setattr(row, name, fields[name])
            if changed:
                row.save(update_fields=changed)
                record(actor=person, verb="changed_profile", subject=row, detail={"fields": changed}, at=at)
    except IntegrityError as error:
        if "user_handle_unique" in str(error):
            raise Refused("This handle is taken.", code="handle_taken") from error
        raise
    for name in fields:
        setattr(person, name, getattr(row, name))
    return person
