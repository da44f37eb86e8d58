"""What follows from who asks: how long they stay signed in, their timezone, and a second factor still missing."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponse]
HOUR, DAY = 3600, 86400


class SessionAgeMiddleware:
    """Sign-in ends 30 days after it began (an admin's after 12 hours) or 14 days after it was last used.

    The moments stand in the session, which is written once a day at most: idle time is known to the day.
    """

    ABSOLUTE, ADMIN, TOUCH = 30 * DAY, 12 * HOUR, DAY

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, session = int(time.time()), request.session
            began = session.setdefault("began", now)
            longest = self.ADMIN if request.user.is_admin else self.ABSOLUTE
            if now - began > longest or now - session.get("seen", now) > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif now - session.get("seen", 0) > self.TOUCH:
                session["seen"] = now  # and the cookie is sent anew
        return self.get_response(request)


class RefusedFormMiddleware:
    """A form of allauth that refuses what was typed is a 422, as every form of ours: allauth answers 200."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and getattr(form, "errors", None):
            response.status_code = 422
        return response


class TimezoneMiddleware:
    """Times are shown in the reader's zone; visitors read UTC."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            with timezone.override(request.user.zone):
                return self.get_response(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Admins and editors set up a second factor before anything else, where the environment requires it.

    Whether they have one is read with who they are, at each request: removing the last one counts at once.
    """

    OPEN = ("/accounts/", "/static/")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if (
            settings.SECOND_FACTOR_REQUIRED
            and not request.path.startswith(self.OPEN)
            and person.is_authenticated
            and person.is_editor
            and not person.has_second_factor
        ):
            if request.path.startswith("/api/"):
                return JsonResponse({"detail": "Set up a second factor first.", "code": "second_factor"}, status=403)
            return redirect("mfa_index")
        return self.get_response(request)
