"""Links between one's notes: by name, there once the note is, and never to another person's."""

import pytest
from django.db import IntegrityError, connection, transaction

from mentorship.study.models import Note, NoteLink


def test_a_link_finds_its_note_once_it_is_written(amara, bela):
    first = Note.write(by=amara, text="See [[Decision  trees#Splits|trees]], `[[no]]`, ![[plot.png]] and [[#Here]].")
    Note.write(by=bela, text="Mine", title="Decision trees")
    link = NoteLink.objects.get()
    assert (link.name, link.written, link.target) == ("decision trees", "Decision trees", None)
    second = Note.write(by=amara, text="Trees", title="DECISION trees")
    link.refresh_from_db()
    assert link.target == second
    second.change(text="Trees", is_gap=False, title="Forests", version=1)
    first.change(text="Still [[Decision trees]].", is_gap=False, version=1)
    link.refresh_from_db()
    assert link.target == second  # under the name that the link has
    second.remove()
    link.refresh_from_db()
    assert link.target is None
    first.change(text="Nothing.", is_gap=False, version=2)
    assert not NoteLink.objects.exists()


def test_a_link_leads_to_the_note_or_to_a_form_that_begins_it(sign_in, amara, bela):
    note = Note.write(by=amara, text="[[Forests]] of [[Trees#Splits]]", title="Trees")
    Note.write(by=bela, text="Secret", title="Forests")
    client = sign_in(amara)
    led = client.get("/study/notes/to/?name=trees&heading=Splits-and-ties")
    assert led.url == f"{note.get_absolute_url()}#:~:text=Splits%2Dand%2Dties"
    page = client.get("/study/notes/to/?name=Forests").content.decode()
    assert 'value="Forests"' in page
    assert "Secret" not in page
    page = client.get(note.get_absolute_url()).content.decode()
    assert 'href="/study/notes/to/?name=Forests"' in page
    assert "Notes that link here" not in page  # not from itself
    Note.write(by=amara, text="Back to [[trees]]", title="Bagging")
    assert "Notes that link here" in client.get(note.get_absolute_url()).content.decode()
    links = client.get(f"/api/v1/notes/{note.pk}/links/").json()
    assert (links["missing"], [one["title"] for one in links["backlinks"]]) == (["Forests"], ["Bagging"])


def test_the_database_holds_that_links_stay_with_one_person(amara, bela):
    mine, theirs = Note.write(by=amara, text="A"), Note.write(by=bela, text="B")

    def link():
        with transaction.atomic():
            NoteLink.objects.create(person=amara, note=mine, target=theirs, name="b", written="B")
            connection.check_constraints()

    with pytest.raises(IntegrityError, match="note_link_to_own"):
        link()


def test_boxes_are_ticked_where_they_stand(sign_in, amara):
    text = "- [ ] one\n- [x] two\n\n```\n- [ ] no\n```\n\n> - [ ] three\n\n<span class='task-box of-note'>☐</span>"
    note = Note.write(by=amara, text=text)
    client, tick = sign_in(amara), f"{note.get_absolute_url()}tick/"
    assert client.get(note.get_absolute_url()).content.decode().count('class="note-box"') == 3
    client.post(tick, {"box": "2+", "version": 1})
    client.post(tick, {"box": "1-", "version": 2})
    assert Note.objects.get().text == text.replace("> - [ ]", "> - [x]").replace("[x] two", "[ ] two")
    assert "another window" in client.post(tick, {"box": "0+", "version": 1}, follow=True).content.decode()
    for box in ("9+", "x", "99999999+"):
        assert client.post(tick, {"box": box, "version": 3}).status_code == 302
    wrong = {"box": 9, "done": True, "version": 3}
    answer = client.post(f"/api/v1/notes/{note.pk}/tick/", wrong, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_box")


def test_what_obsidian_writes_is_shown(amara):
    note = Note.write(
        by=amara, text="> [!WARNING] Leaks\n> Mind *time*.\n\n%%\nsecret\n%%\n\nSo %%not this%% it is.\n\n%%open"
    )
    assert '<blockquote class="callout callout-warn">\n<p class="callout-title">Leaks</p>' in note.html
    assert "secret" not in note.html
    assert "not this" not in note.html
    assert "%%open" in note.html
