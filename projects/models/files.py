"""The files of rounds, and the pictures of notebooks."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mentorship.common.enqueue import enqueue
from mentorship.people import quota
from mentorship.people.models import User
from projects.models.round import Round
from projects.models.scopes import visible_keys

if TYPE_CHECKING:
    from projects.work import Work


def stored_name(instance: "RoundFile", filename: str) -> str:
    """A name of ours: nothing of what the person typed reaches the store."""
    return f"rounds/{uuid.uuid4().hex}"


def stored_image(instance: "NotebookImage", filename: str) -> str:
    return f"notebooks/{uuid.uuid4().hex}"


class RoundFiles(models.QuerySet["RoundFile"]):
    def visible_to(self, person: Any) -> "RoundFiles":
        return self.filter(round__submission__in=visible_keys(person))


class RoundFile(models.Model):
    """One file of a round, and, for a notebook or a text, its rendering."""

    class Rendering(models.TextChoices):
        NONE = "none"
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    round = models.ForeignKey(Round, models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    file = models.FileField(upload_to=stored_name, max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    rendering = models.CharField(max_length=7, choices=Rendering, default=Rendering.NONE)
    rendered_html = models.TextField(blank=True)
    outline = models.JSONField(default=list, help_text="The notebook's headings: level, title, cell.")
    cells = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        help_text="Each cell: id, kind, source, digest of both, digest of outputs.",
    )
    facts = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        help_text="What a reader wants to know of a notebook: code, text, cells.",
    )
    render_error = models.CharField(max_length=300, blank=True)
    render_started_at = models.DateTimeField(null=True, blank=True)
    render_attempts = models.PositiveSmallIntegerField(default=0)

    objects = RoundFiles.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["id"], condition=Q(rendering="waiting"), name="file_to_render")]
        constraints = [
            models.UniqueConstraint("round", "name", name="file_name_unique"),
            models.CheckConstraint(condition=Q(size__lte=20 * 1024 * 1024), name="file_size_holds"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:file", args=[self.pk])

    @classmethod
    def stored_by(cls, person: User) -> int:
        """Bytes, for the quota."""
        return cls.objects.filter(round__handed_in_by=person).aggregate(n=models.Sum("size"))["n"] or 0

    @classmethod
    def keep(cls, round: Round, work: "Work", *, by: User) -> None:
        """Store the files of `work`, and have notebooks and texts shown. Refused beyond what one person may store."""
        if not work.files:
            return
        quota.check(by, sum(upload.size for upload in work.files))
        for upload in work.files:
            row = cls(
                round=round,
                name=upload.name,
                content_type=upload.content_type,
                size=upload.size,
                sha256=upload.sha256,
                rendering=cls.Rendering.WAITING if upload.is_shown else cls.Rendering.NONE,
            )
            work.store(row, upload)
            row.save()
            if upload.is_shown:
                enqueue("projects.render_file", row.pk)


class NotebookOutput(models.Model):
    """A long output of a rendered notebook, fetched when somebody opens it, so that the page stays small."""

    of = models.ForeignKey(RoundFile, models.PROTECT, related_name="outputs")
    number = models.PositiveSmallIntegerField()
    html = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("of", "number", name="notebook_output_once")]

    def __str__(self) -> str:
        return f"output {self.number} of {self.of_id}"

    def get_absolute_url(self) -> str:
        return reverse("projects:notebook_output", args=[self.of_id, self.number])


class NotebookImages(models.QuerySet["NotebookImage"]):
    def visible_to(self, person: Any) -> "NotebookImages":
        return self.filter(of__round__submission__in=visible_keys(person))


class NotebookImage(models.Model):
    """One picture of a rendered notebook, kept as a file, so that the page stays small."""

    of = models.ForeignKey(RoundFile, models.PROTECT, related_name="images")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=stored_image, max_length=120)
    content_type = models.CharField(max_length=30)

    objects = NotebookImages.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("of", "number", name="notebook_image_once")]

    def __str__(self) -> str:
        return f"image {self.number} of {self.of_id}"

    def get_absolute_url(self) -> str:
        return reverse("projects:notebook_image", args=[self.pk])
