"""What a mentor says of a round: on the whole, on one criterion, on a cell of a file or on some of its lines."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.models import User
from projects import anchors
from projects.draft import Said, new_key
from projects.models.files import RoundFile
from projects.models.scopes import visible_keys
from projects.models.thread import Remark, Worded

if TYPE_CHECKING:
    from projects.models.review import Review

ANCHOR = ("file", "cell", "line_from", "line_to", "cell_id", "cell_digest", "quote")


class Comments(models.QuerySet["Comment"]):
    def visible_to(self, person: Any) -> "Comments":
        """Those of published reviews, of work that `person` may open."""
        return self.filter(review__state="published", review__round__submission__in=visible_keys(person))


class Comment(Worded):
    """One comment of a review. A blocking one asks for a change.

    On a cell it keeps what stood there, so that later rounds can say where that went.
    """

    review = models.ForeignKey("projects.Review", models.PROTECT, related_name="comments")
    key = models.CharField(max_length=32, help_text="Given by the page, so that a save sent twice adds one comment.")
    criterion = models.ForeignKey("projects.Criterion", models.PROTECT, null=True, blank=True, related_name="+")
    file = models.ForeignKey(RoundFile, models.PROTECT, null=True, blank=True, related_name="comments")
    cell = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Counted from 1; a text file is one cell.")
    line_from = models.PositiveIntegerField(null=True, blank=True)
    line_to = models.PositiveIntegerField(null=True, blank=True)
    cell_id = models.CharField(max_length=64, blank=True, db_default="")
    cell_digest = models.CharField(max_length=16, blank=True, db_default="")
    quote = models.TextField(blank=True, db_default="", help_text="The lines, or the cell, as they stood.")
    blocking = models.BooleanField(default=False)

    objects = Comments.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("review", "key", name="comment_key_once"),
            models.CheckConstraint(
                condition=Q(file=None, cell=None)
                | Q(criterion=None, file__isnull=False, cell__isnull=False, cell__gte=1),
                name="comment_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(line_from=None, line_to=None)
                | Q(
                    file__isnull=False,
                    line_from__isnull=False,
                    line_to__isnull=False,
                    line_from__gte=1,
                    line_to__gte=F("line_from"),
                ),
                name="comment_lines_in_order",
            ),
            models.CheckConstraint(condition=Q(deleted_at=None) | Q(text=""), name="comment_deleted_is_empty"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("projects:comment", args=[self.pk])

    @property
    def writer(self) -> User:
        return self.review.mentor

    @property
    def said(self) -> Said:
        """What a draft says of it."""
        return Said(self.key, self.text, self.criterion_id, self.blocking, *self.place)

    @property
    def place(self) -> tuple[int | None, int | None, int | None, int | None]:
        """File, cell, and the first and last of the lines; nothing for what is said of a criterion or the round."""
        return self.file_id, self.cell, self.line_from, self.line_to

    def reply(self, *, by: User, text: str, key: str = "", at: datetime | None = None) -> Remark:
        """Say something under it; the same `key` again is one reply. Refused to who has no part in the work."""
        now = at or clock.now()
        with transaction.atomic():
            comment = Comment.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)
            if comment.review.state != "published" or comment.deleted_at:
                raise Refused("This comment does not stand any more.", code="not_standing")
            if not self.takes_part(by):
                raise Refused("Whose work it is and their mentors talk here.", code="not_yours")
            return Remark.make(comment, by=by, text=text, key=key or new_key(), at=now)

    def takes_part(self, person: User) -> bool:
        submission = self.review.round.submission
        return submission.is_by(person) or submission.approvable_by(person)

    def remove(self, *, by: User, at: datetime | None = None) -> None:
        if self.blocking:
            raise Refused("A change request is not deleted: accept or waive it in your next review.", code="blocking")
        super().remove(by=by, at=at)

    def _locked(self, by: User) -> "Comment":
        row = super()._locked(by)
        if row.review.state != "published":
            raise Refused("This review is a draft: change it there.", code="not_published")
        return row

    @property
    def lines(self) -> str:
        return anchors.lines_text(self.line_from, self.line_to)

    @classmethod
    def replace(cls, review: "Review", said: tuple[Said, ...]) -> None:
        """Make the comments of a draft those that are `said`.

        They keep the key that the page gave them, so that a save sent twice adds none twice.
        """
        old = {comment.key: comment for comment in review.comments.defer("quote", "html")}
        changed = [one for one in said if one.key not in old or old[one.key].said != one]
        files = _files_of(
            review, {one.file for one in changed if one.key not in old or old[one.key].place != one.place}
        )
        new: list[Comment] = []
        for one in changed:
            comment = old.get(one.key) or Comment(review=review, key=one.key)
            fields = ["criterion", "text", "blocking"]
            comment.criterion_id, comment.text, comment.blocking = one.criterion, one.text, one.blocking
            if comment.place != one.place:
                comment._move(one, files)
                fields += ANCHOR
            if comment.pk is None:
                new.append(comment)
            else:
                comment.save(update_fields=fields)
        gone = set(old) - {one.key for one in said}
        if gone:
            kept = review.comments.filter(Q(remarks__isnull=False) | Q(wordings__isnull=False), key__in=gone)
            if kept.exists():
                message = "A comment that was answered or edited after its publication stays: change its words instead."
                raise Refused(message, code="answered")
            review.comments.filter(key__in=gone).delete()
        Comment.objects.bulk_create(new)

    def _move(self, said: Said, files: dict[int, RoundFile]) -> None:
        """Note where it is said, and what stands there. Refused where the round has no such place."""
        self.cell_id = self.cell_digest = self.quote = ""
        self.file_id, self.cell, self.line_from, self.line_to = said.file, said.cell, said.line_from, said.line_to
        if said.file is None:
            return
        if said.file not in files:
            raise Refused("This file is not one of the round.", code="unknown_file")
        found = anchors.cell_at(files[said.file].cells, said.cell)
        if found is None:
            raise Refused(f"{files[said.file]} has no cell {said.cell}.", code="unknown_cell")
        if said.line_to is not None and said.line_to > anchors.line_count(found):
            message = f"Cell {said.cell} of {files[said.file]} ends at line {anchors.line_count(found)}."
            raise Refused(message, code="unknown_lines")
        self.cell_id, self.cell_digest = found["id"][:64], found["digest"]
        self.quote = anchors.quoted(found, said.line_from, said.line_to)


def _files_of(review: "Review", keys: set[int | None]) -> dict[int, RoundFile]:
    """Those files of the review's round, with their cells; none are read where no comment needs them."""
    wanted = [key for key in keys if key is not None]
    return review.round.files.only("name", "cells").in_bulk(wanted) if wanted else {}
