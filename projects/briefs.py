"""Project briefs and their criteria, brought to what the curriculum's files state."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from projects.models import Criterion, Project
from streams.loading.spec import ItemSpec, ProjectSpec, StreamSpec
from streams.loading.sync import Change, put, retire
from streams.models import Item


@transaction.atomic
def apply_briefs(specs: list[StreamSpec], *, at: datetime) -> list[Change]:
    """Make projects and criteria what `specs` state; returns what changed, nothing when nothing does.

    Runs after `apply_streams` in the same transaction, under its lock. What left the files is retired, so that
    submissions, answers and reviews keep what they were made for.
    """
    briefs = [(item, item.project) for spec in specs for item in spec.items() if item.project]
    keys = [item.key for item, _ in briefs]
    rows = {row.key: row for row in Project.objects.all()}
    item_ids = dict(Item.objects.filter(key__in=keys).values_list("key", "pk"))
    changes = retire("project", rows.values(), keys, at)
    # Those that build on another come after it.
    for item, brief in sorted(briefs, key=lambda pair: bool(pair[1].builds_on)):
        values = _values(item, brief, item_ids[item.key])
        values["builds_on_id"] = rows[brief.builds_on].pk if brief.builds_on else None
        project, changed = put("project", Project, rows.get(item.key), item.key, values)
        rows[item.key] = project
        changes += changed
        changes += _put_criteria(project, brief, at)
    return changes


def _values(item: ItemSpec, brief: ProjectSpec, item_id: int) -> dict[str, object]:
    return {
        "item_id": item_id,
        "label": brief.label,
        "title": item.title,
        "focus": brief.focus,
        "requirements": list(brief.requirements),
        "hours_min": brief.hours_min or 0,
        "hours_max": brief.hours_max or 0,
        "hours_note": brief.hours_note,
        "team_min": brief.team_min,
        "team_max": brief.team_max,
        "replicates": brief.replicates,
    }


def _put_criteria(project: Project, brief: ProjectSpec, at: datetime) -> Iterator[Change]:
    rows = {row.key: row for row in project.criteria.all()}
    for change in retire("criterion", rows.values(), [criterion.key for criterion in brief.criteria], at):
        yield _of(project, change)
    for position, criterion in enumerate(brief.criteria):
        values = {
            "project_id": project.pk,
            "question": criterion.question,
            "guidance": criterion.guidance,
            "position": position,
        }
        for change in put("criterion", Criterion, rows.get(criterion.key), criterion.key, values)[1]:
            yield _of(project, change)


def _of(project: Project, change: Change) -> Change:
    return Change(change.action, change.what, f"{project.key}/{change.key}", change.fields)
