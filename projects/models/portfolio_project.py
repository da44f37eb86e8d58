"""One accepted project on a portfolio: what it says in twenty seconds, the write-up, its place in the order."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Deferrable, Max, Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.portfolio import ChangedMeanwhile, Portfolio, tick
from projects.models.submission import Submission
from projects.portfolio.tables import Table
from projects.portfolio.text import LONGEST_WRITE_UP, SUMMARY_WORDS, count_words, free_slug, render

SUMMARY = ("why", "what", "data", "result")
WRITTEN = ("title", *SUMMARY, "write_up", "link", "shown")
WRITE_UP_LEVEL = 2


class PortfolioProjects(models.QuerySet["PortfolioProject"]):
    def of(self, person: User) -> "PortfolioProjects":
        """What `person` put on their portfolio, as long as it is accepted."""
        accepted = Submission.objects.accepted_of(person).order_by().values("pk")
        return self.filter(portfolio__person=person, submission__in=accepted)


class PortfolioProject(models.Model):
    """An accepted submission as its owner presents it. Shown only with a summary that says why, what, data, result."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="projects")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    shown = models.BooleanField(default=False)
    title = models.CharField(max_length=140)
    why = models.CharField(max_length=300, blank=True)
    what = models.CharField(max_length=300, blank=True)
    data = models.CharField(max_length=300, blank=True)
    result = models.CharField(max_length=300, blank=True)
    write_up = models.TextField(max_length=LONGEST_WRITE_UP, blank=True)
    write_up_html = models.TextField(blank=True, editable=False)
    link = models.URLField(max_length=300, blank=True)
    kinds = models.JSONField(default=dict, help_text="What it is, by the table of the score.")
    facts = models.JSONField(default=list, help_text="What holds of it: keys of factors.")
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves; who saves over another loses.")
    added_at = models.DateTimeField(default=clock.now)

    objects = PortfolioProjects.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("portfolio", "submission", name="portfolio_project_once"),
            models.UniqueConstraint("portfolio", "slug", name="portfolio_project_address"),
            models.UniqueConstraint(
                fields=["portfolio", "position"], name="portfolio_project_place", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(shown=False) | ~(Q(why="") | Q(what="") | Q(data="") | Q(result="")),
                name="portfolio_project_shown_with_summary",
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="portfolio_project_slug_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("home:portfolio_project", args=[self.portfolio.person.handle, self.slug])

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(name, getattr(self, name)) for name in SUMMARY if getattr(self, name)]

    @classmethod
    def add(cls, submission: Submission, *, by: User, at: datetime | None = None) -> "PortfolioProject":
        """Put an accepted submission of `by` on their portfolio, hidden yet, last, with its round's write-up.

        What is there already stays as it is. The address is made from the title and never changes.
        """
        if not Submission.objects.accepted_of(by).filter(pk=submission.pk).exists():
            raise Refused("Only accepted projects of your own stand on a portfolio.", code="not_accepted")
        with transaction.atomic():
            portfolio = Portfolio.locked(by)
            found = portfolio.projects.filter(submission=submission).first()
            if found:
                return found
            last = submission.rounds.filter(state="reviewed").order_by("-number").first()
            standing = portfolio.projects.aggregate(last=Max("position"))["last"] or 0
            row = cls(
                portfolio=portfolio, submission=submission, title=submission.title, position=standing + 1,
                slug=free_slug(submission.title, set(portfolio.projects.values_list("slug", flat=True))),
                added_at=at or clock.now(),
            )  # fmt: skip
            if last:
                row.link = last.repository_url
                row.write_up = last.write_up[:LONGEST_WRITE_UP]
                row.write_up_html = render(row.write_up, heading_level=WRITE_UP_LEVEL, most=LONGEST_WRITE_UP)
            row.save(force_insert=True)
            record(actor=by, verb="added", subject=row, at=at)
        return row

    def change(self, *, by: User, version: int | None = None, at: datetime | None = None, **fields: Any) -> None:
        """Set `fields` if it is still the `version` that was read; else `ChangedMeanwhile`.

        Refused when the summary is too long to be read in twenty seconds, or is to be shown with a part missing.
        """
        unknown = set(fields) - set(WRITTEN)
        if unknown:
            raise ValueError(f"not of a project: {sorted(unknown)}")
        if "write_up" in fields:
            html = render(fields["write_up"], heading_level=WRITE_UP_LEVEL, most=LONGEST_WRITE_UP)
            fields["write_up_html"] = html
        with transaction.atomic():
            row = PortfolioProject.objects.select_for_update(no_key=True).get(pk=self.pk)
            if version is not None and version != row.version:
                raise ChangedMeanwhile(row)
            for name, value in fields.items():
                setattr(row, name, value)
            row._check_summary()
            row.version += 1
            row.save(update_fields=[*fields, "version"])
            record(actor=by, verb="changed", subject=row, detail={"fields": sorted(fields)}, at=at)
        for name in (*fields, "version"):
            setattr(self, name, getattr(row, name))

    def _check_summary(self) -> None:
        words = count_words(getattr(self, name) for name in SUMMARY)
        if words > SUMMARY_WORDS:
            raise Refused(
                f"The summary has {words} words; {SUMMARY_WORDS} are read in twenty seconds.", code="summary_too_long"
            )
        missing = [name for name in SUMMARY if not getattr(self, name)]
        if self.shown and missing:
            raise Refused(f"Before it is shown, say this too: {', '.join(missing)}.", code="summary_missing")

    def move(self, *, by: User, places: int, at: datetime | None = None) -> None:
        """Move it `places` down the page (up, if negative), as far as there are others."""
        with transaction.atomic():
            portfolio = Portfolio.locked(by)
            rows = list(PortfolioProject.objects.of(by).order_by("position", "pk"))
            here = next((place for place, row in enumerate(rows) if row.pk == self.pk), None)
            if here is None:
                raise Refused("This project is not on your portfolio any more.", code="gone")
            there = min(max(here + places, 0), len(rows) - 1)
            if here == there:
                return
            numbers = sorted(row.position for row in rows)
            rows.insert(there, rows.pop(here))
            for row, number in zip(rows, numbers, strict=True):
                row.position = number
            PortfolioProject.objects.bulk_update(rows, ["position"])
            record(actor=by, verb="arranged", subject=portfolio, at=at)

    def tick(self, *, by: User, table: Table, kind: str, facts: set[str], at: datetime | None = None) -> None:
        """Say what the work is in `table` ('' counts it no more), and which of its facts hold."""
        tick(self, table, kind, facts)
