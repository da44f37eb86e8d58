"""Uploads: what a file is, by its content, and what to call it."""

import re
import unicodedata
from typing import BinaryIO

from mentorship.common.rendering.errors import FileRefused, RenderError
from mentorship.common.rendering.images import check_image
from mentorship.common.rendering.notebook import check_notebook

LARGEST_FILE = 20_000_000
LONGEST_NAME = 100
_TEXT_WORDS = "py md rst txt yml yaml toml ini cfg json tsv sql sh r jl tex"
TEXT_ENDINGS = tuple(_TEXT_WORDS.split())
CONTENT_TYPES = {
    "ipynb": "application/x-ipynb+json",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "csv": "text/csv",
} | dict.fromkeys(TEXT_ENDINGS, "text/plain")
SHOWN_AS_TEXT = frozenset({"text/csv", "text/plain"})
WRONG_KIND = "Only notebooks (.ipynb), PDF, PNG, JPEG, CSV and text files such as .py, .md and .txt can be handed in."
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def check_upload(name: str, file: BinaryIO | bytes) -> str:
    """Return the content type of an upload, whose content must be what its name says.

    `file` is its bytes or something to read them from; a file is left at its start. Raises FileRefused with one
    sentence that names the file.
    """
    shown = safe_name(name)
    ending = shown.rpartition(".")[2].lower()
    content_type = CONTENT_TYPES.get(ending)
    if content_type is None:
        raise FileRefused(f"{shown}: {WRONG_KIND}")
    data = _read(file)
    if len(data) > LARGEST_FILE:
        raise FileRefused(f"{shown} is larger than 20 MB.")
    if not data:
        raise FileRefused(f"{shown} is empty.")
    try:
        _CHECKS[content_type](data)
    except FileRefused as refusal:
        raise FileRefused(f"{shown} {refusal.message}") from None
    except RenderError as error:
        raise FileRefused(f"{shown}: {error.message}") from None
    return content_type


def _read(file: BinaryIO | bytes) -> bytes:
    if isinstance(file, bytes):
        return file
    file.seek(0)
    data = file.read(LARGEST_FILE + 1)
    file.seek(0)
    return data


def _check_png(data: bytes) -> None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        raise FileRefused("is not a PNG image.")
    check_image(data, "image/png")


def _check_jpeg(data: bytes) -> None:
    if not data.startswith(b"\xff\xd8\xff"):
        raise FileRefused("is not a JPEG image.")
    check_image(data, "image/jpeg")


def _check_pdf(data: bytes) -> None:
    # At the very start: readers look for it further on too, which is how one file can be two kinds.
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise FileRefused("is not a whole PDF document.")


def _check_csv(data: bytes) -> None:
    """Text in UTF-8, or in the Windows code page that spreadsheets still write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _NOT_IN_TEXT.search(text):
            break
        return
    raise FileRefused("is not a text file with comma-separated values.")


def _check_text(data: bytes) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("is not text in UTF-8; save it again in that encoding.") from None
    if _NOT_IN_TEXT.search(text):
        raise FileRefused("is not a text file.")


_CHECKS = {
    "application/x-ipynb+json": check_notebook,
    "application/pdf": _check_pdf,
    "image/png": _check_png,
    "image/jpeg": _check_jpeg,
    "text/csv": _check_csv,
    "text/plain": _check_text,
}


def safe_name(name: str) -> str:
    """Return `name` fit to be shown and downloaded by: no folders, no control or direction characters, not too long.

    Never used to store a file; files are stored under names of ours.
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    name = re.sub(r"[<>:\"|?*%]", "_", re.sub(r"\s+", " ", name)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 10:
        name = stem[: LONGEST_NAME - len(ending) - 1].rstrip(" .") + "." + ending if stem.strip(" .") else ending
    return name[:LONGEST_NAME] or "file"
