"""Pieces of several apps on a page of one of them: a person's work on their profile, rounds in a cohort's cockpit."""

from typing import Any

from django import template

from blog.posts import posts_published_by
from mentorship.cohorts.graduating import own_ways
from mentorship.cohorts.models import Cohort, Group
from mentorship.common import clock
from mentorship.common.times import time_html
from mentorship.home.cockpit.numbers import numbers_of
from mentorship.people.models import User
from projects.lateness import Late
from projects.models import Feedback, Portfolio, Project, SharedDraft, Submission
from projects.pages import BADGES
from streams.models import Stream

register = template.Library()
SHOWN = 20


@register.inclusion_tag("home/_work.html", takes_context=True)
def work_of(context: dict[str, Any], person: User) -> dict[str, Any]:
    """What `person` has finished: accepted projects (by title) and published posts, the newest first.

    With the way to their portfolio, if the reader may open it.
    """
    accepted = Submission.objects.accepted_of(person).order_by("-accepted_at")
    posts = posts_published_by(person).order_by("-published_at")
    readable = Portfolio.objects.visible_to(context["user"]).filter(person=person).exists()
    return {
        "name": person.get_short_name(),
        "portfolio": f"/portfolio/{person.handle}/" if readable else "",
        "accepted": list(accepted.values("title", "project__label", "project__title", "accepted_at")[:SHOWN]),
        "posts": [
            {"title": title, "url": f"/blog/{slug}/", "teaser": teaser}
            for title, slug, teaser in posts.values_list("title", "slug", "teaser")[:SHOWN]
        ],
    }


@register.inclusion_tag("home/_testimonials.html")
def testimonials_of(person: User) -> dict[str, Any]:
    """What mentees wrote about `person`, as far as they show it."""
    return {"testimonials": Feedback.objects.shown_of(person)[:SHOWN]}


@register.inclusion_tag("home/_rounds.html")
def rounds_of(cohort: Cohort) -> dict[str, Any]:
    """The rounds of `cohort` that wait for a review, the longest wait first; how many, and how many are overdue."""
    now = clock.now()
    rows: list[Any] = list(
        Submission.objects.filter(cohort=cohort, state=Submission.State.AWAITING_MENTOR)
        .annotate(late=Late(now))
        .order_by("awaiting_mentor_since", "pk")
        .values("late", "pk", "title", "author__name", "rounds_count", "awaiting_mentor_since")
    )
    late = sum(row["late"] for row in rows)
    shown = [
        {
            "title": row["title"],
            "url": f"/submissions/{row['pk']}/",
            "author": row["author__name"],
            "round": row["rounds_count"],
            "since": time_html(row["awaiting_mentor_since"], now),
            "late": row["late"],
        }
        for row in rows[:5]
    ]
    return {"rows": shown, "count": len(rows), "late": late}


@register.inclusion_tag("home/cockpit/_numbers.html")
def numbers_of_cohort(cohort: Cohort) -> dict[str, Any]:
    """The funnel of `cohort`, how far its mentees are, and what they did; one query."""
    return {"numbers": numbers_of([cohort], clock.now())[cohort.pk], "cohort": cohort}


@register.inclusion_tag("home/_graduating.html", takes_context=True)
def own_graduation(context: dict[str, Any], stream: Stream | None = None) -> dict[str, Any]:
    """How far the reader is with what graduating asks, in each cohort, or in those of `stream`."""
    reader = context["user"]
    ways = own_ways(reader) if reader.is_authenticated else []
    return {"ways": [own for own in ways if stream is None or own.membership.cohort.stream_id == stream.pk]}


@register.inclusion_tag("home/_team_work.html")
def team_work(group: Group, reader: Any) -> dict[str, Any]:
    """The projects of the group's stream that a team does, and how far this one is with each; a few rows."""
    projects = Project.objects.published().filter(item__stream=group.cohort.stream_id, team_max__gt=1)
    made = {row.project_id: row for row in group.submissions.exclude(state="withdrawn")}
    drafts = {row.project_id: row for row in SharedDraft.objects.filter(group=group).select_related("saved_by")}
    readable = set(Submission.objects.visible_to(reader).filter(group=group).values_list("pk", flat=True))
    inside = group.joined().filter(membership__person=reader.pk).exists()
    rows = [
        _work_row(project, made.get(project.pk), drafts.get(project.pk), readable, inside)
        for project in projects.order_by("item__position")
    ]
    return {"rows": rows}


def _work_row(
    project: Project, submission: Submission | None, draft: SharedDraft | None, readable: set[int], inside: bool
) -> dict[str, Any]:
    row: dict[str, Any] = {"label": project.label, "title": project.title, "said": "Not handed in yet"}
    if submission:
        row |= {"said": f"Round {submission.rounds_count}", "badge": BADGES[submission.state]}
        if submission.pk in readable:
            row |= {"title": submission.title, "url": submission.get_absolute_url()}
        return row
    row["url"] = project.get_absolute_url()
    if inside:
        row |= {"next": f"{row['url']}hand-in/", "next_label": "Begin the shared draft"}
        if draft and draft.content:
            row |= {"said": f"A draft, last saved by {draft.saved_by}", "next_label": "Go on with the draft"}
    return row
