"""A person's own notes: what they learned of an item or in general, and where they found no good resource."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import IntegrityError, models, transaction
from django.db.models import Case, F, Q, When
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.ticking import ticked
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study.notes.words import (
    LONGEST,
    LONGEST_NAME,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_TAGS,
    clean_tag,
    clean_tags,
    clean_title,
    cleaned,
    last_of,
    name_of,
    names_in,
    rendered,
)
from streams.models import Item

GONE = "This note was deleted meanwhile."
CONFIG = "english"
RANKED = 500  # of more matches than these the newest are ranked
WORDS = SearchVector("title", weight="A", config=CONFIG) + SearchVector("text", weight="B", config=CONFIG)


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, person: Any) -> "NoteQuerySet":
        """Notes are their writer's alone; who may read a shared one is known where cohorts are."""
        return self.filter(person_id=person.pk)

    def gaps(self) -> "NoteQuerySet":
        return self.filter(is_gap=True)

    def tagged(self, tag: str) -> "NoteQuerySet":
        return self.filter(tags__contains=[clean_tag(tag)])

    def matching(self, words: str) -> "NoteQuerySet":
        """Those that have all the words, in the title or the text. None without a word."""
        asked = words.replace("\x00", " ")[:200].strip()
        return self.filter(words=SearchQuery(asked, config=CONFIG, search_type="websearch")) if asked else self.none()

    def best_first(self, words: str) -> "NoteQuerySet":
        """Those `matching` words, the best first."""
        newest = self.matching(words).newest_first().values("pk")[:RANKED]
        query = SearchQuery(words.replace("\x00", " ")[:200], config=CONFIG, search_type="websearch")
        return self.model.objects.filter(pk__in=newest).order_by(SearchRank(F("words"), query).desc(), "-pk")

    def named(self, name: str) -> "NoteQuerySet":
        """What a link with this name means, the likest first: by path, by title, by the title without folders."""
        key = name_of(name)
        # Two ways of an index each: asked for at once, PostgreSQL would look through all notes.
        titled = self.filter(name__in=[key, last_of(key)]).exclude(name="").order_by().values("pk")
        rows = self.model.objects.filter(pk__in=titled.union(self.filter(source__name=key).order_by().values("pk")))
        nearness = Case(When(source__name=key, then=0), When(name=key, then=1), default=2)
        return rows.order_by(nearness, "pk") if key else self.none()

    def newest_first(self) -> "NoteQuerySet":
        return self.order_by("-created_at", "-pk")


class NoteManager(models.Manager["Note"].from_queryset(NoteQuerySet)):  # type: ignore[misc]
    """The words to search are as long as the text, and never read."""

    def get_queryset(self) -> NoteQuerySet:
        found: NoteQuerySet = super().get_queryset().defer("words")
        return found


