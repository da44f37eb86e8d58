"""An import of a folder of notes, what became of each of its files, and where a note came from."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study.notes.models import Note
from mentorship.study.notes.words import LONGEST_NAME, LONGEST_TITLE

TASK = "study.import_notes"
LEASE = timedelta(minutes=5)  # longer than any step takes: then its worker was lost
TRIES = 3


def stored_name(row: "NoteImport", name: str) -> str:
    """A name of ours: what people call their files decides nothing here."""
    return f"note-imports/{secrets.token_hex(16)}"


class NoteSource(models.Model):
    """The file that a note came from. `version`: of the note when it was taken in; a later one was edited here."""

    note = models.OneToOneField("study.Note", models.CASCADE, related_name="source")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=400)
    name = models.CharField(max_length=LONGEST_NAME, help_text="The path as a link writes it.")
    digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    rest = models.JSONField(default=dict, help_text="What stood above the text and has no field here.")

    objects = models.Manager["NoteSource"]()

    class Meta:
        indexes = [models.Index(fields=["person", "name"], name="note_source_name")]
        constraints = [models.UniqueConstraint("person", "path", name="note_source_once")]

    def __str__(self) -> str:
        return self.path


class NoteImportQuerySet(models.QuerySet["NoteImport"]):
    def of(self, person: Any) -> "NoteImportQuerySet":
        return self.filter(person_id=person.pk)

    def left_behind(self, at: datetime) -> "NoteImportQuerySet":
        """Those that wait, and those whose worker has said nothing for long."""
        return self.filter(Q(state="waiting") | Q(state="working", seen_at__lt=at - LEASE))


class NoteImport(models.Model):
    """One zip. A worker goes through it in steps; one that is killed goes on where it was."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        WORKING = "working", "At work"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="note_imports")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    name = models.CharField(max_length=100, help_text="What the file was called.")
    file = models.FileField(upload_to=stored_name, max_length=120, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0, help_text="Files that stayed out; the first are named.")
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it failed.")
    asked_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When its worker last said something.")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = NoteImportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="note_import_list"),
            models.Index(
                fields=["asked_at"], condition=Q(state__in=["waiting", "working"]), name="note_import_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "working", "done", "failed"]), name="note_import_state_known"
            ),
            models.CheckConstraint(condition=Q(state="failed") ^ Q(reason=""), name="note_import_failed_says_why"),
            models.UniqueConstraint(
                "person", condition=Q(state__in=["waiting", "working"]), name="note_import_one_at_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("study:note_import", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.State.WAITING, self.State.WORKING)

    @classmethod
    def ask(cls, *, by: User, file: File, name: str, at: datetime | None = None) -> "NoteImport":
        """Take a zip in; a worker reads it. One at once."""
        row = cls(person=by, name=name[:100], asked_at=at or timezone.now())
        try:
            with transaction.atomic():
                row.file.save(name, file, save=False)
                row.save(force_insert=True)
                record(actor=by, verb="asked", subject=row, at=at)
                enqueue(TASK, row.pk)
        except IntegrityError as error:
            row.file.storage.delete(str(row.file.name))
            if "note_import_one_at_once" not in str(error):
                raise
            raise Refused("An import of yours is under way. Wait until it is done.", code="import_under_way") from None
        return row

    @classmethod
    def claim(cls, pk: int, *, at: datetime) -> "NoteImport | None":
        """The row, if nobody is at it; a task that comes twice gets it once."""
        rows = cls.objects.left_behind(at).filter(pk=pk)
        taken = rows.update(state="working", seen_at=at, attempts=F("attempts") + 1)
        row = cls.objects.select_related("person").get(pk=pk) if taken else None
        if row is not None and row.attempts > TRIES:
            row.end(reason="It was tried three times and never came to its end. Try with fewer notes.", at=at)
            return None
        return row

    def step(self, *, at: datetime, **fields: Any) -> bool:
        """Say how far it is; False if another worker took it meanwhile."""
        rows = NoteImport.objects.filter(pk=self.pk, state="working", attempts=self.attempts)
        return bool(rows.update(seen_at=at, **fields))

    def end(self, *, at: datetime, reason: str = "") -> None:
        """Done, or failed and why. The zip goes."""
        state = self.State.FAILED if reason else self.State.DONE
        if self.step(at=at, state=state, reason=reason[:300], finished_at=at, file=""):
            stored, name = self.file.storage, str(self.file.name)
            transaction.on_commit(lambda: stored.delete(name), robust=True)


class NoteImportFile(models.Model):
    """What became of one file. One that was changed both there and here waits for its author, with what it says."""

    class State(models.TextChoices):
        NEW = "new", "New"
        UPDATED = "updated", "Updated"
        SAME = "same", "As it was"
        CONFLICT = "conflict", "Changed on both sides"
        TAKEN = "taken", "Taken from the file"
        KEPT = "kept", "Kept as it is here"
        LEFT_OUT = "left_out", "Left out"

    of = models.ForeignKey(NoteImport, models.CASCADE, related_name="files")
    note = models.ForeignKey("study.Note", models.SET_NULL, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=400)
    state = models.CharField(max_length=8, choices=State)
    said = models.JSONField(default=list, help_text="Sentences for the author.")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    text = models.TextField(blank=True, help_text="What the file says, as long as that is to be decided.")
    more = models.JSONField(default=dict, help_text="Its tags, digest and the rest, for the same time.")

    objects = models.Manager["NoteImportFile"]()

    class Meta:
        indexes = [models.Index(fields=["of", "state", "id"], name="note_import_files")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "updated", "same", "conflict", "taken", "kept", "left_out"]),
                name="note_import_file_state",
            ),
            models.CheckConstraint(condition=Q(state="conflict") | Q(text=""), name="note_import_file_text"),
            models.UniqueConstraint("of", "path", condition=~Q(state="left_out"), name="note_import_file_once"),
        ]

    def __str__(self) -> str:
        return self.path

    @transaction.atomic
    def decide(self, *, take: bool, at: datetime | None = None) -> None:
        """Take what the file says, over what was written here, or keep that. Once."""
        row = NoteImportFile.objects.select_for_update().filter(pk=self.pk, state="conflict").first()
        if row is None:
            raise Refused("This was decided already.", code="decided")
        note = Note.objects.select_for_update().filter(pk=row.note_id).first()
        if note is None:
            raise Refused("The note was deleted meanwhile. Import the folder again to have it back.", code="note_gone")
        more = row.more
        if take:
            note.change(
                text=row.text, title=row.title, tags=more["tags"], is_gap=note.is_gap, version=note.version, at=at
            )  # fmt: skip
        # From here on the file is known as it is: the same one again changes nothing. What was kept differs from it,
        # so that another change of it is asked about again.
        said = {"digest": more["digest"], "version": note.version if take else 0, "rest": more["rest"]}
        NoteSource.objects.filter(person_id=note.person_id, path=row.path).exclude(note=note).delete()
        NoteSource.objects.update_or_create(
            note=note, defaults={"person_id": note.person_id, "path": row.path, "name": more["name"], **said}
        )
        self.state = self.State.TAKEN if take else self.State.KEPT
        NoteImportFile.objects.filter(pk=row.pk).update(state=self.state, text="", more={})
