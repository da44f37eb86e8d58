"""A session gets a new key when the second factor changes, as Django gives it one at sign-in."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from mentorship.people.events import record
from mentorship.people.models import User


def rotate(request: HttpRequest, user: User, signal: Any, **kwargs: Any) -> None:
    """The new key, also in the list of sessions, and a line in the history."""
    authenticator = kwargs.get("authenticator")
    if request.user.is_authenticated and request.session.session_key:
        before = request.session.session_key
        request.session.cycle_key()
        UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
    record(
        actor=user,
        verb="changed_second_factor",
        subject=user,
        detail={"kind": getattr(authenticator, "type", "")},
    )
