"""A folder of notes as Obsidian keeps one: taken in, again, and with what was edited here."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.study.models import Note, NoteImport, NoteLink
from mentorship.study.notes.importing import work
from tests.study.notes.zips import came, imported, packed

PLAN = """---
tags: [Prep, ml/plan]
aliases: [The plan]
created: 2024-11-01
---
%%
later
%%
- [ ] Theory, [[Theory Readme|Theory]]
\t- [x] Coding [[Code/Readme]] #daily/coding `#no`
![[plot.png]]

> [!NOTE] Rule
> 300 problems
"""
VAULT = {
    "Vault/Plan.md": PLAN,
    "Vault/Theory Readme.md": "Back to [[plan]]",
    "Vault/Code/Readme.md": "Code â€™",
    "Vault/plot.png": b"\x89PNG",
    "Vault/.obsidian/app.json": "{}",
    "__MACOSX/Vault/._Plan.md": "x",
}


def test_a_vault_comes_in_with_its_links_boxes_and_tags(amara):
    row = imported(amara, VAULT)
    assert (row.state, row.done, row.total, row.file.name) == ("done", 3, 3, "")
    assert came(row) == {
        "Vault/plot.png": "left_out",
        "Plan.md": "new",
        "Theory Readme.md": "new",
        "Code/Readme.md": "new",
    }
    plan, theory, code = Note.objects.order_by("pk")
    assert (plan.title, plan.tags) == ("Plan", ["prep", "ml/plan", "daily/coding"])
    assert (plan.source.rest, code.text) == ({"aliases": ["The plan"]}, "Code ’")
    assert {link.name: link.target for link in plan.links.all()} == {"theory readme": theory, "code/readme": code}
    assert [link.target for link in theory.links.all()] == [plan]
    assert 'class="callout"' in plan.html
    assert plan.html.count("task-box of-note") == 2
    assert "image that it shows stayed out" in str(row.files.get(path="Plan.md").said)


def test_again_it_changes_only_what_changed_and_asks_about_what_was_edited_here(amara, sign_in):
    imported(amara, {"a.md": "A", "b.md": "B", "c.md": "C"})
    mine = Note.objects.get(title="b")
    mine.change(text="B, mine", is_gap=False, version=1)
    assert came(imported(amara, {"Folder/a.md": "A", "Folder/b.md": "B"})) == {"a.md": "same", "b.md": "same"}
    row = imported(amara, {"a.md": "A\nmore", "b.md": "B, theirs", "c.md": "C"})
    assert came(row) == {"a.md": "updated", "b.md": "conflict", "c.md": "same"}
    assert row.files.get(path="a.md").said == ["Text: 1 line came, 0 went."]
    mine.refresh_from_db()
    assert mine.text == "B, mine"
    file, client = row.files.get(path="b.md"), sign_in(amara)
    page = client.get(row.get_absolute_url()).content.decode()
    assert all(text in page for text in ("B, mine", "B, theirs", "Keep mine"))
    decide = f"{row.get_absolute_url()}decide/{file.pk}/"
    client.post(decide, {"take": "here"})
    mine.refresh_from_db()
    assert mine.text == "B, mine"
    with pytest.raises(Refused, match="decided already"):
        file.decide(take=True)
    row = imported(amara, {"b.md": "B, theirs again"})  # what was kept is asked about again, not replaced
    file = row.files.get(path="b.md")
    answer = client.post(
        f"/api/v1/note-imports/{row.pk}/decide/", {"file": file.pk, "take": True}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "taken")
    mine.refresh_from_db()
    assert (mine.text, mine.version) == ("B, theirs again", 3)


def test_what_is_exported_comes_back_as_it_was(sign_in, amara, bela, stream):
    item = stream.items.first()
    Note.write(by=amara, text="See [[a/b: c]], `[[a/b: c]]` and [[nowhere]]", title="CON", tags=["x"], item=item)
    Note.write(by=amara, text="Body", title="a/b: c", is_gap=True)
    Note.write(by=amara, text="# Without a title", tags=["y"])
    Note.write(by=amara, text="Twice", title="con")
    answer = sign_in(amara).get("/study/notes/export/")
    raw = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["CON note.md", "a-b- c.md", "Without a title.md", "con note 2.md"]
        text = archive.read("CON note.md").decode()
    assert "[[a-b- c|a/b: c]], `[[a/b: c]]` and [[nowhere]]" in text
    assert set(came(imported(amara, raw)).values()) <= {"same", "updated"}
    assert Note.objects.filter(person=amara).count() == 4
    row = imported(bela, raw)
    assert set(came(row).values()) == {"new"}
    first, second = Note.objects.filter(person=bela).order_by("pk")[:2]
    assert (first.title, first.tags, first.item, second.is_gap) == ("CON", ["x"], item, True)
    assert NoteLink.objects.get(note=first, name="a-b- c").target == second


def test_a_worker_that_died_is_followed_by_another(amara):
    row = NoteImport.ask(by=amara, file=ContentFile(packed({"a.md": "A", "b.md": "B"})), name="n.zip")
    with pytest.raises(Refused, match="under way"):
        NoteImport.ask(by=amara, file=ContentFile(b"PK"), name="n.zip")
    now = timezone.now()
    first = NoteImport.claim(row.pk, at=now)
    assert NoteImport.claim(row.pk, at=now) is None
    work.take(first, work.read(first)["notes"][0], now)
    work.sweep(at=now + timedelta(minutes=6))
    row.refresh_from_db()
    assert (row.state, row.attempts, came(row)) == ("done", 2, {"a.md": "new", "b.md": "new"})
    assert first.step(at=now, done=1) is False


def test_the_page_takes_a_zip_and_says_what_is_none(sign_in, amara, bela):
    client = sign_in(amara)
    sent = client.post("/study/notes/import/", {"file": SimpleUploadedFile("../x.zip", packed({"a.md": "A"}))})
    row = NoteImport.objects.get()
    assert (sent.url, row.name) == (row.get_absolute_url(), "x.zip")
    assert "every 2s" in client.get(row.get_absolute_url()).content.decode()
    work.work(row.pk)
    assert "a.md" in client.get(row.get_absolute_url()).content.decode()
    assert sign_in(bela).get(row.get_absolute_url()).status_code == 404
    for file in (None, SimpleUploadedFile("x.zip", b"text")):
        assert client.post("/study/notes/import/", {"file": file} if file else {}).status_code == 422
        assert client.post("/api/v1/note-imports/", {"file": file} if file else {}).status_code == 400
