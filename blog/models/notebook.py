"""A notebook that a post begins from, or is brought up to date with: its cells, what was chosen, what was placed."""

import uuid
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q, Sum

from mentorship.common import clock
from mentorship.people import quota
from mentorship.people.models import User

MOST_OPEN = 5  # uploads of one person that became nothing yet; the oldest go


def stored_name(instance: "Notebook", filename: str) -> str:
    """A name of ours: nothing of what the person typed reaches the store."""
    return f"blog-notebooks/{uuid.uuid4().hex}"


class Notebooks(models.QuerySet["Notebook"]):
    def of(self, person: Any) -> "Notebooks":
        """Those that `person` uploaded; nobody else sees them."""
        return self.filter(person_id=person.pk)

    def open(self) -> "Notebooks":
        return self.filter(used_at=None)

    def forget(self) -> None:
        """Delete them, and their files once that is certain."""
        names = [name for name in self.values_list("file", flat=True) if name]
        self.delete()
        for name in names:
            transaction.on_commit(partial(default_storage.delete, name), robust=True)


class Notebook(models.Model):
    """One file, read once. `cells`: as `importing.notebook_file` has them; `chosen`: a form by the key of each part;
    `placed`: {key, text} of each part that went into the post, in order, by which it is found there again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey("blog.Post", models.CASCADE, null=True, blank=True, related_name="notebooks")
    name = models.CharField(max_length=120)
    file = models.FileField(upload_to=stored_name, max_length=120, blank=True)
    size = models.PositiveIntegerField()
    origin_key = models.CharField(max_length=200, blank=True, help_text="The project whose notebook it is.")
    origin_url = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=140, blank=True)
    language = models.CharField(max_length=30)
    cells = models.JSONField(default=list)
    chosen = models.JSONField(default=dict)
    placed = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True, blank=True, help_text="When the post took it over.")

    objects = Notebooks.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "created_at"], condition=Q(used_at=None), name="notebook_open"),
            models.Index(fields=["post", "-used_at"], name="notebook_of_post"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(size__lte=20_000_000), name="notebook_size_holds"),
            models.CheckConstraint(condition=Q(used_at=None) | Q(post__isnull=False), name="notebook_used_by_a_post"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def stored_by(cls, person: User) -> int:
        """Bytes, for the quota."""
        return cls.objects.of(person).exclude(file="").aggregate(n=Sum("size"))["n"] or 0

    @classmethod
    def keep(cls, *, by: User, raw: bytes, at: datetime | None = None, **said: Any) -> "Notebook":
        """Store the file with what was read of it. Of what a person left lying only the newest stay."""
        now = at or clock.now()
        with transaction.atomic():
            quota.check(by, len(raw))
            left = cls.objects.of(by).open().order_by("-created_at", "-pk").values_list("pk", flat=True)
            cls.objects.filter(pk__in=list(left[MOST_OPEN - 1 :])).forget()
            row = cls(person=by, size=len(raw), created_at=now, **said)
            row.file.save("", ContentFile(raw), save=False)
            try:
                with transaction.atomic():
                    row.save()
            except BaseException:
                default_storage.delete(str(row.file.name))
                raise
            return row

    def bytes(self) -> bytes:
        with self.file.open("rb") as opened:
            found: bytes = opened.read()
            return found

    def before(self) -> "Notebook | None":
        """The notebook that the post was last brought up to date with."""
        return Notebook.objects.filter(post=self.post_id).exclude(used_at=None).order_by("-used_at", "-pk").first()

    @transaction.atomic
    def used(self, post: Any, *, chosen: dict[str, str], placed: list[Any], at: datetime | None = None) -> None:
        """The post holds it now; the file is not needed any more."""
        name = str(self.file.name or "")
        self.post, self.chosen, self.placed = post, chosen, placed
        self.used_at, self.file = at or clock.now(), ""
        self.save(update_fields=["post", "chosen", "placed", "used_at", "file"])
        if name:
            transaction.on_commit(partial(default_storage.delete, name), robust=True)
