"""What stands around a submission: its team, the work that it goes on with, and the hours that it took."""

from typing import Any

from django.urls import reverse

from mentorship.people.models import User
from projects import papers
from projects.hours import Burn, burn
from projects.models import Project, Submission, TeamMember


def belongings(submission: Submission, person: User) -> dict[str, Any]:
    """For the page of a submission."""
    members = list(submission.team.select_related("person")) if submission.group_id else []
    return {
        "team": members,
        "team_url": reverse("projects:team", args=[submission.pk]) if members else "",
        "parts_approved": sum(member.approved_at is not None for member in members),
        "burn": hours_on(submission, members),
        "base": _base(submission, person),
        "extensions": _extensions(submission, person),
    }


def hours_on(submission: Submission, members: list[TeamMember] | None = None) -> Burn:
    """The hours of its author, or of everybody in its team, against the project's budget."""
    if submission.group_id is None:
        return burn(submission.project, [submission.author_id], submission.cohort_id)
    team = members if members is not None else submission.team.all()
    people = [member.person_id for member in team if not member.left_at]
    return burn(submission.project, people, submission.cohort_id)


def _base(submission: Submission, person: User) -> dict[str, Any] | None:
    """The accepted work that this one goes on with; linked for who may open it."""
    if submission.starts_from_id is None:
        return None
    base = Submission.objects.select_related("project").get(pk=submission.starts_from_id)
    readable = Submission.objects.visible_to(person).filter(pk=base.pk).exists()
    return {"of": base, "url": base.get_absolute_url() if readable else "", "paper": paper_of(base)}


def _extensions(submission: Submission, person: User) -> list[Submission]:
    """What goes on with this work, of what the reader may open."""
    if not submission.project.replicates:
        return []
    rows = Submission.objects.visible_to(person).filter(starts_from=submission).exclude(state="withdrawn")
    return list(rows.select_related("project").order_by("pk"))


def paper_of(submission: Submission) -> dict[str, Any] | None:
    """The paper as the last round of a replication says it."""
    last = submission.rounds.order_by("-number").first()
    if last:
        papers.attach([last])
    return getattr(last, "paper", None)


def before_extending(project: Project, person: User) -> dict[str, Any]:
    """For the hand-in of a project that builds on another: the accepted work it starts from, or what is missing."""
    base = Submission.objects.accepted_of(person).filter(project=project.builds_on_id).first()
    if base is None:
        return {"builds_on": project.builds_on, "waits_for_base": True}
    return {"base": {"of": base, "url": base.get_absolute_url(), "paper": paper_of(base)}}
