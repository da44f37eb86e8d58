"""What is said under a comment once its review is published, and what stood there before it was edited or deleted."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere, worded
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import key_of, tell_all
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.scopes import visible_keys

if TYPE_CHECKING:
    from projects.models.comment import Comment

HEADINGS = 3  # of what people say of a round: their highest heading stands below those of every page that shows it
LONGEST = 20_000
QUIET = timedelta(days=1)  # an unread notification of a thread stands for what is said there within a day


def rendered(text: str) -> str:
    """The HTML of what somebody says. Refused when it is empty, too long or cannot be shown."""
    return worded(text, longest=LONGEST, heading_level=HEADINGS)


class Worded(models.Model):
    """A text that its writer may edit and delete. What stood before is kept; a deleted one is empty."""

    text = models.TextField(max_length=LONGEST)
    html = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now)
    edits = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Counts the edits; who edits over another loses."
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def writer(self) -> User:
        raise NotImplementedError

    def edit(self, *, by: User, text: str, version: int | None = None, at: datetime | None = None) -> None:
        """Say it in other words, if it is still the `version` that `by` began with. What stood there is kept."""
        html = rendered(text)
        with transaction.atomic():
            row = self._locked(by)
            if version not in (None, row.edits):
                raise ChangedThere(row.text)
            if row.text != text:
                row._reword(by, text, html, at or clock.now())
                record(actor=by, verb="edited", subject=row, at=at)
        self.refresh_from_db()

    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Leave 'deleted' in its place. What stood there is kept for its writer and for admins."""
        now = at or clock.now()
        with transaction.atomic():
            row = self._locked(by)
            row.deleted_at = now
            row._reword(by, "", "", now)
            record(actor=by, verb="deleted", subject=row, at=now)
        self.refresh_from_db()

    def _reword(self, by: User, text: str, html: str, now: datetime) -> None:
        Wording.objects.create(**{self._meta.model_name or "": self}, text=self.text, replaced_by=by, replaced_at=now)
        self.text, self.html, self.edited_at, self.edits = text, html, now, self.edits + 1
        self.save(update_fields=["text", "html", "edits", "edited_at", "deleted_at"])

    def _locked(self, by: User) -> Self:
        row = type(self)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)
        if row.writer.pk != by.pk:
            raise Refused("Only who wrote it can change it.", code="not_yours")
        if row.deleted_at:
            raise Refused("This was deleted.", code="deleted")
        return row


class Remarks(models.QuerySet["Remark"]):
    def visible_to(self, person: Any) -> "Remarks":
        published = self.filter(comment__review__state="published")
        return published.filter(comment__review__round__submission__in=visible_keys(person))


class Remark(Worded):
    """A reply under a comment, by who handed in or by a mentor who reads the work."""

    comment = models.ForeignKey("projects.Comment", models.PROTECT, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=32, help_text="Given by the page: sent twice it is said once.")

    objects = Remarks.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("comment", "author", "key", name="remark_key_once"),
            models.CheckConstraint(
                condition=Q(deleted_at=None) & ~Q(text="") | Q(deleted_at__isnull=False, text=""),
                name="remark_deleted_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def writer(self) -> User:
        return self.author

    @classmethod
    def make(cls, comment: "Comment", *, by: User, text: str, key: str, at: datetime) -> "Remark":
        """Write it under `comment`, whose row the caller has locked, and tell who takes part in the thread."""
        html = rendered(text)
        fields = {"text": text, "html": html, "created_at": at}
        remark, new = cls.objects.get_or_create(comment=comment, author=by, key=key, defaults=fields)
        if new:
            record(actor=by, verb="replied", subject=remark, at=at)
            remark._tell(at)
        return remark

    def _tell(self, at: datetime) -> None:
        """Tell the comment's writer, whose work it is, and who said something here: each once until they look."""
        submission = self.comment.review.round.submission
        people = {person.pk: person for person in (self.comment.review.mentor, *submission.people())}
        said = (
            self.comment.remarks.filter(author__is_active=True).exclude(author=self.author_id).select_related("author")
        )
        people |= {remark.author_id: remark.author for remark in said}
        people.pop(self.author_id, None)
        subject = key_of(self.comment)
        unread = Notification.objects.filter(kind="replied", subject=subject, read_at=None, created_at__gt=at - QUIET)
        known = set(unread.filter(person__in=people).values_list("person", flat=True))
        tell_all(
            [person for key, person in people.items() if key not in known],
            "replied",
            subject=subject,
            threshold=self.comment.remarks.count(),
            title=f"{self.author} replied on {submission.title}",
            body=f"{self.author} writes about round {self.comment.review.round.number}:\n\n{self.text[:500]}",
            url=self.comment.get_absolute_url(),
            at=at,
        )


class Wording(models.Model):
    """What a comment or a reply said until somebody replaced it. Only ever added to."""

    comment = models.ForeignKey("projects.Comment", models.PROTECT, null=True, related_name="wordings")
    remark = models.ForeignKey(Remark, models.PROTECT, null=True, related_name="wordings")
    text = models.TextField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment=None, remark__isnull=False) | Q(comment__isnull=False, remark=None),
                name="wording_of_one",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
