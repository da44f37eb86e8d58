"""A file that cannot be read says so in a sentence; a row that cannot be imported says where and why."""

import io
import time
import zipfile

import openpyxl
import pytest

from mentorship.cohorts.models import Membership
from mentorship.cohorts.transfers import parsing
from mentorship.people.models import User
from tests import factory

HEAD = ["cohort", "email", "role", "capacity", "mentor"]


def said(row):
    return [(one["row"], one["column"], one["said"]) for one in row.problems]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        ("email,name\r\na@example.org,J\xf6rg\r\n".encode("latin-1"), "not text in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe\xfa", "not text in UTF-8"),
        (b'email,name\na@example.org,"open\nb@example.org,b\n', "quotation mark"),
        (b"email,name,email\na@example.org,b,c\n", "“email” is there twice"),
        (b"email,,name\na@example.org,b,c\n", "Column 2 has no name"),
        (b"email,name\na@example.org,b,c\n", "Row 2 has more cells"),
        (b"PK\x03\x04 no workbook", "no workbook"),
        (b"email,bio\na@example.org," + b"x" * 20_001, "characters in one cell"),
    ],
)
def test_files_that_cannot_be_read(check, content, sentence):
    row = check("people", content)
    assert row.state == "failed"
    assert sentence in row.said
    assert not row.file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_of_spreadsheets(bring_in, encoding, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in (["E-mail", "Name"], ["a@example.org", "Jörg, née X"]))
    text = text.replace("E-mail", "email").replace("Jörg, née X", '"Jörg, née X"')
    bring_in("people", text.encode(encoding))
    assert User.objects.get(email="a@example.org").name == "Jörg, née X"


def test_wrong_columns_are_named(check):
    row = check("people", "emial,name,shoe_size\na@example.org,A,40\n")
    assert said(row) == [
        (1, "emial", "There is no column “emial”. Did you mean “email”?"),
        (1, "shoe_size", row.problems[1]["said"]),
        (1, "email", "The column “email” is missing."),
    ]
    assert "There are: email, name, handle" in row.problems[1]["said"]


def test_a_hundred_thousand_rows_are_refused_quickly(check):
    lines = "".join(f"p{number}@example.org,Person\n" for number in range(100_000))
    before = time.monotonic()
    row = check("people", f"email,name\n{lines}")
    assert row.state == "failed"
    assert "more than 20,000 rows" in row.said
    assert time.monotonic() - before < 20


def test_a_workbook_that_unpacks_into_gigabytes(check):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(200):
                sheet.write(b"0" * 1_000_000)
        archive.writestr("[Content_Types].xml", "<Types/>")
    row = check("people", kept.getvalue(), "bomb.xlsx")
    assert row.state == "failed"
    assert "far too large" in row.said


def test_a_workbook_that_lies_about_its_size_is_killed(check, monkeypatch):
    """Rows without end inside of what is allowed: time and memory are bounded all the same."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(parsing.MOST_ROWS + 10):
        sheet.append(["", "", ""])
    sheet.append(["email", "name"])
    kept = io.BytesIO()
    book.save(kept)
    row = check("people", kept.getvalue())
    assert row.state == "checked"
    assert row.rows == 0


def test_each_row_says_what_is_wrong(check, cohort, amara, mateo, noor, ada):
    row = check(
        "memberships",
        [
            HEAD,
            ["no-such", amara.email, "mentee", "", ""],
            [cohort.slug, "nobody@example.org", "mentee", "", ""],
            [cohort.slug, noor.email, "boss", "", ""],
            [cohort.slug, noor.email, "mentor", "many", ""],
            [cohort.slug, mateo.email, "mentee", "", ""],
            [cohort.slug, amara.email, "mentee", "", noor.email],
            [cohort.slug, mateo.email, "mentor", "0", ""],
            [cohort.slug, mateo.email, "mentor", "3", ""],
            [cohort.slug, f"{ada.email}\0", "mentor", "3", ""],
        ],
    )
    assert [(number, column) for number, column, _ in said(row)] == [
        (2, "cohort"), (3, "email"), (4, "role"), (5, "capacity"), (6, "email"), (7, "mentor"), (8, "capacity"),
        (9, "cohort"), (10, "email"),
    ]  # fmt: skip
    assert all(sentence.endswith(".") for _, _, sentence in said(row))
    assert (row.problem_count, row.state) == (9, "checked")
    assert Membership.objects.count() == 3


def test_seats_hold_and_nothing_is_half_applied(check, bring_in, stream, ada):
    cohort = factory.make_cohort(stream=stream, state="open", seats=3)
    people = [factory.make_person() for _ in range(4)]
    rows = [[cohort.slug, person.email, "mentee", "", ""] for person in people]
    row = check("memberships", [HEAD, *rows])
    assert said(row) == [(5, "email", "Every seat is taken. Free one or add one.")]
    assert row.counts["new"] == 3
    with pytest.raises(Exception, match="Some rows cannot be imported"):
        row.apply(by=ada)
    cohort.refresh_from_db()
    assert (cohort.seats_taken, Membership.objects.count()) == (0, 0)
    bring_in("memberships", [HEAD, *rows[:3]])
    cohort.refresh_from_db()
    assert (cohort.seats_taken, Membership.objects.count()) == (3, 3)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"email": "no address", "name": "A"}, "email"), ({"email": "a@example.org", "name": ""}, "name"),
        ({"email": "a@example.org", "name": "A", "handle": "NO"}, "handle"),
        ({"email": "a@example.org", "name": "A", "handle": "ada-lindqvist"}, "handle"),
        ({"email": "a@example.org", "name": "A", "timezone": "Mars/Base"}, "timezone"),
        ({"email": "a@example.org", "name": "A", "website": "javascript:alert(1)"}, "website"),
        ({"email": "a@example.org", "name": "A", "bio": "x" * 2001}, "bio"),
        ({"email": "a@example.org", "name": "A" * 101}, "name"),
        ({"email": "ada-lindqvist@example.org", "visibility": "nobody"}, "visibility"),
        ({"email": "ada-lindqvist@example.org", "open": "no"}, "open"),
    ],
)  # fmt: skip
def test_people_as_the_pages_check_them(check, values, column):
    row = check("people", [list(values), list(values.values())])
    assert [one["column"] for one in row.problems] == [column]


def test_results_by_the_rules_of_progress(check, cohort, amara):
    topic, project = (cohort.stream.items.get(kind=kind) for kind in ("topic", "project"))
    row = check(
        "results",
        [
            ["email", "item", "state", "since"], [amara.email, topic.key, "done", ""],
            [amara.email, project.key, "done", ""], [amara.email, "no.such", "done", ""],
            [amara.email, "x", "finished", ""],
        ],
    )  # fmt: skip
    assert [(n, c) for n, c, _ in said(row)] == [(2, "item"), (3, "item"), (4, "item"), (5, "item")]
