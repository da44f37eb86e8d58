"""What the members of a group write to each other, and the links they share."""

import re
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q

from mentorship.cohorts import telling_together as telling
from mentorship.cohorts.models.group import Group, GroupMember
from mentorship.cohorts.models.written import Written, rendered
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

# `@amara-okafor`, and no part of an address or a path.
MENTION = re.compile(r"(?<![\w@/.-])@([a-z][a-z0-9]*(?:-[a-z0-9]+)*)", re.IGNORECASE)
MOST_LINKS = 30


def mentioned(text: str, people: Iterable[User]) -> list[User]:
    """Those of `people` whose handle stands in `text` after an @; anybody else's is a word like others."""
    handles = {handle.lower() for handle in MENTION.findall(text)}
    return [person for person in people if person.handle in handles]


def of_reader(reader: Any, path: str) -> Q:
    """What belongs to groups that `reader` is in."""
    inside = GroupMember.objects.filter(membership__person=reader, left_at=None, joined_at__isnull=False)
    return Q(**{f"{path}__in": inside.values("group")})


class GroupPostQuerySet(models.QuerySet["GroupPost"]):
    def visible_to(self, reader: Any) -> "GroupPostQuerySet":
        """Those of the groups that one is in; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(of_reader(reader, "group"))


class GroupPost(Written):
    """One post in a group, or a reply under one."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="posts")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one post.")

    objects = GroupPostQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["group", "parent", "-id"], name="group_post_list")]
        constraints = [
            models.UniqueConstraint("author", "key", name="group_post_once"),
            models.CheckConstraint(
                condition=Q(deleted_at=None) & ~Q(text="") | Q(deleted_at__isnull=False, text=""),
                name="group_post_deleted_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return f"{self.group.get_absolute_url()}posts/{self.pk}/"

    @classmethod
    def write(
        cls, group: Group, *, by: User, text: str, parent: "GroupPost | None" = None, key: Any = None,
        at: datetime | None = None,
    ) -> "GroupPost":  # fmt: skip
        """Post it, or reply to `parent`; the same `key` again is one post. Who is mentioned is told."""
        html = rendered(text)
        with transaction.atomic():
            Group.objects.select_for_update(no_key=True).get(pk=group.pk)
            people = [row.membership.person for row in group.joined()]
            if not by.is_admin and by.pk not in [person.pk for person in people]:
                raise Refused("Only its members write here.", code="not_a_member")
            if parent is not None and (parent.group_id != group.pk or parent.parent_id):
                raise Refused("Replies stand under a post of this group.", code="no_post")
            fields = {"group": group, "parent": parent, "text": text, "html": html, "created_at": at or now()}
            row, new = cls.objects.get_or_create(author=by, key=key or uuid.uuid4(), defaults=fields)
            if new:
                events.record(actor=by, verb="posted", subject=row, at=at)
                telling.posted(row, people, mentioned(text, people), at=at)
        return row

    def edit(self, *, by: User, text: str, at: datetime | None = None, **fields: Any) -> None:
        """As every text; who is mentioned for the first time is told."""
        with transaction.atomic():
            super().edit(by=by, text=text, at=at, **fields)
            people = [row.membership.person for row in self.group.joined()]
            telling.mentioned(self, mentioned(text, people), at=at)


class GroupLinkQuerySet(models.QuerySet["GroupLink"]):
    def visible_to(self, reader: Any) -> "GroupLinkQuerySet":
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(of_reader(reader, "group"))


class GroupLink(models.Model):
    """An address that a group shares."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="links")
    title = models.CharField(max_length=120)
    url = models.URLField(max_length=500, validators=[RegexValidator(r"^https?://")])
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    objects = GroupLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("group", "url", name="group_link_once"),
            models.CheckConstraint(condition=Q(url__regex=r"^https?://"), name="group_link_to_the_web"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def share(cls, group: Group, *, by: User, title: str, url: str, at: datetime | None = None) -> "GroupLink":
        with transaction.atomic():
            Group.objects.select_for_update(no_key=True).get(pk=group.pk)
            if not by.is_admin and not group.joined().filter(membership__person=by).exists():
                raise Refused("Only its members share links here.", code="not_a_member")
            if group.links.filter(url=url).exists():
                raise Refused("This address stands here already.", code="already_there")
            if group.links.count() >= MOST_LINKS:
                raise Refused(f"A group shares {MOST_LINKS} links at most. Take one out first.", code="full")
            row = cls.objects.create(group=group, title=title, url=url, added_by=by, added_at=at or now())
            events.record(actor=by, verb="shared", subject=row, detail={"url": url}, at=at)
        return row

    def remove(self, *, by: User, at: datetime | None = None) -> None:
        with transaction.atomic():
            events.record(actor=by, verb="removed", subject=self, detail={"url": self.url}, at=at)
            self.delete()
