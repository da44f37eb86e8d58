"""What somebody who is signed in tried and was refused is history too."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mentorship.cohorts.models import Cohort
from mentorship.common.errors import Refused, heard
from mentorship.people import events
from mentorship.people.models import Event, User

logger = logging.getLogger(__name__)

VERB = "refused"
A_REQUEST = 5  # of a bulk action only the first
AN_HOUR = 60  # of one person: nobody fills the history by trying
LONGEST = 300


class RefusedTriesMiddleware:
    """Keeps what was refused in an unsafe request, once it is answered: its own transaction has been rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        listening: list[Refused] = []
        token = heard.set(listening)
        try:
            response = self.get_response(request)
        finally:
            heard.reset(token)
        if listening and request.user.is_authenticated:
            try:
                with transaction.atomic():
                    keep(request, listening)
            except Exception:
                logger.exception("A refused try was not kept.")
        return response


def keep(request: HttpRequest, refusals: list[Refused]) -> None:
    """Append the first few, each once, as long as this person has tried less than the limit within the hour."""
    person, at = cast(User, request.user), timezone.now()
    recent = Event.objects.filter(actor=person, verb=VERB, at__gt=at - timedelta(hours=1))
    room = min(AN_HOUR - recent[:AN_HOUR].count(), A_REQUEST)
    subject = subject_of(request)
    once = {refusal.message: refusal for refusal in refusals}
    for refusal in list(once.values())[: max(room, 0)]:
        detail = {
            "tried": verb_of(request), "path": request.path[:LONGEST],
            "code": refusal.code, "said": refusal.message[:LONGEST],
        }  # fmt: skip
        events.record(actor=person, verb=VERB, subject=subject or person, detail=detail, at=at)


def verb_of(request: HttpRequest) -> str:
    """The name of the address: 'cohorts:accept'."""
    return request.resolver_match.view_name if request.resolver_match else ""


def subject_of(request: HttpRequest) -> models.Model | None:
    """What was acted on, as far as the address says it: a row of the API's model, or the cohort of a page."""
    match = request.resolver_match
    if match is None:
        return None
    rows: Any = getattr(getattr(match.func, "cls", None), "queryset", None)
    if rows is not None and str(match.kwargs.get("pk", "")).isdecimal():
        found: models.Model | None = rows.model._default_manager.filter(pk=match.kwargs["pk"]).first()
        return found
    if match.namespace == "cohorts" and "slug" in match.kwargs:
        return Cohort.objects.filter(slug=match.kwargs["slug"]).first()
    return None
