"""Notes by words, tag, item, gap and sharing; who a note is shared with."""

import pytest

from mentorship.cohorts.shared_notes import shared_with
from mentorship.study.models import Note
from tests.factory import make_assignment, make_cohort, make_membership


def test_found_by_words_tag_gap_and_sharing(sign_in, amara, bela):
    trees = Note.write(by=amara, text="Gini and entropy", title="Trees", tags=["ML/Trees", "#exam week"], is_gap=True)
    other = Note.write(by=amara, text="Entropy of a coin")
    other.share(Note.Shared.COHORT)
    Note.write(by=bela, text="Entropy")
    client = sign_in(amara)

    def found(asked):
        ids = [row["id"] for row in client.get(f"/api/v1/notes/?{asked}").json()["results"]]
        page = client.get(f"/study/notes/?{asked}").content.decode()
        assert [pk for pk in (trees.pk, other.pk) if f'id="note-{pk}"' in page] == sorted(ids) or "gap" in asked
        return ids

    assert trees.tags == ["ml/trees", "exam-week"]
    assert sorted(found("q=entropies")) == [trees.pk, other.pk]
    assert found("q=tree+-coin") == [trees.pk]
    assert found("tag=Exam%20Week") == [trees.pk]
    assert found("gap=true") == [trees.pk]
    assert found("q=%27%3A*%26") == []
    assert client.get("/study/notes/?q=%00&tag=%00&item=%00&only=x&page=-1").status_code == 200
    assert [row["id"] for row in client.get("/api/v1/notes/?shared=cohort").json()["results"]] == [other.pk]
    assert f'id="note-{other.pk}"' in client.get("/study/notes/?only=shared").content.decode()
    assert list(Note.objects.visible_to(amara).matching("coin")) == [other]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"tags": ",".join(map(str, range(21)))}, "20 tags at most"),
        ({"text": "é" * 99_999 + "\x00"}, "Null characters"),
        ({"text": "x " * 1_000_000}, "at most 100000 characters"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(sign_in, amara, sent, said):
    answer = sign_in(amara).post("/study/notes/", {"text": "Text"} | sent)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert sign_in(amara).post("/api/v1/notes/", sent, content_type="application/json").status_code == 400


def test_a_long_note_is_kept_and_begun_in_the_list(sign_in, amara):
    text = "- [ ] " + "words " * 3_000 + "the end"
    note = Note.write(by=amara, text=text)
    note.tick(box=0, done=True, version=1)
    page = sign_in(amara).get("/study/notes/").content.decode()
    assert ("Read on" in page, "the end" in page) == (True, False)
    assert Note.objects.get().text == text.replace("[ ]", "[x]")


def test_shared_with_whom_it_says_and_at_once_with_nobody(sign_in, amara, bela, mateo, noor, olga, stream):
    cohort = make_cohort(stream=stream)
    mentee, mentor = make_membership(cohort, amara), make_membership(cohort, mateo, role="mentor")
    make_membership(cohort, bela)
    make_membership(make_cohort(stream=stream), noor, role="mentor")
    note = Note.write(by=amara, text="See [[Private]]. %%mine%%", title="Shared")
    private = Note.write(by=amara, text="Private", title="Private")
    readers = {"mateo": mateo, "bela": bela, "noor": noor, "olga": olga, "amara": amara}

    def who():
        address = f"/study/notes/shared/{note.pk}/"
        let_in = {name for name, one in readers.items() if sign_in(one).get(address).status_code == 200}
        assert let_in == {name for name, one in readers.items() if shared_with(one).exists()}
        return let_in

    assert who() == set()
    note.share(Note.Shared.MENTOR)
    assert who() == set()
    assignment = make_assignment(mentee, mentor)
    assert who() == {"mateo"}
    note.share(Note.Shared.COHORT)
    assert who() == {"mateo", "bela"}
    page = sign_in(bela).get(f"/study/notes/shared/{note.pk}/").content.decode()
    assert "mine" not in page.partition("<article")[2]
    link = f"/study/notes/shared/{note.pk}/to/?name=Private"
    assert link in page
    assert sign_in(bela).get(link).status_code == 404
    private.share(Note.Shared.COHORT)
    assert sign_in(bela).get(link).url == f"/study/notes/shared/{private.pk}/"
    assert "Shared" in sign_in(bela).get("/study/notes/shared/?q=see").content.decode()
    private.share(Note.Shared.NOBODY)
    note.share(Note.Shared.MENTOR)
    assert who() == {"mateo"}
    assignment.close(reason="Over")
    assert who() == set()


@pytest.mark.parametrize("many", [1, 15])
def test_the_list_of_shared_notes_costs_the_same(sign_in, amara, bela, stream, many, django_assert_max_num_queries):
    cohort = make_cohort(stream=stream)
    for person in (amara, bela):
        make_membership(cohort, person)
    for number in range(many):
        Note.write(by=amara, text=f"Note {number}").share(Note.Shared.COHORT)
    client = sign_in(bela)
    with django_assert_max_num_queries(8):
        client.get("/study/notes/shared/")
