"""What the owner's pages of a portfolio show."""

from dataclasses import dataclass
from typing import Any

from projects.models import OtherWork, Portfolio, PortfolioProject, Submission
from projects.portfolio.forms import TickForm, signed
from projects.portfolio.score import Score, Work, score_of
from projects.portfolio.steps import cheapest
from projects.portfolio.tables import Table, source, tables

LEVELS = {"": "Not there yet", "hireable": "Hireable", "competitive": "Competitive"}
BADGES = {"private": "", "program": "accent", "public": "good"}


def page_context(portfolio: Portfolio) -> dict[str, Any]:
    """One's own portfolio: the projects in their order, and those that could be added."""
    person = portfolio.person
    there = list(portfolio.accepted_projects().select_related("submission__project"))
    accepted = Submission.objects.accepted_of(person)
    more = accepted.exclude(pk__in=[row.submission_id for row in there]) if there else accepted
    return {
        "portfolio": portfolio,
        "badge": BADGES[portfolio.visibility],
        "address": portfolio.get_absolute_url() if portfolio.pk else "",  # not there before the first save
        "rows": [project_row(row, place, len(there)) for place, row in enumerate(there)],
        "more": [{"pk": row.pk, "title": row.title, "project": str(row.project)} for row in more],
    }


def project_row(row: PortfolioProject, place: int, count: int) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "title": row.title,
        "project": str(row.submission.project),
        "shown": row.shown,
        "ready": len(row.summary) == 4,
        "edit": f"/my-portfolio/projects/{row.pk}/",
        "move": f"/my-portfolio/projects/{row.pk}/move/",
        "first": place == 0,
        "last": place == count - 1,
    }


def works_of(portfolio: Portfolio) -> list[PortfolioProject | OtherWork]:
    """What the score counts: the projects that are shown, and works from elsewhere."""
    if portfolio.pk is None:
        return []
    return [*portfolio.projects_shown().defer("write_up", "write_up_html"), *portfolio.other_works.all()]


def score_for(table: Table, works: list[PortfolioProject | OtherWork]) -> Score:
    """The score of `works`. Facts are ticked in one table and known in all that ask for them."""
    return score_of(
        table,
        [
            Work(f"{type(work).__name__}-{work.pk}", work.title, work.kinds.get(table.key, ""), frozenset(work.facts))
            for work in works
        ],
    )


@dataclass(frozen=True)
class Goal:
    """One threshold, and how far the sum is from it."""

    name: str
    points: str
    reached: bool
    missing: str
    value: int
    most: int


def sum_context(score: Score) -> dict[str, Any]:
    """The sum, explained, and what to do next."""
    table, plan = score.table, cheapest(score)
    steps = [
        {"title": step.title, "what": step.what, "hours": step.hours, "total": signed(step.total)}
        for step in (plan.steps if plan else ())
    ]
    return {
        "table": table,
        "total": signed(score.total),
        "level": LEVELS[score.level],
        "level_badge": {"": "", "hireable": "accent", "competitive": "good"}[score.level],
        "lines": lines_of(score),
        "goals": [goal("Hireable", score.total, table.hireable), goal("Competitive", score.total, table.competitive)],
        "next_level": LEVELS[score.next_level].lower() if score.next_level else "",
        "steps": steps,
        "hours": plan.hours if plan else 0,
        "source": source(),
    }


def lines_of(score: Score) -> list[dict[str, Any]]:
    """Each line as one can check it: base points, the factors, the product."""
    return [
        {
            "title": line.work.title,
            "parts": [
                f"{line.kind.title} ({signed(line.kind.points)})",
                *(f"{factor.title} ({factor.factor})" for factor in line.factors),
            ],
            "points": signed(line.points),
            "bad": line.points < 0,
        }
        for line in score.lines
    ]


def goal(name: str, total: int, threshold: int) -> Goal:
    missing = max(threshold - total, 0)
    return Goal(name, signed(threshold), not missing, signed(missing), min(max(total, 0), threshold), threshold)


def score_context(portfolio: Portfolio, table: Table) -> dict[str, Any]:
    """The page on which facts are ticked."""
    there = list(portfolio.accepted_projects().defer("write_up", "write_up_html")) if portfolio.pk else []
    others = list(portfolio.other_works.all()) if portfolio.pk else []
    works: list[PortfolioProject | OtherWork] = [*(row for row in there if row.shown), *others]
    hidden = sum(not row.shown for row in there)
    return {
        "portfolio": portfolio,
        "tabs": [(row.title, f"/my-portfolio/score/{row.key}/", row.key == table.key) for row in tables().values()],
        "works": [work_row(work, table) for work in works],
        "hidden": hidden,
        **sum_context(score_for(table, works)),
    }


def work_row(work: PortfolioProject | OtherWork, table: Table, form: TickForm | None = None) -> dict[str, Any]:
    other = isinstance(work, OtherWork)
    address = f"/my-portfolio/score/{table.key}/{'works' if other else 'projects'}/{work.pk}/"
    return {
        "title": work.title,
        "other": other,
        "form": form or TickForm(table=table, work=work),
        "address": address,
        "remove": f"/my-portfolio/score/{table.key}/works/{work.pk}/remove/" if other else "",
        "id": f"work-{'o' if other else 'p'}{work.pk}",
    }


def shown_score(portfolio: Portfolio) -> dict[str, Any] | None:
    """What readers see of the score: the sum and its lines, if its owner shows it. Never the next steps."""
    if not portfolio.shows_score:
        return None
    score = score_for(portfolio.table, works_of(portfolio))
    return {
        "table": score.table,
        "total": signed(score.total),
        "level": LEVELS[score.level] if score.level else "",
        "lines": lines_of(score),
        "hireable": signed(score.table.hireable),
        "competitive": signed(score.table.competitive),
        "source": source(),
    }
