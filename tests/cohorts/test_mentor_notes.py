"""Private notes: who reads and writes them; sent twice, changed in two windows, changed at once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from mentorship.cohorts import matching
from mentorship.cohorts.models import MentorNote
from mentorship.cohorts.models.note import NoteChanged
from mentorship.common.errors import Refused
from tests import factory


@pytest.fixture
def note(mentee, mateo):
    return factory.make_mentor_note(mentee, mateo)


@pytest.fixture
def address(cohort, mentee):
    return f"/cohorts/{cohort.slug}/members/{mentee.pk}/notes/"


def readers(note, *people):
    """Who reads it, as the queryset says, and as the statement does that pages ask."""
    found = {person.name for person in people if MentorNote.objects.visible_to(person).filter(pk=note.pk).exists()}
    by_statement = {
        person.name
        for person in people
        if note.pk in [row.pk for row in MentorNote.objects.about(note.membership_id, person, 10)]
    }
    assert by_statement == found
    return found


def test_its_author_the_next_mentor_and_admins_read_it(
    note, mentee, amara, bela, mateo, ines, noor, olga, ada, other_cohort
):
    everybody = (amara, bela, mateo, ines.person, noor, olga, ada)
    assert readers(note, *everybody) == {"Mateo Rojas", "Ada Lindqvist"}
    matching.reassign(mentee=mentee, mentor=ines, reason="Mateo is away", by=ada)
    assert readers(note, *everybody) == {"Mateo Rojas", "Inês Sousa", "Ada Lindqvist"}


def test_who_left_the_cohort_reads_their_own_no_more(note, mentee, mentor, mateo, ada):
    mentee.assignments_as_mentee.get().end(by=ada, reason="Over")
    mentor.refresh_from_db()
    mentor.leave(by=ada)
    assert readers(note, mateo) == set()


def test_nobody_reads_what_is_noted_about_them(cohort, mateo, ada):
    about_ada = factory.make_mentor_note(factory.make_membership(cohort, ada), mateo)
    factory.make_membership(cohort, ada, role="mentor")
    assert readers(about_ada, ada, mateo) == {"Mateo Rojas"}


def test_a_mentor_notes_and_reads_it_again(sign_in, mateo, amara, address):
    client = sign_in(mateo)
    page = client.post(address, {"text": "Rushes. *Slow down* together."}, follow=True).text
    assert "<em>Slow down</em>" in page
    assert sign_in(amara).get(address).status_code == 404


def test_htmx_gets_the_notes_alone(sign_in, mateo, address):
    page = sign_in(mateo).post(address, {"text": "A word."}, headers={"HX-Request": "true"}).text
    assert "A word." in page
    assert "<html" not in page


def test_sent_twice_it_is_one_note(sign_in, mateo, address):
    client, words = sign_in(mateo), {"text": "Once.", "key": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(address, words).status_code == 302
    assert MentorNote.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * 5_001, "a\x00b"])
def test_what_cannot_be_kept_is_said_at_the_field(sign_in, mateo, address, text):
    answer = sign_in(mateo).post(address, {"text": text})
    assert answer.status_code == 422
    assert "errorlist" in answer.text
    assert text.replace("\x00", "") in answer.text.replace("\x00", "")
    assert not MentorNote.objects.exists()


def test_an_admin_reads_but_does_not_write(sign_in, ada, note, address):
    client = sign_in(ada)
    page = client.get(address).text
    assert "<em>recall</em>" in page
    assert "Keep the note" not in page
    assert client.post(address, {"text": "A word."}).status_code == 404


def test_two_windows_lose_nothing(sign_in, mateo, note, address):
    client = sign_in(mateo)
    assert client.post(f"{address}{note.pk}/", {"text": "From here", "version": 1}).status_code == 302
    answer = client.post(f"{address}{note.pk}/", {"text": "From there", "version": 1})
    assert answer.status_code == 409
    assert "From here" in answer.text
    assert "From there" in answer.text
    assert client.post(f"{address}{note.pk}/", {"text": "From there", "version": 2}).status_code == 302
    assert MentorNote.objects.get().text == "From there"


def test_only_its_author_changes_or_removes_it(note, ines, mateo):
    for act in (lambda: note.edit(by=ines.person, text="Else", version=1), lambda: note.remove(by=ines.person)):
        with pytest.raises(Refused):
            act()
    note.remove(by=mateo)
    assert not MentorNote.objects.exists()


def test_the_page_asks_as_much_for_many_notes(sign_in, mateo, mentee, address, django_assert_max_num_queries):
    for number in range(30):
        factory.make_mentor_note(mentee, mateo, f"Note {number}")
    client = sign_in(mateo)
    client.get(address)
    with django_assert_max_num_queries(9):
        assert client.get(address).text.count("<article") == 30


def test_the_api_does_the_same(sign_in, mateo, mentee, alone, noor, other_cohort):
    client, url = sign_in(mateo), "/api/v1/mentor-notes/"
    made = client.post(url, {"membership": mentee.pk, "text": "A *word*."}, content_type="application/json").json()
    assert made["html"] == "<p>A <em>word</em>.</p>\n"
    assert client.get(f"{url}?membership={mentee.pk}").json()["count"] == 1
    assert client.get(f"{url}?membership={alone.pk}").json()["count"] == 0
    edit = {"text": "Another.", "version": 1}
    assert client.patch(f"{url}{made['id']}/", edit, content_type="application/json").json()["version"] == 2
    conflict = client.patch(f"{url}{made['id']}/", edit, content_type="application/json")
    assert (conflict.status_code, conflict.json()["saved"]["text"]) == (409, "Another.")
    stranger = sign_in(noor)
    refused = stranger.post(url, {"membership": mentee.pk, "text": "x"}, content_type="application/json")
    missing = stranger.post(url, {"membership": 10**9, "text": "x"}, content_type="application/json")
    assert (refused.status_code, refused.json()) == (missing.status_code, missing.json())
    assert client.delete(f"{url}{made['id']}/").status_code == 204


@pytest.mark.django_db(transaction=True)
def test_changed_at_once_one_loses_and_is_told(note, mateo):
    def change(text):
        try:
            MentorNote.objects.get(pk=note.pk).edit(by=mateo, text=text, version=1)
            return "saved"
        except NoteChanged:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, ["One", "Two"])) == ["saved", "told"]
    assert MentorNote.objects.get().version == 2
