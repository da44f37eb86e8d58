"""What a worker does with a transfer. All of it happens in the transaction that moves the row's state."""

import json
import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from tablib import Dataset

from mentorship.cohorts.models.transfer import KEPT, TRIES, Transfer
from mentorship.cohorts.transfers.resources import KINDS
from mentorship.cohorts.transfers.rows import NUMBER
from mentorship.cohorts.transfers.writing import written
from mentorship.common.rendering.errors import FileRefused, RenderError
from mentorship.common.rendering.sandbox import run_bounded

logger = logging.getLogger(__name__)

State = Transfer.State
SHOWN = 200  # problems that are kept to be shown
PARSE = "mentorship.cohorts.transfers.parsing:parse"
UNREADABLE = "This file could not be read with what time and memory one file may take. Split it, or save it as CSV."


def work(pk: int, at: datetime | None = None) -> bool:
    """Do what the transfer waits for, unless another worker is at it; whether anything was done."""
    if not begin(pk):
        return False
    with transaction.atomic():
        row = held(pk)
        if row is None:
            return False
        STEPS[row.way, row.state](row, at or timezone.now())
    return True


def held(pk: int) -> Transfer | None:
    """The row with its lock, which a worker that dies gives back; None while another has it or nothing is to do."""
    rows = Transfer.objects.waiting().select_for_update(no_key=True, skip_locked=True, of=("self",))
    return rows.filter(pk=pk).select_related("by", "cohort").first()


def begin(pk: int) -> bool:
    """Count the try, in a transaction of its own: what kills its worker three times is given up."""
    with transaction.atomic():
        row = held(pk)
        if row is None:
            return False
        if row.attempts >= TRIES:
            fail(row, "It was tried three times and never came to its end. Try with fewer rows.", timezone.now())
            return False
        Transfer.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
    return True


def make_file(row: Transfer, at: datetime) -> None:
    resource = KINDS[row.kind](row.by, at, ticker(row))
    dataset = resource.export(resource.rows(row.cohort))
    row.file.save(row.name, ContentFile(written(dataset, row.format)), save=False)
    row.rows = len(dataset)
    finish(row, State.DONE, at, "rows", "file")


def check(row: Transfer, at: datetime) -> None:
    """Import all of it and take it back: what applying would do and refuse is then known, exactly."""
    try:
        dataset = read(row)
    except FileRefused as refusal:
        return fail(row, refusal.message, at)
    except RenderError:
        return fail(row, UNREADABLE, at)
    run(row, dataset, at, dry=True)
    row.state = State.CHECKED
    row.save(update_fields=["state", "rows", "counts", "preview", "problems", "problem_count"])
    return None


def apply(row: Transfer, at: datetime) -> None:
    """All rows or none: what has changed since the check may refuse some, and then nothing is imported."""
    if run(row, read(row), at, dry=False):
        row.said = "Something has changed since this was checked, so nothing was imported. Look at the rows below."
        row.state = State.CHECKED
        row.save(update_fields=["state", "said", "counts", "preview", "problems", "problem_count"])
        return
    finish(row, State.DONE, at, "counts", "preview")
    row.remove_file()


STEPS: dict[tuple[str, str], Callable[[Transfer, datetime], None]] = {
    ("export", "waiting"): make_file, ("import", "waiting"): check, ("import", "applying"): apply,
}  # fmt: skip


def read(row: Transfer) -> Dataset:
    with row.file.open("rb") as file:
        payload = file.read()
    table = json.loads(run_bounded(PARSE, payload, what="file", cpu_seconds=20, memory_mb=1024))
    dataset = Dataset(headers=[NUMBER, *table["headers"]])
    for cells in table["rows"]:
        dataset.append(cells)
    return dataset


def run(row: Transfer, dataset: Dataset, at: datetime, *, dry: bool) -> int:
    """Take the rows in, or only see what that would do; how many problems there are."""
    resource = KINDS[row.kind](row.by, at, ticker(row))
    row.rows = len(dataset)
    row.problems = resource.check_columns((dataset.headers or [])[1:])
    row.problem_count, row.counts, row.preview = len(row.problems), {}, []
    if row.problems:
        return row.problem_count
    result: Any = resource.import_data(
        dataset, dry_run=dry, raise_errors=False, use_transactions=True, rollback_on_validation_errors=True
    )
    for error in [*result.base_errors, *(error for one in result.error_rows for error in one.errors)]:
        raise error.error  # a fault of ours, not of the file: nothing is kept, and it is tried again
    row.counts = {kind: result.totals[kind] for kind in ("new", "update", "skip")}
    row.preview = resource.said
    row.problem_count = len(result.invalid_rows)
    row.problems = [
        {"row": dataset[one.number - 1][0], "column": "" if column == "__all__" else column, "said": " ".join(said)}
        for one in result.invalid_rows[:SHOWN]
        for column, said in one.error_dict.items()
    ][:SHOWN]
    return row.problem_count


def finish(row: Transfer, state: str, at: datetime, *names: str) -> None:
    row.state, row.finished_at = state, at
    row.save(update_fields=["state", "finished_at", *names])


def fail(row: Transfer, sentence: str, at: datetime) -> None:
    row.said = sentence[:300]
    finish(row, State.FAILED, at, "said")
    row.remove_file()


def ticker(row: Transfer) -> Callable[[int], None]:
    """Tells the cache now and then how far it is: the row itself says so only at its end."""
    last = [time.monotonic()]

    def tick(done: int) -> None:
        if time.monotonic() - last[0] > 0.5:
            last[0] = time.monotonic()
            cache.set(f"transfer:{row.pk}", done, 300)

    return tick


def done_so_far(row: Transfer) -> int:
    return int(cache.get(f"transfer:{row.pk}") or 0)


def sweep(at: datetime) -> None:
    """Begin what was left behind, and remove files whose day is over."""
    for pk in Transfer.objects.waiting().order_by("created_at").values_list("pk", flat=True)[:20]:
        work(pk)
    old = Transfer.objects.exclude(file="").exclude(state__in=[State.WAITING, State.APPLYING])
    for row in old.filter(created_at__lt=at - KEPT)[:100]:
        with transaction.atomic():
            row.remove_file()
            if row.state == State.CHECKED:
                finish(row, State.CANCELLED, at)
