"""A zip with a folder of notes, read. Runs in the killable process: archives can be hostile, and are read in bounds.

What is unpacked is counted as it comes, never believed as it is declared; nothing is written, whatever its path says.
"""

import io
import json
import re
import stat
import zipfile
import zlib
from typing import Any

from mentorship.common.rendering.errors import FileRefused, RenderError
from mentorship.study.notes.importing.file import note_of
from mentorship.study.notes.words import line_of, name_of

MOST_ENTRIES, MOST_NOTES = 50_000, 5_000
LARGEST_FILE, LARGEST_ALL = 410_000, 60_000_000  # bytes; a note of 100,000 characters has 400,000 at most
MOST_LEFT = 500  # that are named; the rest is counted
LONGEST_PATH = 400
ENDINGS = (".md", ".markdown")
ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
NO_ZIP = "This is no zip file that can be read. Pack the folder again and choose the zip."
TOO_MANY = f"This folder has {{:,}} notes; {MOST_NOTES:,} are the most of one import. Import it in parts."
TOO_MANY_FILES = f"This zip lists {{:,}} files; {MOST_ENTRIES:,} are the most. Pack only the notes."
TOO_LARGE = f"Unpacked, these notes are over {LARGEST_ALL // 1_000_000} MB. Import the folder in parts."
NO_NOTES = "There is no note in this zip: notes are files that end in .md."


def read_bytes(payload: bytes) -> bytes:
    """What `work` has called: the zip in; JSON {notes, left, left_count, passed} out."""
    return json.dumps(read(payload), ensure_ascii=False).encode("utf-8", "replace")


def read(raw: bytes) -> dict[str, Any]:
    """`notes`: those found, each with its path and what is to be said of it; `left`: [path, why] of what stays out."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _read(archive)
    except RenderError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, IndexError):
        raise FileRefused(NO_ZIP) from None


def _read(archive: zipfile.ZipFile) -> dict[str, Any]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(TOO_MANY_FILES.format(len(entries)))
    chosen, left, passed = _chosen(entries)
    if len(chosen) > MOST_NOTES:
        raise FileRefused(TOO_MANY.format(len(chosen)))
    notes: list[dict[str, Any]] = []
    room, titles = LARGEST_ALL, dict[str, str]()
    for path, entry in chosen:
        try:
            raw = _unpacked(archive, entry, room)
            note = note_of(path, raw)
        except FileRefused as refusal:
            if refusal.message == TOO_LARGE:
                raise
            left.append([path, refusal.message])
            continue
        room -= len(raw)
        first = titles.setdefault(name_of(note["title"]), path)
        if first != path:
            note["said"].append(f"{first} has this title too; links without a folder lead to that one.")
        notes.append(note)
    if not notes and not left:
        raise FileRefused(NO_NOTES)
    return {"notes": notes, "left": left[:MOST_LEFT], "left_count": len(left), "passed": passed}


def _chosen(entries: list[zipfile.ZipInfo]) -> tuple[list[tuple[str, zipfile.ZipInfo]], list[list[str]], int]:
    """The notes by their paths, what is left out with the reason, and how much of Obsidian's own was passed by."""
    chosen: dict[str, tuple[str, zipfile.ZipInfo]] = {}
    left: list[list[str]] = []
    passed = 0
    for entry in entries:
        path = named(entry)
        parts = [part for part in path.split("/") if part not in ("", ".")]
        if entry.is_dir() or path.endswith("/"):
            continue
        if any(part.startswith(".") and part != ".." for part in parts) or "__MACOSX" in parts:
            passed += 1
            continue
        shown = line_of("/".join(parts))[:LONGEST_PATH]
        why = _why_not(entry, path, parts)
        if not why and name_of(shown) in chosen:
            why = "Another file in the zip has the same path."
        if why:
            left.append([shown or "(no name)", why])
        else:
            chosen[name_of(shown)] = (shown, entry)
    return _without_common_folder(list(chosen.values())), left, passed


def named(entry: zipfile.ZipInfo) -> str:
    """The path as it was meant: Windows' slashes, and names in UTF-8 that nobody marked as such."""
    name = entry.orig_filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.orig_filename
    return name.replace("\\", "/")


def _why_not(entry: zipfile.ZipInfo, path: str, parts: list[str]) -> str:
    mode = entry.external_attr >> 16
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts:
        return "Its path leads out of the folder."
    if any(ord(letter) < 32 for letter in path):
        return "Its name holds characters that no name has."
    if len(path) > LONGEST_PATH or len(parts) > 30:
        return "Its path is too long."
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return "It is a link to another file, or no file at all."
    ending = path.lower()
    if ending.endswith(ARCHIVES):
        return "Archives within the archive are not opened."
    if not ending.endswith(ENDINGS):
        return "Only notes are imported; images and other files stay out."
    if entry.flag_bits & 0x1:
        return "It is encrypted."
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "It is packed in a way that is not read here."
    return ""


def _without_common_folder(chosen: list[tuple[str, zipfile.ZipInfo]]) -> list[tuple[str, zipfile.ZipInfo]]:
    """The folder that all was packed in says nothing: with it or without, it is the same import."""
    tops = {path.partition("/")[0] for path, _ in chosen if "/" in path}
    if len(tops) != 1 or any("/" not in path for path, _ in chosen):
        return chosen
    return [(path.partition("/")[2], entry) for path, entry in chosen]


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """The bytes of one file, no more than fit."""
    try:
        with archive.open(entry) as file:
            raw = file.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise FileRefused("It is damaged.") from None
    if len(raw) > LARGEST_FILE:
        raise FileRefused("It is longer than the 100,000 characters of a note.")
    if len(raw) > room:
        raise FileRefused(TOO_LARGE)
    return raw
