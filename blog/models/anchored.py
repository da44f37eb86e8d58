"""What is said of a passage of a post, and how it stays with the passage while the text changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from blog.anchors import CONTEXT, LONGEST_QUOTE, Anchor, Change, Passage, chosen

if TYPE_CHECKING:
    from blog.models.post import Post

FOLLOWED = 300  # rows of a kind that a save takes along; no post has more of them at once


class Anchored(models.Model):
    """A passage by its offsets in the Markdown source, with its words and some of what surrounds them.

    The offsets are those of the newest text; both are empty once the place is gone.
    """

    start = models.PositiveIntegerField(null=True, blank=True, help_text="In characters of the Markdown source.")
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(
        max_length=LONGEST_QUOTE, blank=True, db_default="", help_text="The passage as it stood then."
    )
    prefix = models.CharField(max_length=CONTEXT, blank=True, db_default="", editable=False)
    suffix = models.CharField(max_length=CONTEXT, blank=True, db_default="", editable=False)

    class Meta:
        abstract = True

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.start, self.end, self.quote, self.prefix, self.suffix)

    def passage_in(self, body: str) -> str | None:
        """What stands at its place now; None once that is gone."""
        return None if self.start is None else body[self.start : self.end]

    def follow(self, change: Change) -> bool:
        """Move with the text; whether anything about the row is different now."""
        place = change.follow(self.anchor)
        moved = (self.start, self.end) != (place.start, place.end)
        self.start, self.end = place.start, place.end
        return moved


def placed(body: str, passage: Passage, *, newest: bool) -> dict[str, Any]:
    """The fields of an anchor for `passage` in `body`. Refused in words if it is not there, or not once."""
    return vars(chosen(body, passage, newest=newest))


def rule_of_place(name: str) -> models.CheckConstraint:
    both = Q(start__isnull=False, end__isnull=False, start__lte=F("end"))
    return models.CheckConstraint(condition=both | Q(start__isnull=True, end__isnull=True), name=name)


def follow(post: Post, before: str) -> None:
    """Take along what is anchored in `post`, whose text was `before`; in the transaction that saves its text."""
    if before == post.body or post.asked_at is None:
        return
    change = Change(before, post.body)
    for rows in (post.suggestions.followed(), post.editor_comments.followed()):
        moved = [row for row in rows[:FOLLOWED] if row.follow(change)]
        if moved:
            rows.model._base_manager.bulk_update(moved, moved[0].FOLLOWS)  # type: ignore[arg-type]
