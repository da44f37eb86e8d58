"""Lists of people as spreadsheets write them: encodings, delimiters, order of columns, and what cannot be read."""

import time

import pytest

from mentorship.cohorts.invitation_file import Unreadable, read_bytes, read_text
from mentorship.cohorts.inviting import checked, judge

TEXT = "name,address,role\nBéla Kovács,bela@example.org,mentor\n"


def only(found):
    (row,) = found.rows
    return row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_its_mark(encoding):
    found = read_bytes(TEXT.encode(encoding))
    assert (only(found).name, only(found).address, only(found).role) == ("Béla Kovács", "bela@example.org", "mentor")
    assert found.notes == []


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_european_is_read_and_said(encoding):
    found = read_bytes(TEXT.encode(encoding))
    assert only(found).name == "Béla Kovács"
    assert "Look whether the names are right" in found.notes[0]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_commas_semicolons_and_tabs(mark):
    assert only(read_text(TEXT.replace(",", mark))).address == "bela@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "E-Mail;Full name;Role\nbela@example.org;Béla;mentor",
        "bela@example.org,Béla,mentor",
        "Béla,bela@example.org,mentor",
        "role,colour,name,email\nmentor,blue,Béla,bela@example.org",
    ],
)
def test_columns_in_any_order_with_or_without_names(text):
    row = only(read_text(text))
    assert (row.name, row.address, row.role) == ("Béla", "bela@example.org", "mentor")


def test_what_a_cell_may_hold():
    row = only(read_text('address,message,capacity,role\r\nbela@example.org,"Come,\r\nplease.",3,Mentor\r\n'))
    assert (row.message, row.capacity) == ("Come,\r\nplease.", 3)
    assert checked(row).message == "Come,\nplease."
    assert checked(row).wrong == ""


def test_empty_lines_are_passed_over_and_lines_keep_their_numbers():
    rows = read_text("address\n\na@example.org\n , \nb@example.org\n").rows
    assert [(row.address, row.line) for row in rows] == [("a@example.org", 3), ("b@example.org", 5)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "There are no rows in it."),
        (b"name,role\nLena,mentee", "none is"),
        (b"PK\x03\x04rest", "Save the sheet as CSV"),
        (b"\xff\xfea\x00b", "Save it again"),
        (b'"' + b"x" * 200_000, "quotation mark"),
        (b"a@b.co\n" * 1001, "more than 1,000 rows"),
        (b"somebody@example.org,Somebody\n" * 100_000, "larger than 1 MB"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data, sentence):
    began = time.monotonic()
    with pytest.raises(Unreadable) as problem:
        read_bytes(data)
    assert sentence in str(problem.value)
    assert time.monotonic() - began < 5  # far from a timeout, on a slow machine too


HOSTILE = [
    "=HYPERLINK(1),a@example.org",
    "@SUM(1),a@example.org",
    "Lena,=cmd@example.org",
    '"Lena\nBcc: all@example.org",a@example.org',
    'Lena,"a@example.org\r\nBcc: all@example.org"',
    "Le\x00na,a@example.org",
    "Le\x07na,a@example.org",
    "Le\u202ena,a@example.org",
    f"{'x' * 101},a@example.org",
    f"Lena,{'x' * 250}@example.org",
    f"Lena,a@example.org,mentee,,{'x' * 1001}",
    "Lena,not an address",
    "Lena,a@example.org,owner",
    "Lena,a@example.org,mentor,lots",
    "Lena,a@example.org,mentor,-1",
    "Lena,a@example.org,mentor,3,Come, all of you",
]


@pytest.mark.parametrize("line", HOSTILE)
def test_hostile_and_broken_rows_are_not_used(line, open_cohort):
    (verdict,) = judge(open_cohort, read_text(f"name,address,role,capacity,message\n{line}").rows)
    assert verdict.word == "bad"
    assert verdict.sentence.endswith((".", "?"))
