"""What may belong on a meeting's agenda, from what its reader alone may see: nothing is shown to others by itself."""

from datetime import timedelta
from typing import Any

from django import template

from mentorship.cohorts.models import Meeting
from mentorship.cohorts.stalled import stalled, standings_of
from mentorship.common import clock
from projects.models import Submission

register = template.Library()
WAITED = timedelta(days=4)
SHOWN = 5


@register.inclusion_tag("home/_blockers.html", takes_context=True)
def blockers_for(context: dict[str, Any], meeting: Meeting, reader: Any) -> dict[str, Any]:
    """The reader's own work that hangs, each with a button that brings it up; whom of theirs has stalled.

    What is on the agenda already is left out.
    """
    now = clock.now()
    said = {row["text"] for row in context["points"]["rows"]}
    rows = [{"text": text} for text in own_blockers(meeting, reader, now) if text not in said]
    followed = meeting.cohort.memberships.followed_by(reader).exclude(person=reader)
    names = [row.facts.name for row in stalled(standings_of(followed, now))]
    return {
        "own": rows, "stalled": names[:SHOWN], "base": meeting.get_absolute_url(), "csrf_token": context["csrf_token"],
    }  # fmt: skip


def own_blockers(meeting: Meeting, reader: Any, now: Any) -> list[str]:
    """Change requests that are not answered, and rounds that wait for a review for days."""
    work = Submission.objects.filter(author=reader, cohort=meeting.cohort_id).select_related("project")
    asked = work.filter(state=Submission.State.AWAITING_MENTEE).order_by("awaiting_mentee_since", "pk")[:SHOWN]
    waits = work.filter(state=Submission.State.AWAITING_MENTOR, awaiting_mentor_since__lt=now - WAITED)
    found = [f"{row.project.label}, “{row.title[:120]}”: changes that I do not know how to make" for row in asked]
    return found + [
        f"{row.project.label}, “{row.title[:120]}”: my round waits for a review"
        for row in waits.order_by("awaiting_mentor_since", "pk")[:SHOWN]
    ]
