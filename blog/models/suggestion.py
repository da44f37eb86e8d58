"""A change of a passage that somebody proposes, and its author decides on."""

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from blog import telling_suggestions as telling
from blog.anchors import Change, Passage
from blog.models.anchored import Anchored, placed, rule_of_place
from blog.models.post import Post
from blog.text import clean_body, clean_line, render
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User

MOST_OPEN = 100  # on one post
LONGEST_REPLACEMENT = 10_000
LONGEST_BODY = 200_000

ATTEMPTS = 20  # when others save the text at the same moment


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> "SuggestionQuerySet":
        return self.filter(state="open")

    def followed(self) -> "SuggestionQuerySet":
        """What moves with the text: the open ones, and the latest whose place may come back."""
        return self.filter(state__in=["open", "outdated"]).order_by("state", "-pk")


class Suggestion(Anchored):
    """Replace `quote` by `replacement`; an empty quote inserts, an empty replacement deletes."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        OUTDATED = "outdated", "Outdated"

    FOLLOWS = ("start", "end", "state")

    post = models.ForeignKey(Post, models.CASCADE, related_name="suggestions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(help_text="Of the post, when it was made.")
    replacement = models.TextField(max_length=LONGEST_REPLACEMENT, blank=True)
    why = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=clock.now)
    told = models.BooleanField(default=False, editable=False, help_text="The one of its burst that was told of.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    word = models.CharField(max_length=500, blank=True, help_text="What was said when it was refused.")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["post"], condition=Q(state="open"), name="suggestion_open")]
        constraints = [
            rule_of_place("suggestion_place"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted", "refused", "withdrawn", "outdated"]),
                name="suggestion_state_known",
            ),
            models.CheckConstraint(condition=~Q(quote=F("replacement")), name="suggestion_changes_something"),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(start__isnull=False), name="suggestion_open_has_place"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "outdated"], decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    state__in=["accepted", "refused", "withdrawn"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="suggestion_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote[:30]} → {self.replacement[:30]}"

    @classmethod
    @transaction.atomic
    def make(
        cls,
        post: Post,
        *,
        by: User,
        passage: Passage,
        replacement: str,
        why: str = "",
        version: int | None = None,
        at: datetime | None = None,
    ) -> "Suggestion":
        """Who edits the post proposes a change; `version` is the one that they looked at."""
        now = at or clock.now()
        post.lock_for("suggest", by)
        if post.suggestions.open().count() >= MOST_OPEN:
            raise Refused(f"{MOST_OPEN} suggestions are open; wait until some are decided.", code="too_many")
        replacement = clean_body(replacement)
        if len(replacement) > LONGEST_REPLACEMENT:
            raise Refused(f"A replacement has {LONGEST_REPLACEMENT:,} characters at most.", code="replacement_too_long")
        passage = Passage(clean_body(passage.quote), passage.start)
        place = placed(post.body, passage, newest=version in (None, post.version))
        if place["quote"] == replacement:
            raise Refused("That is what stands there already.", code="changes_nothing")
        found = cls(post=post, by=by, version=post.version, replacement=replacement, created_at=now, **place)
        found.why = clean_line(why)[:500]
        found.told = not post.suggestions.filter(by=by, told=True, created_at__gt=now - telling.ONE_BURST).exists()
        found.save()
        record(actor=by, verb="suggested", subject=post, detail={"suggestion": found.pk}, at=now)
        if found.told:
            telling.suggested(found, now)
        return found

    def accept(self, *, by: User, seen: str | None = None, at: datetime | None = None) -> None:
        """A writer of the post takes it over: the text changes, as a version that names who suggested it.

        `seen` is the passage as the writer saw it, for one that changed since; without it the quote must stand there.
        """
        now = at or clock.now()
        for _ in range(ATTEMPTS):
            version, body = self._with_it()
            html = render(body, self.post.shown_figures())  # before the row is locked: it may take seconds
            with transaction.atomic():
                self._lock("decide", by, self.State.OPEN)
                if self.post.version == version:
                    return self._put_in(by, body, html, self.quote if seen is None else clean_body(seen), now)
        raise Refused("This post is being saved again and again right now. Try once more.", code="busy")

    def _with_it(self) -> tuple[int, str]:
        """The newest version of the post, and its text with this in it."""
        found = Suggestion.objects.filter(pk=self.pk).values_list("post__version", "post__body", "start", "end").first()
        if found is None:
            raise Refused("This post was removed meanwhile.", code="post_gone")
        version, body, start, end = found
        if start is not None:
            body = body[:start] + self.replacement + body[end:]
        if len(body) > LONGEST_BODY:
            raise Refused(f"The text would be longer than {LONGEST_BODY:,} characters.", code="too_long")
        return version, body

    def _put_in(self, by: User, body: str, html: str, seen: str, now: datetime) -> None:
        from blog import writing

        if self.passage_in(self.post.body) != seen:
            raise Refused("This passage changed since: look at it once more.", code="passage_changed")
        self._close(self.State.ACCEPTED, by, now)
        writing.put_in(self.post, by=by, body=body, html=html, suggested_by=self.by, now=now)
        self._tell("accepted_suggestion", by, now)

    def follow(self, change: Change) -> bool:
        """Outdated once its place is gone, or says what it suggests; open again when the passage comes back."""
        moved = super().follow(change)
        if self.quote and self.passage_in(change.after) == self.replacement:
            self.start = self.end = None
        state = self.State.OUTDATED if self.start is None else self.State.OPEN
        moved, self.state = moved or state != self.state, state
        return moved

    @transaction.atomic
    def refuse(self, *, by: User, word: str = "", at: datetime | None = None) -> None:
        """A writer of the post leaves the passage as it is, and may say why."""
        now = at or clock.now()
        self._lock("decide", by, self.State.OPEN, self.State.OUTDATED)
        self.word = clean_line(word)[:500]
        self._close(self.State.REFUSED, by, now)
        self._tell("refused_suggestion", by, now)

    @transaction.atomic
    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Who made it takes it back."""
        now = at or clock.now()
        self._lock("suggest", by, self.State.OPEN, self.State.OUTDATED)
        if self.by_id != by.pk:
            raise Refused(f"{self.by.name} made this suggestion.", code="cannot_withdraw")
        self._close(self.State.WITHDRAWN, by, now)
        record(actor=by, verb="withdrew_suggestion", subject=self.post, detail={"suggestion": self.pk}, at=now)

    def _lock(self, verb: str, by: User, *states: str) -> None:
        """Lock the post, as everything does that changes its text, and read this anew; Refused if it is decided."""
        self.post.lock_for(verb, by)
        self.refresh_from_db(fields=["state", "start", "end"])
        if self.state not in states:
            raise Refused(f"This suggestion is {self.get_state_display().lower()}.", code="decided_already")

    def _close(self, state: str, by: User, now: datetime) -> None:
        self.state, self.decided_by, self.decided_at = state, by, now
        self.save(update_fields=["state", "decided_by", "decided_at", "word"])

    def _tell(self, verb: str, by: User, now: datetime) -> None:
        record(actor=by, verb=verb, subject=self.post, detail={"suggestion": self.pk}, at=now)
        telling.decided(self, now)
