"""What a mentor sent after their session had ended: kept in the new one until they have signed in again.

Pages with scripts keep it themselves; this is for those without. Only forms that we gave to somebody are kept: they
say, signed, to whom.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

from mentorship.people.models import User

SALT = "projects.draft"
NAME = "kept_draft"
LONGEST = 200_000  # characters; a session is no store of books
VALID = 40 * 24 * 3600  # longer than any session


def writer_token(person: User) -> str:
    """For the form: who it was given to."""
    return signing.dumps(person.pk, salt=SALT)


def writer_of(data: QueryDict) -> int | None:
    """Whom the form was given to; None when it does not say so, or not by our hand."""
    try:
        found: Any = signing.loads(data.get("writer", ""), salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def keep(request: HttpRequest, pk: int) -> None:
    """Keep what was sent for the review of round `pk`."""
    writer, words = writer_of(request.POST), request.POST.urlencode()
    if writer and len(words) <= LONGEST:
        request.session[NAME] = {"round": pk, "writer": writer, "words": words}


def kept(request: HttpRequest, pk: int, person: User) -> QueryDict | None:
    """What `person` sent for this review while they were signed out."""
    found = request.session.get(NAME)
    if not found or (found["round"], found["writer"]) != (pk, person.pk):
        return None
    return QueryDict(found["words"])


def forget(request: HttpRequest, pk: int) -> None:
    """It is saved now."""
    if request.session.get(NAME, {}).get("round") == pk:
        del request.session[NAME]
