"""Who calls the API, and how often they may."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from mentorship.people.backends import Backend
from mentorship.people.models import Token, User
from mentorship.people.tokens import digest


def holder_of(request: HttpRequest) -> tuple[User | None, Token | None]:
    """Whose token `request` carries, and which, if it opens the API now. Looked up once for each request."""
    known: tuple[User | None, Token | None] | None = request.__dict__.get("_holder")
    if known is not None:
        return known
    parts, token, person = get_authorization_header(request).split(), None, None  # type: ignore[arg-type]
    if len(parts) == 2 and parts[0].lower() == b"token":
        rows = Token.objects.filter(digest=digest(parts[1].decode("ascii", "replace")), revoked_at=None)
        token = rows.filter(expires_at__gt=timezone.now()).first()
        person = Backend().get_user(token.person_id) if token else None
    request._holder = person, token  # type: ignore[attr-defined]
    return person, token


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token mlm_…`; a wrong, expired or revoked token is 401, without saying which."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"token":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("Send `Authorization: Token <your token>`.")
        now = timezone.now()
        person, token = holder_of(request._request)
        if token is None or person is None:
            raise AuthenticationFailed("This token is not valid.")
        if person.is_editor and not person.has_second_factor:
            raise AuthenticationFailed("Your roles need a second factor: set one up, then use this token again.")
        # One write an hour at most: when it was last used need not be exact.
        if token.used_at is None or token.used_at < now - timedelta(hours=1):
            Token.objects.filter(pk=token.pk).update(used_at=now)
        return person, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"


class TokenScheme(OpenApiAuthenticationExtension):
    """How the API's description names our tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token mlm_…`, made under Settings, API tokens.",
        }


class TokenThrottle(SimpleRateThrottle):
    """600 requests an hour for each token; for who uses the session or no token, for each person or address."""

    scope = "token"

    def get_cache_key(self, request: Request, view: Any) -> str:
        if isinstance(request.auth, Token):
            ident = f"token-{request.auth.pk}"
        elif request.user.is_authenticated:
            ident = f"person-{request.user.pk}"
        else:
            ident = self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}
