"""Which requests go by the clock of a test cohort: those about it, and all of who takes part in it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from mentorship.cohorts.models import Cohort, Membership
from mentorship.common import clock
from mentorship.people.authentication import holder_of

KEY = "real_time"  # in the session of who takes part and wants the real time nevertheless
ABOUT = re.compile(r"/(?:api/v1/)?(?:cohorts|cockpit|rehearsal|as-of)/(test-[-a-zA-Z0-9_]{1,60})(?:/|$)")
REAL = ("/accounts/", "/admin/", "/settings/", "/static/")  # what is the person's own stays in the real time
GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Shown:
    """What the banner says: the test cohort whose clock this page goes by; `partaking`: wherever the reader goes."""

    slug: str
    name: str
    ahead: timedelta
    partaking: bool

    def now(self) -> datetime:
        return clock.now()


def clock_of(cohort: Cohort) -> AbstractContextManager[None]:
    """Its clock for a block that is about it, whatever the address of the page."""
    return nullcontext() if cohort.clock_ahead is None else clock.as_of(cohort.slug, cohort.clock_ahead)


class AsOfMiddleware:
    """Admins go by a test cohort's clock on its own pages; who takes part in it everywhere but in their account.

    The API goes by it as the pages do, by session and by token.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shown = self.shown(request)
        request.test_cohort = shown  # type: ignore[attr-defined]
        if shown is None:
            return self.get_response(request)
        with clock.as_of(shown.slug, shown.ahead):
            return self.get_response(request)

    def shown(self, request: HttpRequest) -> Shown | None:
        holder = holder_of(request)[0] if request.path.startswith("/api/") else None
        person: Any = holder or request.user
        own = "" if not person.is_authenticated or person.is_admin else person.test_cohort
        about = ABOUT.match(request.path)
        if not about and (not own or request.path.startswith(REAL) or (not holder and KEY in request.session)):
            return None
        row = Cohort.objects.filter(slug=about[1] if about else own).exclude(clock_ahead=None).first()
        if (
            row is None
            or row.clock_ahead is None
            or (not about and Membership.objects.going_on(person, test=False).exists())
        ):
            return None
        return Shown(row.slug, row.name, row.clock_ahead, own == row.slug)
