"""How much one person may store, whatever it is stored for."""

from collections.abc import Callable

from django.conf import settings

from mentorship.common.errors import Refused
from mentorship.people.models import User

# What each app says of the bytes that a person stored with it; the apps add theirs when they are ready.
STORED: list[Callable[[User], int]] = []


def check(person: User, more: int) -> None:
    """Refused if `more` bytes do not fit. One person's uploads follow each other from here until the commit."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if sum(stored(person) for stored in STORED) + more > settings.UPLOAD_QUOTA_BYTES:
        raise Refused("Your files fill the space that one person has. Ask an admin for more.", code="quota")
