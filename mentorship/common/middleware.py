"""Answers for what goes wrong around a view, and headers that every answer carries."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import reselect, reswap, retarget

from mentorship.common.errors import Refused
from mentorship.common.redirects import back

GetResponse = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Headers that no other middleware sets; private pages stay out of shared caches."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        person = getattr(request, "user", None)
        if person is not None and person.is_authenticated and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class RefusedMiddleware:
    """A refusal that no view caught: said as a message where the person was, or as a 409 fragment to htmx."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if getattr(request, "htmx", None):
            # Said where messages are said, not in the place of what the person acted on.
            answer = render(request, "_refused.html", {"message": exception.message}, status=409)
            return reswap(retarget(reselect(answer, ".message"), "#messages"), "innerHTML")
        messages.error(request, exception.message)
        return HttpResponseRedirect(back(request))
