"""A CSV or XLSX file as rows of text. Runs in the killable process, for both formats can be hostile."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

from mentorship.common.rendering.errors import FileRefused

MOST_ROWS, MOST_COLUMNS = 20_000, 50
LONGEST_CELL = 20_000
UNPACKED = 150_000_000  # bytes of an XLSX once it is unpacked
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What XML cannot hold or would change, and what looks like an escape already.
TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def parse(payload: bytes) -> bytes:
    """`{"headers": […], "rows": [[number, cell, …], …]}` as JSON; FileRefused says what is wrong with the file."""
    if not payload.strip():
        raise FileRefused("The file is empty.")
    lines = from_xlsx(payload) if payload.startswith(b"PK\x03\x04") else from_csv(payload)
    return json.dumps(checked(lines)).encode()


def checked(lines: Iterable[tuple[int, list[str]]]) -> dict[str, Any]:
    """The first row that is not blank names the columns; blank rows are passed over and counted."""
    headers: list[str] = []
    rows: list[list[Any]] = []
    for number, cells in lines:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if not headers:
            headers = [cell.strip().lower().replace(" ", "_") for cell in cells]
            check_headers(headers)
            continue
        if len(cells) > len(headers):
            raise FileRefused(f"Row {number} has more cells than there are columns.")
        if len(rows) >= MOST_ROWS:
            raise FileRefused(
                f"This file has more than {MOST_ROWS:,} rows. Split it and import one part after another."
            )
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise FileRefused(f"Row {number} holds more than {LONGEST_CELL:,} characters in one cell.")
        rows.append([number, *cells, *[""] * (len(headers) - len(cells))])
    return {"headers": headers, "rows": rows}


def check_headers(headers: list[str]) -> None:
    if len(headers) > MOST_COLUMNS:
        raise FileRefused(f"This file has more than {MOST_COLUMNS} columns.")
    if "" in headers:
        raise FileRefused(f"Column {headers.index('') + 1} has no name.")
    twice = next((name for name in headers if headers.count(name) > 1), None)
    if twice:
        raise FileRefused(f"The column “{twice[:40]}” is there twice.")


def from_csv(payload: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number as a spreadsheet shows it; comma, semicolon or tab, whichever the first line has most."""
    text = decoded(payload)
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LONGEST_CELL * 10)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(
                f"Row {number} cannot be read: {error}. Look for a quotation mark that is open."
            ) from None
        yield number, cells


def decoded(payload: bytes) -> str:
    encoding = "utf-16" if payload[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return payload.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused("The file is not text in UTF-8. Save it again as “CSV UTF-8”, or as XLSX.") from None


def from_xlsx(payload: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet. How large it is unpacked is known before anything is."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED or len(archive.infolist()) > 500:
                raise FileRefused("Unpacked, this workbook is far too large. Save the rows as CSV instead.")
        book = openpyxl.load_workbook(io.BytesIO(payload), read_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [as_text(value) for value in values]
    except (FileRefused, MemoryError):
        raise
    except Exception as error:  # a broken workbook fails in dozens of ways, none of which says more
        raise FileRefused("This is no workbook that can be read. Save it again as XLSX, or as CSV UTF-8.") from error


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else str(value)


def escaped(text: str) -> str:
    """Text for a cell of XLSX: what XML cannot hold is written as the format has it, `_x0001_`."""
    return TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
