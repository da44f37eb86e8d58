"""Folders of notes, packed as people and as attackers pack them."""

import io
import zipfile
from typing import Any

from django.core.files.base import ContentFile

from mentorship.study.models import NoteImport
from mentorship.study.notes.importing import work


def packed(files: dict[Any, str | bytes], **options: Any) -> bytes:
    """A zip; a key is a path, or a `ZipInfo` that lies."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", **{"compression": zipfile.ZIP_DEFLATED} | options) as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return raw.getvalue()


def imported(person: Any, raw: bytes | dict[Any, Any]) -> NoteImport:
    raw = packed(raw) if isinstance(raw, dict) else raw
    row = NoteImport.ask(by=person, file=ContentFile(raw), name="notes.zip")
    work.work(row.pk)
    row.refresh_from_db()
    return row


def came(row: NoteImport) -> dict[str, str]:
    """By path what became of it."""
    return dict(row.files.order_by("pk").values_list("path", "state"))
