"""What a worker does with an import: the zip is read apart, then taken in by steps, each of which stands."""

import hashlib
import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.db import DataError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import FileRefused, RenderError
from mentorship.common.rendering.sandbox import run_bounded
from mentorship.common.rendering.worded import ChangedThere
from mentorship.study.notes.importing.models import NoteImport, NoteImportFile, NoteSource
from mentorship.study.notes.models import Note
from mentorship.study.notes.words import name_of
from streams.models import Item

READ = "mentorship.study.notes.importing.archive:read_bytes"
UNREADABLE = "This zip could not be read with what time and memory one file may take. Import the folder in parts."
UNKEPT = "It holds characters that cannot be kept."
GONE = "The file is not here any more. Choose it again."
TOO_MANY = "You would have more than {:,} notes, which is the most. Delete some, or import less."
MOST_NOTES = 50_000
STEP = 25
FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # before which no note of ours was written

State = NoteImportFile.State


def work(pk: int, *, at: datetime | None = None) -> None:
    """Take in what was asked for, unless another worker is at it. Harmless when repeated."""
    row = NoteImport.claim(pk, at=at or timezone.now())
    if row is None:
        return
    try:
        found = read(row)
    except FileRefused as refusal:
        return row.end(reason=refusal.message, at=at or timezone.now())
    except RenderError:
        return row.end(reason=UNREADABLE, at=at or timezone.now())
    except FileNotFoundError:
        return row.end(reason=GONE, at=at or timezone.now())
    if Note.objects.visible_to(row.person).count() + len(found["notes"]) > MOST_NOTES:
        return row.end(reason=TOO_MANY.format(MOST_NOTES), at=at or timezone.now())
    if take_in(row, found, at):
        row.end(at=at or timezone.now())
    return None


def read(row: NoteImport) -> dict[str, Any]:
    with row.file.open("rb") as file:
        payload = file.read()
    answer = run_bounded(
        READ, payload, what="zip", cpu_seconds=60, wall_seconds=75, memory_mb=1024, largest_answer=130_000_000
    )
    found: dict[str, Any] = json.loads(answer)
    return found


def take_in(row: NoteImport, found: dict[str, Any], at: datetime | None) -> bool:
    """By steps of a few notes; those of an earlier try stay. False if another worker took over."""
    there = Counter(row.files.values_list("path", flat=True))
    left = Counter(path for path, _ in found["left"])
    # Two files may have one path: then one of them is left out, and that says nothing of the other.
    out = [
        NoteImportFile(of=row, path=path, state=State.LEFT_OUT, said=[why])
        for path, why in found["left"]
        if path not in there
    ]
    notes = [one for one in found["notes"] if there[one["path"]] <= left[one["path"]]]
    NoteImportFile.objects.bulk_create(out, batch_size=500)
    before = len(found["notes"]) - len(notes)
    fields = {"total": len(found["notes"]), "left_out": found["left_count"]}
    for start in range(0, len(notes), STEP):
        step = notes[start : start + STEP]
        with transaction.atomic():
            if not row.step(at=at or timezone.now(), done=before + start + len(step), **fields):
                return False
            for one in step:
                take(row, one, at)
    return row.step(at=at or timezone.now(), done=len(found["notes"]), **fields)


def take(row: NoteImport, one: dict[str, Any], at: datetime | None) -> None:
    """One file: a new note, another text for the one that came from it, or nothing."""
    kept = NoteImportFile(of=row, path=one["path"], said=list(one["said"]))
    source = NoteSource.objects.select_related("note").filter(person=row.person, path=one["path"]).first()
    note = source.note if source else None
    if note is None and one["key"]:
        note = Note.objects.visible_to(row.person).filter(key=one["key"]).first()
    try:
        with transaction.atomic():
            kept.state, kept.note = _decided(row, one, source, note, kept, at)
    except (Refused, DataError) as refusal:
        why = refusal.message if isinstance(refusal, Refused) else UNKEPT
        kept.state, kept.said, kept.note = State.LEFT_OUT, [*kept.said, why], None
        kept.text, kept.title, kept.more = "", "", {}
    kept.save(force_insert=True)


