"""The one check that every redirect to an address from outside goes through."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, target: str) -> bool:
    """Whether `target` stays on this site."""
    return url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """The `next` that the form or the address names, if it stays on this site; else `default`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if is_ours(request, target) else default


def back(request: HttpRequest, default: str = "/") -> str:
    """The path of the page that the person came from, if it was one of ours; else `default`."""
    referrer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referrer, {request.get_host()}):
        parts = urlsplit(referrer)
        if parts.path != request.path:
            return parts.path + (f"?{parts.query}" if parts.query else "")
    return safe_next(request, default)
