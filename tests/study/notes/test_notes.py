"""Notes: one's own alone, changed without loss, on an item's page and in the API."""

import pytest

from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere
from mentorship.study.models import Note
from tests.cohorts.test_at_once import at_once
from tests.factory import make_person


def test_written_on_the_page_of_an_item_and_shown_there(sign_in, amara, bela, stream):
    item = stream.items.exclude(kind="project").first()
    page = item.get_absolute_url()
    sent = {"text": "Why *five* folds?", "is_gap": "on", "item": item.key, "next": page}
    assert sign_in(amara).post("/study/notes/", sent).url == page
    note = Note.objects.get()
    assert (note.item, note.is_gap, note.html) == (item, True, "<p>Why <em>five</em> folds?</p>\n")
    assert "Make it a blog idea" in sign_in(amara).get(page).content.decode()
    for other in (sign_in(bela), sign_in(None)):
        assert "<em>five</em>" not in other.get(page).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": " "}, "Write something first"),
        ({"text": "x" * 100_001}, "at most 100000 characters"),
        ({"text": "x" * 2_000_000}, "at most 100000 characters"),
        ({"text": "K", "item": "no"}, "not in the curriculum"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_is_kept(sign_in, amara, sent, said):
    answer = sign_in(amara).post("/study/notes/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sent["text"][:9].strip() in page
    assert said in page
    assert not Note.objects.exists()


def test_two_windows_never_overwrite_each_other(sign_in, amara):
    note = Note.write(by=amara, text="First")
    client = sign_in(amara)
    client.post(note.get_absolute_url(), {"text": "Second", "version": 1})
    answer = client.post(note.get_absolute_url(), {"text": "Mine", "version": 1})
    page = answer.content.decode()
    assert (answer.status_code, "Second" in page, "Mine" in page) == (409, True, True)
    client.post(note.get_absolute_url(), {"text": "Both", "version": 2})
    assert Note.objects.get().text == "Both"


def test_deleted_it_is_gone(sign_in, amara):
    note, other = Note.write(by=amara, text="Gone"), Note.objects
    copy = other.get()
    sign_in(amara).post(f"{note.get_absolute_url()}remove/")
    for verb in (lambda: copy.change(text="x", is_gap=False, version=1), copy.remove):
        with pytest.raises(Refused) as refusal:
            verb()
        assert refusal.value.code == "note_gone"


def test_the_api_has_the_same_notes(sign_in, amara, bela, stream):
    item = stream.items.first()
    client = sign_in(amara)
    sent = {"text": "Why?", "is_gap": True, "item": item.key, "key": "9d0c41a2-7a24-4b62-8a28-0f8e1f2a7c11"}
    first = client.post("/api/v1/notes/", sent, content_type="application/json").json()
    assert client.post("/api/v1/notes/", sent, content_type="application/json").json()["id"] == first["id"]
    address = f"/api/v1/notes/{first['id']}/"
    assert sign_in(bela).get(address).status_code == 404
    changed = {"text": "Because.", "version": 1}
    assert client.patch(address, changed, content_type="application/json").json()["is_gap"]
    lost = client.patch(address, {"text": "No.", "version": 1}, content_type="application/json")
    assert (lost.status_code, lost.json()["current"]["text"]) == (409, "Because.")
    assert [row["id"] for row in client.get(f"/api/v1/notes/?gap=true&item={item.key}").json()["results"]] == [
        first["id"]
    ]
    assert client.get("/api/v1/notes/?gap=false").json()["results"] == []
    assert client.delete(address).status_code == 204


@pytest.mark.parametrize("many", [1, 15])
def test_a_page_of_notes_costs_the_same_however_many(sign_in, amara, stream, many, django_assert_max_num_queries):
    item = stream.items.first()
    for number in range(many):
        Note.write(by=amara, text=f"Note {number}", is_gap=True, item=item)
    client = sign_in(amara)
    with django_assert_max_num_queries(6):
        client.get("/study/notes/")


@pytest.mark.django_db(transaction=True)
def test_two_at_once():
    person, key = make_person(), "9d0c41a2-7a24-4b62-8a28-0f8e1f2a7c11"
    assert at_once([lambda: Note.write(by=person, text="Once", key=key)] * 3) == [None] * 3
    copies = [Note.objects.get() for _ in range(3)]
    found = at_once([lambda c=c, n=n: c.change(text=f"{n}", is_gap=False, version=1) for n, c in enumerate(copies)])
    assert [type(error) for error in found if error] == [ChangedThere] * 2
    assert Note.objects.get().version == 2
