"""An export or an import: rows of people, memberships or results, on their way out or in."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from mentorship.cohorts.models.cohort import Cohort
from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

TASK = "cohorts.transfer"
KEPT = timedelta(days=1)  # a file of personal data is not left lying about
TRIES = 3


def stored_name(transfer: "Transfer", name: str) -> str:
    """A name of ours: what people call their files decides nothing here."""
    return f"transfers/{secrets.token_hex(16)}"


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, reader: Any) -> "TransferQuerySet":
        """All for admins, none for anyone else."""
        return self if reader.is_authenticated and reader.is_admin else self.none()

    def waiting(self) -> "TransferQuerySet":
        """Those that a worker has to do something about."""
        return self.filter(state__in=[Transfer.State.WAITING, Transfer.State.APPLYING])


class Transfer(models.Model):
    """One export or import. A worker holds the row's lock for as long as it works on it, and moves `state` in the very
    transaction that holds the work: who is killed in the middle has done nothing, and nothing is done twice.
    """

    class Way(models.TextChoices):
        EXPORT = "export", "Export"
        IMPORT = "import", "Import"

    class Kind(models.TextChoices):
        PEOPLE = "people", "People"
        MEMBERSHIPS = "memberships", "Memberships"
        RESULTS = "results", "Results"

    class State(models.TextChoices):
        WAITING = "waiting", "At work"
        CHECKED = "checked", "Checked"
        APPLYING = "applying", "Importing"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Left alone"

    FORMATS = [("csv", "CSV"), ("xlsx", "Excel (XLSX)")]

    way = models.CharField(max_length=6, choices=Way)
    kind = models.CharField(max_length=11, choices=Kind)
    format = models.CharField(max_length=4, choices=FORMATS, default="csv")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100, blank=True, help_text="What the file was called, or will be.")
    file = models.FileField(upload_to=stored_name, max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="How many rows are new, change something, change nothing.")
    preview = models.JSONField(default=list, help_text="What the first rows will do, a sentence each.")
    problems = models.JSONField(default=list, help_text="The first: row, column, sentence.")
    problem_count = models.PositiveIntegerField(default=0)
    said = models.CharField(max_length=300, blank=True, help_text="Why it failed.")
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state__in=["waiting", "applying"]), name="transfer_waiting")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=["export", "import"]), name="transfer_way_known"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "checked", "applying", "done", "failed", "cancelled"]),
                name="transfer_state_known",
            ),
            models.CheckConstraint(
                condition=Q(way="import") | Q(state__in=["waiting", "done", "failed"]),
                name="transfer_export_not_applied",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False), name="transfer_done_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} of {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:transfer", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.State.WAITING, self.State.APPLYING)

    @property
    def can_apply(self) -> bool:
        return self.state == self.State.CHECKED and not self.problem_count and bool(self.changes)

    @property
    def changes(self) -> int:
        return int(self.counts.get("new", 0)) + int(self.counts.get("update", 0))

    def is_there(self, at: datetime | None = None) -> bool:
        """Whether the file of an export can still be fetched."""
        finished = self.finished_at
        return bool(self.way == self.Way.EXPORT and self.file and finished and (at or now()) < finished + KEPT)

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def export(
        cls, *, kind: str, format: str, cohort: Cohort | None, by: User, at: datetime | None = None
    ) -> "Transfer":
        """Order a file of rows; a worker makes it."""
        where = cohort.slug if cohort else "all"
        with transaction.atomic():
            row = cls.objects.create(
                way=cls.Way.EXPORT, kind=kind, format=format, cohort=cohort, by=by, name=f"{kind}-{where}.{format}",
                created_at=at or now(),
            )  # fmt: skip
            events.record(actor=by, verb="export", subject=row, detail={"kind": kind, "cohort": where}, at=at)
            enqueue(TASK, row.pk)
        return row

    @classmethod
    def upload(cls, *, kind: str, file: File, name: str, by: User, at: datetime | None = None) -> "Transfer":
        """Take a file in; a worker checks what each row would do. Nothing is imported before somebody says so."""
        with transaction.atomic():
            row = cls(way=cls.Way.IMPORT, kind=kind, by=by, name=name[:100], created_at=at or now())
            row.file.save(name, file, save=False)
            row.save(force_insert=True)
            events.record(actor=by, verb="upload", subject=row, detail={"kind": kind, "name": row.name}, at=at)
            enqueue(TASK, row.pk)
        return row

    def apply(self, *, by: User, at: datetime | None = None) -> None:
        """Import what was checked: a worker does all of it, or nothing."""
        with transaction.atomic():
            row = self._held()
            if row.state != self.State.CHECKED:
                raise Refused("This import is not waiting to be applied.", code="illegal_state")
            if row.problem_count:
                raise Refused("Some rows cannot be imported. Mend the file and upload it again.", code="problems")
            if not row.changes:
                raise Refused("Nothing in this file changes anything.", code="no_changes")
            self.state, self.attempts, self.by = self.State.APPLYING, 0, by
            self.save(update_fields=["state", "attempts", "by"])
            events.record(actor=by, verb="import", subject=self, detail={"kind": self.kind, "rows": row.rows}, at=at)
            enqueue(TASK, self.pk)

    def cancel(self, *, by: User, at: datetime | None = None) -> None:
        """Leave a checked import alone; its file goes."""
        with transaction.atomic():
            row = self._held()
            if row.state != self.State.CHECKED:
                raise Refused(
                    "Only an import that was checked and not applied can be left alone.", code="illegal_state"
                )
            self.state, self.finished_at, self.preview = self.State.CANCELLED, at or now(), []
            self.save(update_fields=["state", "finished_at", "preview"])
            events.record(actor=by, verb="cancel", subject=self, at=at)
            self.remove_file()

    def downloaded(self, *, by: User, at: datetime | None = None) -> None:
        """Personal data has been read: history knows by whom."""
        events.record(actor=by, verb="downloaded", subject=self, detail={"kind": self.kind, "rows": self.rows}, at=at)

    def _held(self) -> "Transfer":
        row = Transfer.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=self.pk).first()
        if row is None:
            raise Refused("A worker is at it right now. Look again in a moment.", code="at_work")
        return row

    def remove_file(self) -> None:
        """Once the transaction stands: the rows say that there is none from then on."""
        if self.file:
            stored, name = self.file.storage, str(self.file.name)
            Transfer.objects.filter(pk=self.pk).update(file="")
            transaction.on_commit(lambda: stored.delete(name), robust=True)
