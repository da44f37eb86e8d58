"""What a person shows of what they have finished: their portfolio, and the accepted projects on it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from projects.portfolio.tables import DEFAULT, Table, tables
from projects.portfolio.text import render

if TYPE_CHECKING:
    from projects.models.portfolio_project import PortfolioProject

ABOUT_LEVEL = 3  # the highest heading in what one says of oneself


class ChangedMeanwhile(Refused):
    """What was to be saved was saved elsewhere meanwhile. `saved` is what stands there now."""

    def __init__(self, saved: Any) -> None:
        super().__init__("This was changed in another window meanwhile.", code="changed_meanwhile")
        self.saved = saved


class Portfolios(models.QuerySet["Portfolio"]):
    def visible_to(self, reader: Any) -> "Portfolios":
        """One's own, whatever it says; of others the public ones and, for who is signed in, those of the program."""
        shown = self.filter(person__is_active=True)
        if not reader.is_authenticated:
            return shown.filter(visibility=Portfolio.Visibility.PUBLIC)
        program = (Portfolio.Visibility.PUBLIC, Portfolio.Visibility.PROGRAM)
        return shown.filter(Q(visibility__in=program) | Q(person=reader))


class Portfolio(models.Model):
    """One person's public page. Nobody sees it until its owner says so."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", "Only me"
        PROGRAM = "program", "People who are signed in"
        PUBLIC = "public", "Everyone on the web"

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="portfolio")
    visibility = models.CharField(max_length=7, choices=Visibility, default=Visibility.PRIVATE)
    about = models.TextField(max_length=2000, blank=True)
    about_html = models.TextField(blank=True, editable=False)
    shows_posts = models.BooleanField(default=True)
    shows_score = models.BooleanField(default=False)
    aims_at = models.CharField(max_length=20, default=DEFAULT, help_text="The table of the score that is shown.")
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves; who saves over another loses.")

    objects = Portfolios.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=["private", "program", "public"]), name="portfolio_visibility_known"
            ),
        ]

    def __str__(self) -> str:
        return f"portfolio of {self.person_id}"

    def get_absolute_url(self) -> str:
        return reverse("home:portfolio", args=[self.person.handle])

    @classmethod
    def of(cls, person: User) -> "Portfolio":
        """The portfolio of `person`; a new, unsaved one that nobody else sees when they have none yet."""
        found = cls.objects.filter(person=person).first() or cls(person=person)
        found.person = person
        return found

    @classmethod
    def locked(cls, person: User) -> "Portfolio":
        """The portfolio of `person`, made if need be, locked until the end of the caller's transaction."""
        cls.objects.bulk_create([cls(person=person)], ignore_conflicts=True)
        return cls.objects.select_for_update(no_key=True, of=("self",)).select_related("person").get(person=person)

    @property
    def table(self) -> Table:
        return tables().get(self.aims_at) or tables()[DEFAULT]

    def change(self, *, by: User, version: int | None = None, at: datetime | None = None, **fields: Any) -> None:
        """Set `fields`, if the portfolio is still the `version` that was read; else `ChangedMeanwhile`."""
        unknown = set(fields) - {"visibility", "about", "shows_posts", "shows_score", "aims_at"}
        if unknown:
            raise ValueError(f"not of the portfolio: {sorted(unknown)}")
        if by.pk != self.person_id:
            raise Refused("Everybody changes only their own portfolio.", code="not_yours")
        if fields.get("aims_at", DEFAULT) not in tables():
            raise Refused("There is no such table.", code="no_such_table")
        if "about" in fields:
            fields["about_html"] = render(fields["about"], heading_level=ABOUT_LEVEL, most=2000)
        with transaction.atomic():
            row = Portfolio.locked(by)
            if version is not None and version != row.version:
                raise ChangedMeanwhile(row)
            for name, value in fields.items():
                setattr(row, name, value)
            row.version += 1
            row.save(update_fields=[*fields, "version"])
            record(actor=by, verb="changed", subject=row, detail={"fields": sorted(fields)}, at=at)
        self.__dict__.update({name: value for name, value in row.__dict__.items() if name != "_state"})
        self._state.adding = False

    def projects_shown(self) -> "models.QuerySet[PortfolioProject]":
        """What stands on the page, in its owner's order: accepted still, and shown."""
        return self.accepted_projects().filter(shown=True)

    def accepted_projects(self) -> "models.QuerySet[PortfolioProject]":
        """What was put here and is accepted: a verdict that was taken back takes the project away with it."""
        from projects.models.portfolio_project import PortfolioProject

        return PortfolioProject.objects.of(self.person).order_by("position", "pk")


class OtherWork(models.Model):
    """Work from outside of the program that counts in the score: a paper, a competition. Nobody here has seen it."""

    MOST = 30

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="other_works")
    title = models.CharField(max_length=140)
    kinds = models.JSONField(default=dict, help_text="What it is, by the table of the score.")
    facts = models.JSONField(default=list, help_text="What holds of it: keys of factors.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="other_work_has_title"),
            models.UniqueConstraint(
                "portfolio", "title", name="other_work_once", violation_error_message="This work is there already."
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def add(cls, *, by: User, title: str, at: datetime | None = None) -> "OtherWork":
        """Count another work. The same title again is the same work."""
        with transaction.atomic():
            portfolio = Portfolio.locked(by)
            found = portfolio.other_works.filter(title=title).first()
            if found:
                return found
            if portfolio.other_works.count() >= cls.MOST:
                raise Refused(f"{cls.MOST} works are the most that are counted.", code="too_many")
            made = cls.objects.create(portfolio=portfolio, title=title, created_at=at or clock.now())
            record(actor=by, verb="added", subject=made, at=at)
        return made

    def tick(self, *, by: User, table: Table, kind: str, facts: set[str], at: datetime | None = None) -> None:
        """Say what the work is in `table` ('' counts it no more), and which of its facts hold."""
        tick(self, table, kind, facts)

    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Count it no more. Done twice it is done once."""
        with transaction.atomic():
            if OtherWork.objects.select_for_update().filter(pk=self.pk).exists():
                record(actor=by, verb="removed", subject=self, at=at)
                OtherWork.objects.filter(pk=self.pk).delete()


def tick(row: Any, table: Table, kind: str, facts: set[str]) -> None:
    """Set the kind of `row` in `table`, and those facts that `table` knows; facts of other tables stay."""
    known = {factor.key for factor in table.factors}
    if kind and table.kind(kind) is None:
        raise Refused("This table has no such kind of work.", code="no_such_kind")
    if not facts <= known:
        raise Refused("This table has no such fact.", code="no_such_fact")
    with transaction.atomic():
        current = type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk).first()
        if current is None:
            raise Refused("This work was removed meanwhile.", code="gone")
        row.kinds = {**current.kinds, table.key: kind}
        row.facts = sorted((set(current.facts) - known) | facts)
        row.save(update_fields=["kinds", "facts"])
