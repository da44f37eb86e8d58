"""What a team has written of its next round so far: one draft that every member may edit until it is handed in."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import F

from mentorship.cohorts.models import Group
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.models import User

LARGEST = 400_000  # characters in all fields together


class DraftChanged(Refused):
    """Another member saved, or handed in, after this one began. `saved` is what stands there now."""

    def __init__(self, saved: "SharedDraft") -> None:
        message = "Your team changed this draft meanwhile. Compare below, then save yours over it or take theirs."
        if not saved.content:
            message = "Your team has handed this round in meanwhile. What you typed is still here."
        super().__init__(message, code="changed_meanwhile")
        self.saved = saved


class SharedDraft(models.Model):
    """The round that a group is about to hand in for one project: what the form's fields say, by name."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="drafts")
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="+")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0, help_text="Counts the saves; who saves over another is asked.")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint("group", "project", name="shared_draft_once")]

    def __str__(self) -> str:
        return f"draft of {self.group_id} for {self.project_id}"

    @classmethod
    def of(cls, group: Group, project: int) -> "SharedDraft":
        """The group's draft for the project with this key; an empty, unsaved one when nobody has begun."""
        found = cls.objects.select_related("saved_by").filter(group=group, project=project).first()
        return found or cls(group=group, project_id=project)

    def save_for_team(self, *, by: User, content: Mapping[str, str], version: int, at: datetime | None = None) -> None:
        """Replace what it says, if it is still the `version` that `by` began with; else raises `DraftChanged`."""
        now, clean = at or clock.now(), cleaned(content)
        if not self.group.joined().filter(membership__person=by).exists():
            raise Refused("Only members of the team edit its draft.", code="not_a_member")
        with transaction.atomic():
            # Who begins first makes the row; a second one waits here for the first one's commit.
            row, _new = SharedDraft.objects.get_or_create(group=self.group, project_id=self.project_id)
            same = SharedDraft.objects.filter(pk=row.pk, version=version)
            if not same.update(content=clean, version=F("version") + 1, saved_by=by, saved_at=now):
                saved = SharedDraft.objects.select_related("saved_by").get(pk=row.pk)
                if saved.content != clean:
                    raise DraftChanged(saved)
            self.pk = row.pk
        self.refresh_from_db()

    def refuse_unless(self, version: int) -> None:
        """Raise `DraftChanged` when this locked row is no longer the `version` that a member read."""
        if self.version != version:
            raise DraftChanged(self)

    def use(self, *, at: datetime) -> None:
        """It is handed in: the next draft begins empty, and a page that still shows this one is told so."""
        SharedDraft.objects.filter(pk=self.pk).update(content={}, version=F("version") + 1, saved_at=at)


def cleaned(content: Mapping[str, str]) -> dict[str, str]:
    """Texts as they can be stored, without those that are empty; refused when they are far too long."""
    texts = {
        name: text.encode("utf-8", "replace").decode().replace("\0", "").replace("\r\n", "\n")
        for name, text in content.items()
    }
    if sum(len(name) + len(text) for name, text in texts.items()) > LARGEST:
        raise Refused("This draft is too long to be saved.", code="too_long")
    return {name: text for name, text in texts.items() if text}