class Note(models.Model):
    """One note in Markdown, on an item or in general, private unless shared. A gap: no good resource was found."""

    class Shared(models.TextChoices):
        NOBODY = "nobody", "Nobody: only you"
        MENTOR = "mentor", "Your mentor"
        COHORT = "cohort", "Your cohort"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes")
    item = models.ForeignKey("streams.Item", models.PROTECT, null=True, blank=True, related_name="notes")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one note.")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True, default="", db_default="")
    name = models.CharField(max_length=LONGEST_NAME, blank=True, default="", db_default="", editable=False)
    text = models.TextField(max_length=LONGEST)
    html = models.TextField(blank=True, editable=False)
    tags = ArrayField(models.CharField(max_length=LONGEST_TAG), default=list, db_default=[], blank=True)
    is_gap = models.BooleanField(default=False, help_text="No good resource was found for this.")
    shared = models.CharField(max_length=6, choices=Shared, default=Shared.NOBODY, db_default=Shared.NOBODY)
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves; who saves over another loses.")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    words = models.GeneratedField(expression=WORDS, output_field=SearchVectorField(), db_persist=True)

    objects = NoteManager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="note_of_person"),
            models.Index(fields=["person", "item", "-created_at"], name="note_on_item"),
            models.Index(fields=["person", "name"], name="note_name"),
            models.Index(fields=["person", "-changed_at"], condition=~Q(shared="nobody"), name="note_shared"),
            GinIndex(fields=["words"], name="note_words"),
            GinIndex(fields=["tags"], name="note_tags"),
        ]
        constraints = [
            models.UniqueConstraint("person", "key", name="note_once"),
            models.UniqueConstraint(fields=["id", "person"], name="note_of_one_person"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("text"), LONGEST), name="note_fits"),
            models.CheckConstraint(condition=Q(tags__len__lte=MOST_TAGS), name="note_tags_fit"),
            models.CheckConstraint(condition=Q(shared__in=["nobody", "mentor", "cohort"]), name="note_shared_known"),
            models.CheckConstraint(condition=Q(title="", name="") | ~Q(title="") & ~Q(name=""), name="note_named"),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("study:note", args=[self.pk])

    @classmethod
    def write(
        cls,
        *,
        by: User,
        text: str,
        title: str = "",
        tags: Iterable[str] = (),
        item: Item | None = None,
        is_gap: bool = False,
        key: uuid.UUID | None = None,
        written_at: datetime | None = None,
        at: datetime | None = None,
    ) -> "Note":
        """A new note; one from elsewhere was `written_at` before. The same `key` again gives the first one."""
        moment, said = at or clock.now(), _said(text, title, tags)
        wrote = written_at or moment
        note = cls(
            person=by, item=item, key=key or uuid.uuid4(), is_gap=is_gap, created_at=wrote, changed_at=wrote, **said
        )  # fmt: skip
        try:
            with transaction.atomic():
                note.save(force_insert=True)
                note.relink()
                record(actor=by, verb="noted", subject=note, detail={"gap": is_gap}, at=moment)
        except IntegrityError as error:
            if "note_once" not in str(error):
                raise
            return cls.objects.get(person=by, key=note.key)
        return note

    def change(
        self,
        *,
        text: str,
        is_gap: bool,
        version: int,
        title: str | None = None,
        tags: Iterable[str] | None = None,
        at: datetime | None = None,
    ) -> None:
        """Say it otherwise, if it is still the `version` that its writer began with. None leaves title or tags.

        Raises ChangedThere with what stands there now, Refused once it is deleted.
        """
        said = _said(text, self.title if title is None else title, self.tags if tags is None else tags)
        self._save(version, "changed", at, **said, is_gap=is_gap)

    def tick(self, *, box: int, done: bool, version: int, at: datetime | None = None) -> None:
        """Tick or clear the box number `box` of its check lists, counted from 0."""
        try:
            text = ticked(self.text, box, done=done)
        except RenderError as error:
            raise Refused(error.message, code="unreadable") from error
        if text is None:
            raise Refused("This note has no such box any more.", code="no_box")
        self._save(version, "changed", at, text=text, html=rendered(text))

    def share(self, shared: str, *, at: datetime | None = None) -> None:
        """Let the mentor or the cohort read it, or nobody any more, which holds at once."""
        with transaction.atomic():
            if not Note.objects.filter(pk=self.pk).update(shared=shared):
                raise Refused(GONE, code="note_gone")
            self.shared = shared
            record(actor=self.person, verb="shared", subject=self, detail={"with": shared}, at=at)

    @transaction.atomic
    def remove(self, *, at: datetime | None = None) -> None:
        """Delete it. What was begun from it stays; links to it lead nowhere again."""
        if not Note.objects.select_for_update().filter(pk=self.pk).exists():
            raise Refused(GONE, code="note_gone")
        record(actor=self.person, verb="removed", subject=self, at=at)
        self.delete()

    def _save(self, version: int, verb: str, at: datetime | None, **fields: Any) -> None:
        moment = at or clock.now()
        with transaction.atomic():
            rows = Note.objects.filter(pk=self.pk, version=version)
            saved = rows.update(version=F("version") + 1, changed_at=moment, **fields)
            try:
                self.refresh_from_db(from_queryset=Note.objects.select_related("item", "person"))
            except Note.DoesNotExist:
                raise Refused(GONE, code="note_gone") from None
            if not saved:
                raise ChangedThere(self.text)
            self.relink()
            record(actor=self.person, verb=verb, subject=self, at=moment)

    def relink(self) -> None:
        """Keep the table of links as the text has them, and let links find this note that waited for its name."""
        from mentorship.study.notes.links import relink

        relink(self, names_in(self.html))


def _said(text: str, title: str, tags: Iterable[str]) -> dict[str, Any]:
    """The fields that what was written comes to."""
    text, title = cleaned(text), clean_title(title)
    return {
        "text": text,
        "html": rendered(text),
        "title": title,
        "name": name_of(title) or title,
        "tags": clean_tags(tags),
    }
