"""What goes out comes in again as it was, to the character, and changes nothing where nothing has changed."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.cohorts.models import Assignment, Membership
from mentorship.cohorts.transfers.parsing import as_text, escaped
from mentorship.common.cells import FORMULA, defuse, restore
from mentorship.people.models import User
from streams.models import Item, Progress
from tests import factory

BIOS = [
    "=HYPERLINK(\"http://evil\")", "+1", "-1", "@cmd", "\tTab", "'quoted", "''twice", "'=mine", "'", "1,5;2\t3",
    "Zeile\nZeile", "Zeile\r\nZeile", "a\rb", "\rc", " spaces ", "naïve 日本語 🎉", "001", "1e5", "2026-03-02",
    "TRUE", "_x0041_", "a_x000D_b", 'say "hi"', "", "\x01\x1f", "=1+1\n=2",
]  # fmt: skip


@given(st.text())
def test_any_text_comes_back(text):
    assert restore(defuse(text)) == text
    assert as_text(escaped(text)) == text
    assert defuse(text)[:1] not in FORMULA - {"'"}


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_people_with_hostile_words(export, bring_in, check, db, format):
    people = [factory.make_person(bio=bio) for bio in BIOS]
    data = export("people", format)
    row = check("people", data)
    assert (row.state, row.problems, row.counts) == ("checked", [], {"new": 0, "update": 0, "skip": len(BIOS) + 1})
    User.objects.update(bio="Something else")
    assert bring_in("people", data).counts == {"new": 0, "update": len(BIOS) + 1, "skip": 0}
    for person, bio in zip(people, BIOS, strict=True):
        assert User.objects.get(pk=person.pk).bio == bio


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_no_cell_is_a_formula(export, db, format):
    for bio in BIOS:
        factory.make_person(bio=bio)
    data = export("people", format)
    if format == "csv":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
        cells = [str(cell.value or "") for row in sheet for cell in row]
    assert not [cell for cell in cells if cell[:1] in FORMULA - {"'"}]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_memberships_mentors_first(export, check, bring_in, ada, cohort, amara, mateo, format):
    data = export("memberships", format, cohort)
    assert check("memberships", data).counts == {"new": 0, "update": 0, "skip": 3}
    Assignment.objects.get().end(by=ada, reason="Drill")
    amara.memberships.get().leave(by=ada)
    mateo.memberships.get().set_capacity(9, by=ada)
    rows = list(csv.DictReader(io.StringIO(export("memberships").decode("utf-8-sig"))))
    assert [row["role"] for row in rows] == ["mentor", "mentee"]
    data = export("memberships", "csv", cohort).decode("utf-8-sig")
    text = data.replace(",9,", ",4,") + f"{cohort.slug},{amara.email},,mentee,,{mateo.email},\r\n"
    header = text.partition("\r\n")[0]
    back = "\r\n".join([header.replace("name", "name"), *text.split("\r\n")[1:]])
    row = bring_in("memberships", back)
    assert row.counts == {"new": 1, "update": 1, "skip": 1}
    pair = Assignment.objects.active().get()
    assert (pair.mentee.person, pair.mentor.person, pair.mentor.capacity) == (amara, mateo, 4)
    assert Membership.objects.active().count() == 3


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_results(export, check, bring_in, cohort, amara, format):
    item = cohort.stream.items.get(key__endswith="intro")
    item.mark(by=amara, state="done")
    since = Progress.objects.get(item=item).since
    data = export("results", format, cohort)
    assert check("results", data).counts == {"new": 0, "update": 0, "skip": 1}
    item.mark(by=amara, state="not_started")
    assert bring_in("results", data).counts == {"new": 0, "update": 1, "skip": 0}
    row = Progress.objects.get(item=item)
    assert (row.state, row.since) == ("done", since)
    assert Progress.objects.get(item=Item.objects.get(pk=item.parent_id)).state == "in_progress"
