"""The questions of a person across their projects: which stay weak, and what to practise."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from mentorship.common.times import time_html
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.people.requests import Request
from projects.rubric import BADGES, DIFFERENCES, LEVEL_WORDS, confidence_html, level_html
from projects.weak import Asked, helps_for, questions_of, readable_by

SHOWN = 12  # of one question's history


@require_safe
@login_required
def why(request: Request) -> HttpResponse:
    """One's own questions."""
    return _show(request, request.user)


@require_safe
@login_required
def why_of(request: Request, handle: str) -> HttpResponse:
    """Those of somebody whom one mentors; an admin's look is kept."""
    person = get_object_or_404(readable_by(request.user), handle=handle)
    if person.pk != request.user.pk and request.user.is_admin:
        record(actor=request.user, verb="read", subject=person, detail={"what": "questions"})
    return _show(request, person)


def _show(request: Request, person: User) -> HttpResponse:
    questions = questions_of(person, reader=request.user)
    weak = [asked for asked in questions if asked.weak]
    helps = helps_for(weak)
    return render(
        request,
        "projects/why.html",
        {
            "person": person,
            "mine": person.pk == request.user.pk,
            "weak": [_row(asked, helps[asked.key]) for asked in weak],
            "strong": [_row(asked, []) for asked in questions if not asked.weak],
            "section": "projects",
        },
    )


def _row(asked: Asked, helps: list[Any]) -> dict[str, Any]:
    last = asked.seen[0]
    return {
        "key": asked.key,
        "text": asked.text,
        "guidance": asked.guidance,
        "level": LEVEL_WORDS[asked.level],
        "badge": BADGES[asked.level],
        "differs": DIFFERENCES[last.differs] if last.differs else None,
        "round_url": f"/rounds/{last.round}/",
        "where": f"{last.project}, round {last.number}",
        "times": sum(seen.level in ("not_yet", "partly") for seen in asked.seen),
        "helps": [(item.get_absolute_url(), item.title) for item in helps],
        "history": [
            {
                "url": f"/rounds/{seen.round}/",
                "where": f"{seen.project}, round {seen.number}",
                "title": seen.title,
                "level": SafeString(level_html(seen.level)),
                "sure": SafeString(confidence_html(seen.confidence)),
                "when": time_html(seen.at),
            }
            for seen in asked.seen[:SHOWN]
        ],
    }
