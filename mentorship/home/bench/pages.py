"""What is measured: each page with who calls it, its floor and its bound."""

import time
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from mentorship.people.models import User

CSRF = _get_new_csrf_string()


@dataclass
class Caller:
    """One signed-in person, as the driver and the query counter call for them."""

    person: User
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.person)
        # As a session is after its first page: nobody hands in, or ticks, with the first request of a session.
        session = self.client.session
        session["began"] = session["seen"] = int(time.time())
        session.save()
        self.client.cookies["csrf"] = CSRF

    def at_the_floor(self) -> "Caller":
        """The same person, signed in at the floor's server, which finds people out as Django comes."""
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(self.person.pk), "mentorship.home.bench.floor.Backend"
        session[HASH_SESSION_KEY] = self.person.get_session_auth_hash()
        session["began"] = session["seen"] = int(time.time())
        session.create()
        floor = copy(self)
        floor.client = Client()
        floor.client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        floor.client.cookies["csrf"] = CSRF
        return floor

    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.client.cookies.items())
        return {"Host": "127.0.0.1", "Cookie": cookies, "X-CSRFToken": CSRF}

    def get(self, path: str) -> dict[str, Any]:
        return {"method": "GET", "path": path, "headers": self.headers()}

    def post(self, path: str, data: dict[str, Any]) -> dict[str, Any]:
        headers = self.headers() | {"Content-Type": "application/x-www-form-urlencoded"}
        return {"method": "POST", "path": path, "headers": headers, "body": urlencode(data)}


@dataclass
class Page:
    """One row of the result. `calls` are made in turn; `floor` likewise; `least` is the ratio it must reach."""

    name: str
    calls: list[dict[str, Any]]
    floor: list[dict[str, Any]]
    least: float
    most_queries: int = 12
    counted: tuple[Client, dict[str, Any]] | None = None
    once: bool = False  # every call may be made only once (hand-in)
    beside: bool = False  # `floor` is another page of ours, not one of the floor's server