def _decided(
    row: NoteImport, one: dict[str, Any], source: NoteSource | None, note: Note | None, kept: NoteImportFile, at: Any
) -> tuple[State, Note]:
    digest = digest_of(one)
    if note is None:
        note = _written(row, one, at)
        _remember(note, one, digest, note.version)
        return State.NEW, note
    if source is not None and source.digest == digest:
        return State.SAME, note
    if (note.text, note.title) == (one["text"], one["title"]) and set(one["tags"]) <= set(note.tags):
        _remember(note, one, digest, note.version)
        return State.SAME, note
    known = source.version if source is not None else one["version"]
    changed = differences(note, one)
    if note.version == known:
        tags = list(dict.fromkeys([*one["tags"]]))
        try:
            note.change(
                text=one["text"], title=one["title"], tags=tags, is_gap=note.is_gap, version=known, at=at
            )  # fmt: skip
        except ChangedThere:
            pass  # in this very moment: it is asked about
        else:
            _remember(note, one, digest, note.version)
            kept.said += changed
            return State.UPDATED, note
    kept.said += changed
    kept.text, kept.title = one["text"], one["title"]
    kept.more = {"tags": one["tags"], "digest": digest, "rest": one["rest"], "name": path_name(one["path"])}
    return State.CONFLICT, note


def _written(row: NoteImport, one: dict[str, Any], at: datetime | None) -> Note:
    item = Item.objects.visible_to(row.person).filter(key=one["item"]).first() if one["item"] else None
    return Note.write(
        by=row.person, text=one["text"], title=one["title"], tags=one["tags"], item=item, is_gap=one["gap"],
        key=one["key"] or None, written_at=_created(one, at or timezone.now()), at=at,
    )  # fmt: skip


def _created(one: dict[str, Any], now: datetime) -> datetime:
    """When an export of ours says that it was written; now for everything else."""
    try:
        found = parse_datetime(str(one["created"] or "")) if one["key"] else None
        found = found.astimezone(UTC) if found and is_aware(found) else None
    except (ValueError, OverflowError):
        found = None
    return found if found and FIRST <= found < now else now


def _remember(note: Note, one: dict[str, Any], digest: str, version: int) -> None:
    known = {"path": one["path"], "name": path_name(one["path"]), "digest": digest, "version": version}
    NoteSource.objects.update_or_create(note=note, defaults={"person_id": note.person_id, "rest": one["rest"], **known})
    # Links to its path, with folders, waited for it too.
    from mentorship.study.notes.links import NoteLink

    NoteLink.objects.missing().filter(person_id=note.person_id, name=known["name"]).update(target=note)


def path_name(path: str) -> str:
    return name_of(path.rpartition(".")[0])


def digest_of(one: dict[str, Any]) -> str:
    """Of what the file says, not of how it is packed."""
    return hashlib.sha256(json.dumps([one["title"], one["text"], sorted(one["tags"])]).encode()).hexdigest()


def differences(note: Note, one: dict[str, Any]) -> list[str]:
    """What the file would change, in words."""
    said = []
    if note.title != one["title"]:
        said.append(f"Title: “{note.title or 'none'}” before, “{one['title']}” now.")
    here, there = Counter(note.text.split("\n")), Counter(one["text"].split("\n"))
    more, less = (there - here).total(), (here - there).total()
    if more or less:
        said.append(f"Text: {more} line{'' if more == 1 else 's'} came, {less} went.")
    elif note.text != one["text"]:
        said.append("Text: its lines are in another order.")
    if set(note.tags) != set(one["tags"]):
        said.append(f"Tags: {', '.join(one['tags']) or 'none'}.")
    return said


def sweep(*, at: datetime | None = None) -> None:
    """Begin what was left behind: Redis was away, a worker died."""
    now = at or timezone.now()
    for pk in NoteImport.objects.left_behind(now).order_by("asked_at").values_list("pk", flat=True)[:5]:
        work(pk, at=at)
