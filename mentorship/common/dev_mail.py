"""`/dev/mail/`: what development would have sent. Without DEBUG these pages do not exist."""

import email
import email.policy
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import wraps
from pathlib import Path
from typing import Any

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentorship.common.pages import paginate

NAME = re.compile(r"^(?P<moment>\d{15,20})-[0-9a-f]{8}$")
SIZE = 50


def only_in_development(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEBUG:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def read(path: Path) -> dict[str, Any]:
    """What the pages show of one file: its name, moment, subject, addresses and both bodies."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    nanoseconds = int(path.stem.partition("-")[0])
    return {
        "name": path.stem,
        "at": datetime.fromtimestamp(nanoseconds / 1e9, UTC),
        "subject": message["Subject"],
        "sender": message["From"],
        "to": message["To"],
        "text": body(message, "plain"),
        "html": body(message, "html"),
    }


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return part.get_content() if part is not None else ""


def folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def find(name: str) -> dict[str, Any]:
    path = folder() / f"{name}.eml"
    if not NAME.match(name) or not path.is_file():
        raise Http404
    return read(path)


@require_safe
@only_in_development
def mails(request: HttpRequest) -> HttpResponse:
    """All mails, newest first; only those of one page are read."""
    paths = sorted((path for path in folder().glob("*.eml") if NAME.match(path.stem)), reverse=True)
    page = paginate(request, paths, SIZE)
    return render(request, "dev/mails.html", {"page": page, "mails": [read(path) for path in page]})


@require_safe
@only_in_development
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "dev/mail.html", {"mail": find(name)})


@require_safe
@only_in_development
@csp({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"], "sandbox": []})  # type: ignore[arg-type]
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part, as a mail program would show it: no script, no form, no origin of ours."""
    found = find(name)["html"]
    if not found:
        raise Http404
    return HttpResponse(found)
