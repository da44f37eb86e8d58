"""What people say about themselves, and who may change it: each person their own."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User

FIELDS = ("name", "handle", "headline", "bio", "website", "github", "visibility", "timezone")


def change(*, person: User, by: User | None = None, at: datetime | None = None, **fields: Any) -> User:
    """Set validated profile `fields` of `person`; only what differs is written. `by`: who, if not they themselves.

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
                record(actor=by or person, verb="changed_profile", subject=row, detail={"fields": changed}, at=at)
    except IntegrityError as error:
        if "user_handle_unique" in str(error):
            raise Refused("This handle is taken.", code="handle_taken") from error
        raise
    for name in fields:
        setattr(person, name, getattr(row, name))
    return person


def add(*, email: str, by: User, at: datetime | None = None, **fields: Any) -> User:
    """An account for somebody else, from validated profile `fields`. It has no password: whoever reads the address'
    mail sets one by way of 'forgotten password'.
    """
    try:
        with transaction.atomic():
            person: User = User.objects.create_user(email, None, **fields)
            record(actor=by, verb="added_person", subject=person, at=at)
    except IntegrityError as error:
        taken = "handle" if "user_handle_unique" in str(error) else "e-mail address"
        raise Refused(f"This {taken} is taken.", code=f"{taken.partition('-')[0]}_taken") from error
    return person
