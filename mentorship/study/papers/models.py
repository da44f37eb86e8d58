"""Papers, which everybody shares, and one person's reading of each, which is theirs alone."""

from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere, worded
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study.papers.identity import Identity
from mentorship.study.papers.passes import BY_NUMBER

LONGEST = 10_000
MOST_TRIES = 5
FIRST_YEAR, LAST_YEAR = 1600, 2200
GONE = "This paper was taken off your list meanwhile."


class Paper(models.Model):
    """One paper, whoever reads it. Title and the rest stand here only if arXiv or its DOI said them."""

    class Kind(models.TextChoices):
        ARXIV = "arxiv", "arXiv"
        DOI = "doi", "DOI"
        LINK = "link", "Link"

    kind = models.CharField(max_length=5, choices=Kind)
    key = models.CharField(max_length=500)
    title = models.CharField(max_length=500, blank=True)
    authors = models.CharField(max_length=1000, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    abstract = models.TextField(blank=True, max_length=10_000)
    found_at = models.DateTimeField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True, help_text="When arXiv or the DOI is asked next.")
    asked_again_at = models.DateTimeField(null=True, blank=True, help_text="When somebody last asked to try anew.")
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="paper_to_ask")]
        constraints = [
            models.UniqueConstraint("kind", "key", name="paper_once"),
            models.CheckConstraint(condition=Q(kind__in=["arxiv", "doi", "link"]), name="paper_kind_known"),
            models.CheckConstraint(condition=~Q(key=""), name="paper_is_named"),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="paper_tries_bounded"),
            models.CheckConstraint(condition=Q(ask_at=None) | Q(found_at=None), name="paper_found_is_not_asked"),
            models.CheckConstraint(condition=~Q(kind="link") | Q(ask_at=None), name="paper_link_is_not_asked"),
            models.CheckConstraint(condition=Q(found_at=None) | ~Q(title=""), name="paper_found_has_title"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="paper_year_sensible"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def name(self) -> str:
        """'arXiv:1706.03762', 'doi:10.1145/…', or the address without its scheme."""
        return {"arxiv": f"arXiv:{self.key}", "doi": f"doi:{self.key}"}.get(self.kind, self.key)

    @classmethod
    def named(cls, identity: Identity, at: datetime) -> "Paper":
        """The paper of `identity`, made if nobody reads it yet; the first time it is asked for at `at`."""
        ask_at = None if identity.kind == cls.Kind.LINK else at
        return cls.objects.get_or_create(kind=identity.kind, key=identity.key, defaults={"ask_at": ask_at})[0]


class Move(NamedTuple):
    """A verb of a reading: from which states it leads, to which, and what its button says."""

    source: frozenset[str]
    target: str
    label: str


def _move(source: str, target: str, label: str) -> Move:
    return Move(frozenset(source.split()), target, label)


MOVES = {
    "first_pass": _move("to_read second", "first", "Begin the first pass"),
    "second_pass": _move("first third", "second", "Begin the second pass"),
    "third_pass": _move("second", "third", "Begin the third pass"),
    "finish": _move("first second third", "done", "Done"),
    "put_aside": _move("to_read first second third", "aside", "Put aside"),
    "put_back": _move("first", "to_read", "Back to the pile"),
    "take_up": _move("done aside", "", "Take it up again"),
}


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, person: Any) -> "ReadingQuerySet":
        """A reading list is its owner's alone."""
        return self.filter(person_id=person.pk)

    def search(self, words: str) -> "ReadingQuerySet":
        """Those in whose title, authors, number or summaries every word stands."""
        found = self
        for word in words.split()[:8]:
            own = Q(title__icontains=word) | Q(authors__icontains=word) | Q(url__icontains=word)
            shared = Q(paper__title__icontains=word) | Q(paper__authors__icontains=word)
            summed = Q(pk__in=PaperPass.objects.filter(summary__icontains=word).values("reading"))
            found = found.filter(own | shared | Q(paper__key__icontains=word) | summed)
        return found

    def newest_first(self) -> "ReadingQuerySet":
        return self.order_by("-state_since", "-pk")


