"""Each person's home."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentorship.cohorts.models import Application
from mentorship.common import clock
from mentorship.home.facts import facts_of
from mentorship.home.sections.admin import admin_section
from mentorship.home.sections.editor import editor_section
from mentorship.home.sections.meetings import meetings_section
from mentorship.home.sections.mentee import mentee_section
from mentorship.home.sections.mentor import mentor_section
from mentorship.people.models import User
from mentorship.people.requests import Request
from mentorship.study.quick import QuickLog


@require_safe
@login_required
def home(request: Request) -> HttpResponse:
    """What is next for this person, in each of the roles they have."""
    person, now = request.user, clock.now()
    facts = facts_of(person, now)
    mentee = mentee_section(facts, now)
    sections = {
        "mentee": mentee,
        "mentor": mentor_section(person, facts.mentoring, now, facts.to_countersign),
        "editor": editor_section(person, now, mentors=bool(facts.mentoring)),
        "admin": admin_section(person, now),
    }
    waiting = [] if any(value is not None for value in sections.values()) else applications_of(person)
    context = {
        "applications": waiting,
        "meetings": meetings_section(facts, now),
        "quick": mentee.quick if mentee else QuickLog(facts.streak, facts.timer),
        **sections,
    }
    return render(request, "home/home.html", context)


def applications_of(person: User) -> list[dict[str, Any]]:
    """The live applications of who is in no cohort yet."""
    rows = Application.objects.live().filter(person=person).select_related("cohort")
    return [
        {"cohort": row.cohort.name, "url": f"/cohorts/{row.cohort.slug}/application/", "state": row.get_state_display()}
        for row in rows
    ]
