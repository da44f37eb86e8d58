"""From a paper that somebody reads to the project that replicates one: study knows nothing of projects."""

from typing import Any
from urllib.parse import urlencode

from django import template

from projects.models import Project, Submission

register = template.Library()


@register.inclusion_tag("home/_replicating.html", takes_context=True)
def replicating(context: dict[str, Any], title: str, url: str) -> dict[str, Any]:
    """The projects that replicate a paper, each with the way to begin one with this paper filled in."""
    person = context["user"]
    projects = list(Project.objects.published().filter(replicates=True).select_related("item__stream").order_by("pk"))
    live = Submission.objects.by(person).filter(project__in=projects).exclude(state="withdrawn")
    made = {row.project_id: row for row in live.only("project", "state", "title", "author")}
    filled = urlencode({"paper-title": title[:300], "paper-url": url[:300]})
    rows = []
    for project in projects:
        own, page = made.get(project.pk), project.get_absolute_url()
        if own is not None:
            row = {"said": "You work on it.", "url": own.get_absolute_url(), "label": "Open your work"}
        elif project.open_to(person).exists():
            row = {"said": "", "url": f"{page}hand-in/?{filled}", "label": "Replicate this paper"}
        else:
            row = {"said": f"Open to mentees of a running cohort of {project.item.stream.title}.", "url": page,
                   "label": "Read the brief"}  # fmt: skip
        rows.append({"project": str(project)} | row)
    return {"rows": rows}
