"""Hours logged on a project against its budget, with the cohort's median where enough people make one."""

from dataclasses import dataclass
from html import escape
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from projects.models import Project

ENOUGH = 5  # people, or teams, of whom a median tells nothing about a single one
WIDTH, LEFT, TOP, HEIGHT = 260, 2, 6, 22

# Who counts as one: a mentee of the cohort, or a team of it.
ALONE = """SELECT m.person_id AS unit, m.person_id FROM cohorts_membership m
  WHERE m.cohort_id = %(cohort)s AND m.role = 'mentee'"""
TOGETHER = """SELECT s.id AS unit, t.person_id FROM projects_teammember t JOIN projects_submission s
  ON s.id = t.submission_id WHERE s.cohort_id = %(cohort)s AND s.project_id = %(project)s AND s.state <> 'withdrawn'
  AND t.left_at IS NULL"""
LOGGED = """
WITH unit AS ({units}), summed AS (
  SELECT unit.unit, sum(e.minutes) AS minutes FROM unit
  JOIN study_studyentry e ON e.person_id = unit.person_id AND e.item_id = %(item)s GROUP BY unit.unit
)
SELECT (SELECT coalesce(sum(minutes), 0) FROM study_studyentry
    WHERE item_id = %(item)s AND person_id = ANY(%(people)s)),
  count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FROM summed
"""


@dataclass(frozen=True)
class Burn:
    """Hours: what was logged, the budget from `low` to `high` (0: nobody says), and the median (None: too few)."""

    logged: float
    low: int
    high: int
    median: float | None
    team: bool

    @property
    def said(self) -> str:
        """The picture in words."""
        parts = [f"{plain(self.logged)} hours logged"]
        if self.high:
            budget = f"{self.low} to {self.high}" if self.low and self.low != self.high else str(self.high)
            parts.append(f"the budget is {budget}{' for the whole team' if self.team else ''}")
        if self.median is not None:
            parts.append(f"the cohort's median is {plain(self.median)}")
        return ", ".join(parts) + "."

    @property
    def rows(self) -> list[tuple[str, str]]:
        rows = [("Logged", f"{plain(self.logged)} h")]
        if self.high:
            rows.append(("Budget", f"{self.low} to {self.high} h" if self.low != self.high else f"{self.high} h"))
        if self.median is not None:
            rows.append(("Cohort's median", f"{plain(self.median)} h"))
        return rows

    @property
    def picture(self) -> SafeString:
        """A bar of what was logged over the band of the budget, with a line at the median; '' without a budget."""
        if not self.high:
            return SafeString("")
        most = max(self.high, self.logged, self.median or 0) * 1.08
        inner = WIDTH - 2 * LEFT

        def at(hours: float) -> float:
            return round(LEFT + inner * hours / most, 1)

        low = min(self.low, self.high)
        tone = " warn" if self.logged > self.high else " good" if self.logged >= low else ""
        parts = [
            f'<rect class="budget" x="{at(low)}" y="{TOP - 4}" width="{max(at(self.high) - at(low), 2):.1f}" '
            f'height="{HEIGHT + 8}" rx="3"/>',
            f'<rect class="bar rest" x="{LEFT}" y="{TOP + 4}" width="{inner}" height="{HEIGHT - 8}" rx="6"/>',
            f'<rect class="bar{tone}" x="{LEFT}" y="{TOP + 4}" width="{max(at(self.logged) - LEFT, 0):.1f}" '
            f'height="{HEIGHT - 8}" rx="6"/>',
        ]
        if self.median is not None:
            x = at(self.median)
            parts.append(f'<line class="median" x1="{x}" x2="{x}" y1="0" y2="{TOP + HEIGHT + 6}"/>')
        y, middle = TOP + HEIGHT + 18, (at(low) + at(self.high)) / 2
        band = f"{low}–{self.high} h" if low != self.high else f"{self.high} h"
        parts.append(f'<text x="{min(middle, WIDTH - 40):.1f}" y="{y}" text-anchor="middle">{band}</text>')
        return SafeString(
            f'<svg class="chart hours" viewBox="0 0 {WIDTH} {y + 4}" role="img" aria-label="{escape(self.said)}">'
            f"{''.join(parts)}</svg>"
        )


def plain(hours: float) -> str:
    """12.5, and 12 instead of 12.0."""
    return f"{hours:.1f}".removesuffix(".0")


def burn(project: Project, people: list[Any], cohort: int) -> Burn:
    """The hours of `people`, one or a team, on the project's item; one query."""
    team = project.team_max > 1
    values: dict[str, Any] = {"item": project.item_id, "project": project.pk, "cohort": cohort, "people": people}
    with connection.cursor() as cursor:
        cursor.execute(LOGGED.format(units=TOGETHER if team else ALONE), values)
        logged, units, median = cursor.fetchone()
    return Burn(
        logged=float(logged) / 60,
        low=project.hours_min,
        high=project.hours_max,
        median=float(median) / 60 if units >= ENOUGH else None,
        team=team,
    )
