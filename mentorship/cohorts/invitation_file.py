"""Reading a list of people to invite: a file as spreadsheets save it, or rows typed into a box."""

import codecs
import csv
import io
from dataclasses import dataclass, field

from mentorship.cohorts.inviting import CAPACITY, LARGEST_TEXT, MOST, Asked

COLUMNS = ["name", "address", "role", "capacity", "message"]
ALSO = {
    "full name": "name", "email": "address", "e-mail": "address", "mail": "address", "email address": "address",
    "e-mail address": "address", "mentees at once": "capacity", "word": "message",
}  # fmt: skip
MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
]  # fmt: skip
TOO_LARGE = f"This file is larger than 1 MB. Send at most {MOST:,} rows at once, in several files."
TOO_MANY = f"There are more than {MOST:,} rows. Send at most {MOST:,} at once, in several files."


class Unreadable(Exception):
    """A file that cannot be read as rows; the sentence says what to do."""


@dataclass
class Found:
    """The rows of a file, its text, and what was assumed while reading it."""

    rows: list[Asked]
    text: str
    notes: list[str] = field(default_factory=list)


def decoded(data: bytes) -> tuple[str, list[str]]:
    """`data` as text: UTF-8 or UTF-16 as spreadsheets write it, else the Western European of Windows, with a note."""
    if data[:2] == b"PK":
        raise Unreadable("This is a workbook or an archive. Save the sheet as CSV and choose that file.")
    head = data[:1000]
    guess = next((name for mark, name in MARKS if data.startswith(mark)), "")
    if not guess and head.count(0) * 3 > len(head):  # every other byte of plain letters is empty
        guess = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    try:
        return data.decode(guess or "utf-8"), []
    except UnicodeDecodeError as error:
        if guess:
            raise Unreadable("The file begins like UTF-16 or UTF-8 and goes on differently. Save it again.") from error
    note = "The file is not in UTF-8; it was read as Western European (Windows-1252). Look whether the names are right."
    try:
        return data.decode("cp1252"), [note]
    except UnicodeDecodeError:
        return data.decode("latin-1"), [note]


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: whichever the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def read_bytes(data: bytes) -> Found:
    if len(data) > LARGEST_TEXT:
        raise Unreadable(TOO_LARGE)
    text, notes = decoded(data)
    found = read_text(text)
    return Found(found.rows, found.text, notes + found.notes)


def read_text(text: str) -> Found:
    """The rows of `text`. A first line that names columns gives their order; else it is that of COLUMNS."""
    if len(text) > LARGEST_TEXT:
        raise Unreadable(TOO_LARGE)
    text = text.replace("\x00", "\x01")  # neither a form nor the database takes NUL; the row is refused either way
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    columns: list[str] = []
    found = Found([], text)
    try:
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns, is_header = columns_of(cells, found)
                if is_header:
                    continue
            if len(found.rows) == MOST:
                raise Unreadable(TOO_MANY)
            found.rows.append(asked(cells, columns, lines.line_num))
    except csv.Error as error:
        raise Unreadable(f"Line {lines.line_num} cannot be read: is a quotation mark missing there?") from error
    if not found.rows:
        raise Unreadable("There are no rows in it.")
    return found


def columns_of(cells: list[str], found: Found) -> tuple[list[str], bool]:
    """What each cell of a row is, and whether this first line says so itself."""
    names = [ALSO.get(cell.strip().lower(), cell.strip().lower()) for cell in cells]
    if any("@" in cell for cell in cells) or not set(names) & set(COLUMNS):
        if "@" in cells[0]:
            return ["address", "name", *COLUMNS[2:]], False
        return COLUMNS, False
    if "address" not in names:
        raise Unreadable("The first line names columns, and none is “address”. Add it, or leave that line out.")
    unknown = [cell.strip() for cell, name in zip(cells, names, strict=True) if name and name not in COLUMNS]
    if unknown:
        found.notes.append(f"Left out, for these columns are not known: {', '.join(unknown)[:200]}.")
    return names, True


def asked(cells: list[str], columns: list[str], line: int) -> Asked:
    values: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        values.setdefault(name, cell)
    wrong = ""
    if any(cell.strip() for cell in cells[len(columns) :]):
        wrong = "There are more cells than columns: is a comma outside of quotation marks?"
    number = values.get("capacity", "").strip()
    if number and not (number.isascii() and number.isdigit() and len(number) < 4):
        wrong = wrong or "A capacity is a number from 0 to 50."
    return Asked(
        address=values.get("address", ""), role=values.get("role", ""), name=values.get("name", ""),
        message=values.get("message", ""), capacity=int(number) if number and not wrong else CAPACITY,
        line=line, wrong=wrong,
    )  # fmt: skip
