"""How sure the demo's mentees are of their answers, and what the mentor says of each."""

from projects.models import Project

# By question: how sure in the first round and in the second, the scores of both.
SAID = {
    "why": ((4, 4), ("partly", "yes")),
    "worth-solving": ((4, 5), ("yes", "beyond")),
    "data-preparation": ((3, 4), ("partly", "yes")),
    "compare-algorithms": ((2, 3), ("yes", "yes")),
    "transfer": ((2, 3), ("partly", "partly")),
    "metric": ((5, 4), ("partly", "yes")),
    "over-fitting": ((5, 4), ("not_yet", "yes")),
    "knowledge-gaps": ((2, 3), ("yes", "yes")),
    "lessons": ((3, 4), ("yes", "beyond")),
}


def confidence_of(project: Project, second: bool = False) -> dict[int, int]:
    return {pk: sure[second] for pk, (sure, _levels) in asked(project).items()}


def scores_of(project: Project, second: bool = False) -> dict[int, str]:
    return {pk: levels[second] for pk, (_sure, levels) in asked(project).items()}


def asked(project: Project) -> dict[int, tuple[tuple[int, int], tuple[str, str]]]:
    """What the demo has to say of the project's questions."""
    rows = project.criteria.filter(retired_at=None).values_list("pk", "key")
    return {pk: SAID[key] for pk, key in rows if key in SAID}