class Reading(models.Model):
    """One person and one paper: where they are with it, and its title by hand where nothing could be fetched."""

    class State(models.TextChoices):
        TO_READ = "to_read", "To read"
        FIRST = "first", "First pass"
        SECOND = "second", "Second pass"
        THIRD = "third", "Third pass"
        DONE = "done", "Done"
        ASIDE = "aside", "Put aside"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="readings")
    version = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of arXiv, if one was named.")
    url = models.URLField(max_length=500, blank=True, help_text="The link that was given.")
    title = models.CharField(max_length=500, blank=True, help_text="By hand.")
    authors = models.CharField(max_length=1000, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.TO_READ)
    was = models.CharField(max_length=7, blank=True, choices=State, help_text="Where it was before it ended.")
    state_since = models.DateTimeField(default=clock.now)
    added_at = models.DateTimeField(default=clock.now)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "state", "-state_since"], name="reading_of_person")]
        constraints = [
            models.UniqueConstraint("person", "paper", name="reading_once"),
            models.CheckConstraint(
                condition=Q(state__in=["to_read", "first", "second", "third", "done", "aside"]),
                name="reading_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="aside", was__in=["to_read", "first", "second", "third"])
                | Q(state="done", was__in=["first", "second", "third"])
                | (~Q(state__in=["done", "aside"]) & Q(was="")),
                name="reading_knows_where_it_was",
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="reading_year_sensible"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.paper)

    def get_absolute_url(self) -> str:
        return reverse("study:paper", args=[self.pk])

    @property
    def link(self) -> str:
        """Where it is read."""
        if self.paper.kind == Paper.Kind.ARXIV:
            return f"https://arxiv.org/abs/{self.paper.key}" + (f"v{self.version}" if self.version else "")
        return f"https://doi.org/{self.paper.key}" if self.paper.kind == Paper.Kind.DOI else self.url

    def moves(self) -> list[tuple[str, Move]]:
        """The verbs that may happen now."""
        return [(verb, move) for verb, move in MOVES.items() if self.state in move.source]

    @classmethod
    def add(
        cls, *, by: User, identity: Identity, title: str = "", authors: str = "", year: int | None = None,
        at: datetime | None = None,
    ) -> tuple["Reading", bool]:  # fmt: skip
        """The paper on the list of `by`, and whether it is new there: the same paper twice is one."""
        moment = at or clock.now()
        fields = {"title": title, "authors": authors, "year": year, "version": identity.version, "url": identity.url}
        with transaction.atomic():
            paper = Paper.named(identity, moment)
            row = cls(person=by, paper=paper, state_since=moment, added_at=moment, **fields)
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except IntegrityError as error:
                if "reading_once" not in str(error):
                    raise
                return cls.objects.select_related("paper").get(person=by, paper=paper), False
            record(actor=by, verb="added", subject=row, at=moment)
        return row, True

    @transaction.atomic
    def move(self, verb: str, *, at: datetime | None = None) -> None:
        """One of MOVES. Refused from a state that it does not lead from."""
        self._lock()
        move, moment = MOVES[verb], at or clock.now()
        if self.state not in move.source:
            raise Refused(f"This paper is at “{self.get_state_display()}”, so this cannot be done.", code="not_now")
        was, self.state = self.state, move.target or self.was
        self.was = was if self.state in (self.State.DONE, self.State.ASIDE) else ""
        self.state_since = moment
        self.save(update_fields=["state", "was", "state_since"])
        record(actor=self.person, verb=verb, subject=self, detail={"state": [was, self.state]}, at=moment)

    @transaction.atomic
    def describe(self, *, title: str, authors: str, year: int | None, at: datetime | None = None) -> None:
        """Say by hand what it is called, from whom and when; empty goes back to what was fetched."""
        self._lock()
        self.title, self.authors, self.year = title, authors, year
        self.save(update_fields=["title", "authors", "year"])
        record(actor=self.person, verb="described", subject=self, at=at)

    @transaction.atomic
    def note_pass(
        self, number: int, *, ticked: list[str], summary: str, version: int, at: datetime | None = None
    ) -> "PaperPass":
        """Keep what was ticked and written in a pass, over `version`; 0: nothing was there.

        Raises ChangedThere with the summary that stands there now. The same form sent twice is saved once.
        """
        moment = at or clock.now()
        summary = summary.replace("\r\n", "\n").strip()
        html = worded(summary, longest=LONGEST, heading_level=4) if summary else ""
        ticked = [key for key, _ in BY_NUMBER[number].items if key in ticked]
        self._lock()
        row = PaperPass.objects.filter(reading=self, number=number).first() or PaperPass(reading=self, number=number)
        if (row.ticked, row.summary) == (ticked, summary):
            return row
        if row.version != version:
            raise ChangedThere(row.summary)
        row.ticked, row.summary, row.html, row.changed_at = ticked, summary, html, moment
        row.version += 1
        row.save()
        record(actor=self.person, verb="noted_pass", subject=self, detail={"pass": number}, at=moment)
        return row

    @transaction.atomic
    def remove(self, *, at: datetime | None = None) -> None:
        """Take it off the list, with what was written about it."""
        self._lock()
        record(actor=self.person, verb="removed", subject=self, at=at)
        self.delete()

    def _lock(self) -> None:
        """This row as it is now, locked until the transaction ends; refused once it is gone."""
        found = Reading.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
        if found is None:
            raise Refused(GONE, code="paper_gone")
        for field in ("state", "was", "title", "authors", "year"):
            setattr(self, field, getattr(found, field))


class PaperPass(models.Model):
    """What was ticked and written in one pass over a paper."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="passes")
    number = models.PositiveSmallIntegerField()
    ticked = models.JSONField(default=list)
    summary = models.TextField(blank=True, max_length=LONGEST)
    html = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, help_text="Counts the saves; who saves over another loses.")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "paper passes"
        constraints = [
            models.UniqueConstraint("reading", "number", name="paper_pass_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=3), name="paper_pass_one_of_three"),
        ]

    def __str__(self) -> str:
        return f"Pass {self.number}"
