"""Pages for what is not there, and for what went wrong."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """One answer for missing and for forbidden, whatever the exception says."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": "Not found."}, status=404)
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """More than a form may hold is a 413 that says what fits; every other malformed request a plain 400."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status, template = (413, "413.html") if too_large else (400, "400.html")
    detail = "The request is too large." if too_large else "This request cannot be read."
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": detail}, status=status)
    return HttpResponse(render_to_string(template), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: mostly a page that was open for long."""
    return render(request, "403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is away is a 503 that says when to try again; every other fault is a 500 of ours."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status, detail = (503, "The database does not answer.") if away else (500, "The fault is ours.")
    headers = {"Retry-After": "10", "Cache-Control": "no-store"}
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": detail}, status=status, headers=headers)
    return HttpResponse(render_to_string(f"{status}.html"), status=status, headers=headers)
