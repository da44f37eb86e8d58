"""Replies that mentors keep, because the same question asks for the same explanation again and again."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.project import Project
from projects.models.scopes import mentors_of_cohorts

LONGEST = 4_000
MOST = 200  # of one's own


class ReplyChanged(Refused):
    """A reply that was saved elsewhere meanwhile. `saved` is what stands there now."""

    def __init__(self, saved: "SavedReply") -> None:
        super().__init__("This reply was changed in another window meanwhile.", code="changed_meanwhile")
        self.saved = saved


class SavedReplies(models.QuerySet["SavedReply"]):
    def visible_to(self, person: Any) -> "SavedReplies":
        """What `person` may put in and change: their own, and the shared ones of the streams that they mentor in."""
        if not may_save(person):
            return self.none()
        own = Q(shared=False, author=person)
        if person.is_admin:
            return self.filter(own | Q(shared=True))
        return self.filter(own | Q(shared=True, project__in=projects_of(person).values("pk")))


class SavedReply(models.Model):
    """One text to put into reviews: of one mentor, or shared by who reviews a project."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_replies")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one reply.")
    shared = models.BooleanField(default=False)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="saved_replies", help_text="None: any project."
    )
    criterion = models.SlugField(max_length=120, blank=True, help_text="The key of a question; empty: any.")
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=LONGEST)
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves; who saves over another loses.")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = SavedReplies.as_manager()

    class Meta:
        verbose_name_plural = "saved replies"
        indexes = [models.Index(fields=["author", "title"], name="saved_reply_of_author")]
        constraints = [
            models.UniqueConstraint("author", "key", name="saved_reply_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="saved_reply_says_something"),
            models.CheckConstraint(
                condition=Q(shared=False) | Q(project__isnull=False), name="saved_reply_shared_for_a_project"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def save_new(
        cls, *, by: User, said: dict[str, Any], key: uuid.UUID | None = None, at: datetime | None = None
    ) -> "SavedReply":
        """Keep a reply. `said`: its title, text, project, criterion, and whether it is shared.

        The same `key` again gives the first one.
        """
        now = at or clock.now()
        _refuse_unless_allowed(by, said)
        reply = cls(author=by, key=key or uuid.uuid4(), created_at=now, changed_at=now, **said)
        try:
            with transaction.atomic():
                User.objects.select_for_update(no_key=True).get(pk=by.pk)  # under which one's own are counted
                if cls.objects.filter(author=by).count() >= MOST:
                    raise Refused(f"You keep {MOST} replies already. Remove one first.", code="too_many")
                reply.save(force_insert=True)
                record(actor=by, verb="saved", subject=reply, detail={"shared": reply.shared}, at=now)
        except IntegrityError:
            return cls.objects.get(author=by, key=reply.key)
        return reply

    def change(self, *, by: User, said: dict[str, Any], version: int, at: datetime | None = None) -> None:
        """Say it otherwise, if it is still the `version` that one began with; else `ReplyChanged`."""
        now = at or clock.now()
        with transaction.atomic():
            _refuse_unless_allowed(by, said)
            current = SavedReply.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
            if current is None:
                raise Refused("This reply was removed meanwhile.", code="reply_gone")
            if not SavedReply.objects.visible_to(by).filter(pk=self.pk).exists():
                raise Refused("Only who may use a reply changes it.", code="not_yours")
            if current.version != version:
                raise ReplyChanged(current)
            if current.author_id != by.pk and not said["shared"]:
                raise Refused("Only its author takes a shared reply back for themselves.", code="not_yours")
            SavedReply.objects.filter(pk=self.pk).update(version=F("version") + 1, changed_at=now, **said)
            self.refresh_from_db()
            record(actor=by, verb="changed", subject=self, detail={"shared": self.shared}, at=now)

    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Keep it no longer. What was put into reviews stays there."""
        with transaction.atomic():
            rows = SavedReply.objects.visible_to(by).filter(pk=self.pk)
            if not SavedReply.objects.select_for_update(no_key=True).filter(pk__in=rows.values("pk")).exists():
                raise Refused("This reply was removed meanwhile.", code="reply_gone")
            record(actor=by, verb="removed", subject=self, detail={"title": self.title}, at=at)
            SavedReply.objects.filter(pk=self.pk).delete()


def may_save(person: Any) -> bool:
    """Whether `person` reviews anywhere, or is an admin: nobody else has replies to keep."""
    return person.is_authenticated and (person.is_admin or mentors_of_cohorts(person).exists())


def projects_of(person: User) -> models.QuerySet[Project]:
    """The published projects of the streams that `person` mentors in; all of them for an admin."""
    projects = Project.objects.published()
    if person.is_admin:
        return projects
    return projects.filter(item__stream__in=mentors_of_cohorts(person).values("cohort__stream"))


def _refuse_unless_allowed(by: User, said: dict[str, Any]) -> None:
    if not may_save(by):
        raise Refused("Only mentors keep replies.", code="not_a_mentor")
    if said["shared"] and said["project"] is None:
        raise Refused("Say which project a shared reply is for.", code="project")
    if said["project"] and not projects_of(by).filter(pk=said["project"].pk).exists():
        raise Refused("This is no project of a stream that you mentor in.", code="project")
