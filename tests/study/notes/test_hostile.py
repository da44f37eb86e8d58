"""Archives that mean harm or are broken: bounded, nothing leaves its place, each said in words."""

import io
import uuid
import zipfile

import pytest
from django.utils import timezone

from mentorship.common.rendering.errors import FileRefused
from mentorship.study.models import Note
from mentorship.study.notes.importing import archive
from mentorship.study.notes.importing.archive import read
from mentorship.study.notes.importing.file import CODE, note_of
from mentorship.study.notes.importing.work import _created
from tests.study.notes.zips import came, imported, packed


def entry(name: str, **fields: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.compress_type = zipfile.ZIP_DEFLATED
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def out(files):
    return dict(read(packed(files | {"ok.md": "Good"}))["left"])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../etc/cron.d/x.md", "leads out"),
        ("/etc/x.md", "leads out"),
        ("C:\\x.md", "leads out"),
        ("a/..\\..\\x.md", "leads out"),
        ("a\nb.md", "no name has"),
        ("a" * 401 + ".md", "too long"),
        ("more.zip", "not opened"),
        ("run.exe", "Only notes"),
    ],
)
def test_paths_and_kinds_that_stay_out(name, why):
    assert why in str(out({entry(name): "x"}))


def test_links_devices_and_ways_of_packing_stay_out():
    link = entry("link.md", create_system=3, external_attr=0o120777 << 16)
    assert "link to another file" in str(out({link: "/etc/passwd"}))
    assert "packed in a way" in str(out({entry("l.md", compress_type=zipfile.ZIP_LZMA): "x" * 100}))
    coded = packed({"a.md": "A", "b.md": "B"})
    where = coded.index(b"PK\x01\x02") + 8
    assert "encrypted" in str(read(coded[:where] + bytes([coded[where] | 1]) + coded[where + 1 :])["left"])


def test_a_bomb_is_read_no_further_than_a_note_is_long():
    bomb = packed({"bomb.md": b"0" * 50_000_000, "ok.md": "Good"})
    found = read(bomb)
    assert ([note["path"] for note in found["notes"]], len(found["left"])) == (["ok.md"], 1)
    lie = bytearray(packed({"lie.md": b"x" * 1000, "ok.md": "Good"}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = lie.index(mark) + place
        lie[at : at + 4] = (10).to_bytes(4, "little")
    assert [note["path"] for note in read(bytes(lie))["notes"]] in (["ok.md"], ["lie.md", "ok.md"])
    assert len(next((n["text"] for n in read(bytes(lie))["notes"] if n["path"] == "lie.md"), "")) <= 10


def test_all_of_it_together_is_bounded(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_ALL", 1_000)
    with pytest.raises(FileRefused, match="Unpacked"):
        read(packed({f"{number}.md": "x" * 400 for number in range(3)}))
    assert len(read(packed({f"{number}.md": "x" * 300 for number in range(3)}))["notes"]) == 3


def test_five_thousand_notes_and_no_more(amara):
    names = {f"n{number}.md": "x" for number in range(5_001)}
    with pytest.raises(FileRefused, match=r"5,001 notes; 5,000"):
        read(packed(names))
    names.popitem()
    assert len(read(packed(names))["notes"]) == 5_000


@pytest.mark.parametrize("raw", [b"", b"PK", b"PK\x03\x04" + b"\x00" * 60, b"no zip", packed({})])
def test_what_is_no_zip_of_notes(raw):
    with pytest.raises(FileRefused):
        read(raw)


def test_a_damaged_note_stays_out_and_a_cut_zip_is_refused(amara):
    raw = bytearray(packed({"a.md": "A" * 500, "b.md": "B"}, compression=zipfile.ZIP_STORED))
    raw[raw.index(b"AAAA")] = 0
    assert came(imported(amara, bytes(raw))) == {"a.md": "left_out", "b.md": "new"}
    row = imported(amara, bytes(raw)[:-30])
    assert (row.state, "no zip file" in row.reason) == ("failed", True)


def test_the_same_path_twice_and_the_same_title():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        for name, text in (("a.md", "1"), ("A.md", "3"), ("x/a.md", "4")):
            made.writestr(name, text)
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a.md", "2")
    found = read(raw.getvalue())
    assert ([note["text"] for note in found["notes"]], len(found["left"])) == (["1", "4"], 2)
    assert "has this title too" in str(found["notes"][1]["said"])


@pytest.mark.parametrize(
    ("raw", "text", "said"),
    [
        (b"\xef\xbb\xbfBOM\r\nline", "BOM\nline", ""),
        ("wide".encode("utf-16"), "wide", ""),
        ("déjà".encode("cp1252"), "déjà", "not in UTF-8"),
        ("donâ€™t ðŸ‘‡ cafÃ©".encode(), "don’t 👇 café", "mended"),
        (b"---\na: &a [x]\nb: *a\n---\nText", "---\na: &a [x]\nb: *a\n---\nText", "could not be read"),
        (b"---\n" + b"[" * 3_000 + b"\n---\nText", None, "could not be read"),
        (b"---\nday: 2024-99-99\n---\nText", None, "could not be read"),
        (b"---\nnever closed", "---\nnever closed", ""),
        (b"\x1b[31mred\x08", "[31mred", ""),
    ],
)
def test_letters_and_what_stands_above(raw, text, said):
    note = note_of("a.md", raw)
    assert said in str(note["said"])
    assert text is None or note["text"] == text


@pytest.mark.parametrize("raw", [b"\x00\x01binary", b"  \n ", b"---\ntitle: x\n---\n", b"x" * 100_001])
def test_what_is_no_note(raw):
    with pytest.raises(FileRefused):
        note_of("a.md", raw)


def test_what_a_file_says_is_kept_within_bounds(amara):
    head = "---\ntitle: " + "t" * 200 + "\ntags: " + str([f"tag{n}" for n in range(40)]) + "\nshared: cohort\n---\n"
    row = imported(amara, {"a.md": head + "<script>alert(1)</script> #1 #two #[[x]] http://a.test/#no"})
    note = Note.objects.get()
    assert (row.state, len(note.title), len(note.tags), note.shared) == ("done", 120, 20, "nobody")
    assert "<script" not in note.html
    assert note_of("a.md", b"#1 #two http://a.test/#no [x](#no) `#no` a#no #drei/x")["tags"] == ["two", "drei/x"]


def test_code_is_sought_in_one_pass():
    """An opening fence of any length that is never closed costs no more than its text; quadratic would be minutes."""
    text = "`" * 50_000 + "\n" + "a" * 49_999
    assert CODE.findall(text) == []
    fences = "\n".join("`" * length for length in range(20, 2, -1))
    assert len(CODE.findall(f"{fences}\n" + "a\n" * 40_000)) <= 18
    assert CODE.search("```py\nx\n```")[0] == "```py\nx\n```"


def test_a_date_before_our_time_is_not_believed(amara):
    one = {"key": str(uuid.uuid4()), "created": "0001-01-01T00:00:00+14:00"}
    now = timezone.now()
    assert _created(one, now) == now
    assert _created(one | {"created": "2020-01-01T00:00:00+14:00"}, now).year == 2019


def test_a_nul_by_an_escape_is_no_character_of_ours():
    found = note_of("a.md", b'---\n"\\0x": 1\nitem: "\\0"\n---\nText')
    assert (found["rest"], found["item"]) == ({"x": 1}, "")
