"""Questions and answers: asked, answered, accepted, found again by the stream's next cohort."""

import pytest

from mentorship.cohorts.models import CohortQuestion
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def question(cohort, amara):
    return CohortQuestion.ask(cohort, by=amara, title="How do I split time series?", text="Random is wrong.")


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_asking_answering_and_accepting(sign_in, cohort, amara, bela, mateo):
    base = f"/cohorts/{cohort.slug}/asked/"
    assert "Nobody has asked" in sign_in(amara).get(base).content.decode()
    data = {"title": "How do I split?", "text": "By <script>alert(1)</script> *time*?"}
    sign_in(amara).post(f"{base}ask/", data)
    row = CohortQuestion.objects.get()
    assert Notification.objects.filter(person=mateo, kind="question").exists()
    page = sign_in(bela).get(f"{base}{row.pk}/").content.decode()
    assert "<em>time</em>" in page
    assert "<script>alert" not in page
    sign_in(bela).post(f"{base}{row.pk}/", {"text": "Forward chaining."})
    answer = row.answers.get()
    assert Notification.objects.filter(person=amara, kind="answer").count() == 1
    assert sign_in(bela).post(f"{base}{row.pk}/answers/{answer.pk}/accept/").status_code == 404
    sign_in(amara).post(f"{base}{row.pk}/answers/{answer.pk}/accept/")
    row.refresh_from_db()
    assert row.accepted == answer
    assert b"Answered" in sign_in(bela).get(base).content
    sign_in(mateo).post(f"{base}{row.pk}/answers/{answer.pk}/unaccept/")
    row.refresh_from_db()
    assert row.accepted is None


def test_only_who_is_there_asks_and_answers(sign_in, question, cohort, olga, noor, ada):
    for person in (olga, noor):
        assert refused(lambda person=person: question.answer(by=person, text="a")) == "not_a_member"
        assert sign_in(person).get(f"/cohorts/{cohort.slug}/asked/").status_code == 404
    assert refused(lambda: CohortQuestion.ask(cohort, by=ada, title="a", text="b")) == "not_a_member"
    assert question.answer(by=ada, text="Ask me.").seat is None


def test_what_is_missing_is_said_at_the_field(sign_in, cohort, amara):
    address = f"/cohorts/{cohort.slug}/asked/ask/"
    answer = sign_in(amara).post(address, {"title": "Kept title", "text": " "})
    assert answer.status_code == 422
    assert b"Kept title" in answer.content
    assert sign_in(amara).post(address, {"title": "a\x00", "text": "b"}).status_code == 422


@pytest.mark.parametrize("text", ["series", "chaining", '"time series"', "split -random OR nothing", "splitting"])
def test_it_is_found_by_its_words_and_its_answers(sign_in, question, bela, text):
    question.answer(by=bela, text="Use forward chaining, one series after another, no nothing.")
    page = sign_in(bela).get(f"/cohorts/{question.cohort.slug}/asked/", {"q": text}).content
    assert b"How do I split time series?" in page


@pytest.mark.parametrize("text", ["zebra", "'", "& | !", "\x00", ":*", "a" * 500, "((("])
def test_odd_searches_find_nothing_and_fail_nowhere(sign_in, question, bela, text):
    base = f"/cohorts/{question.cohort.slug}/asked/"
    assert b"How do I split" not in sign_in(bela).get(base, {"q": text + " zebra"}).content
    assert sign_in(bela).get(base, {"q": text}).status_code == 200
    assert sign_in(bela).get(f"{base}like/", {"title": text}).status_code == 200


def test_the_same_question_is_shown_while_typing(sign_in, question, bela):
    base = f"/cohorts/{question.cohort.slug}/asked/like/"
    assert b"How do I split" in sign_in(bela).get(base, {"title": "splitting a series of sales"}).content
    assert sign_in(bela).get(base, {"title": "the of and"}).content.strip() == b""


def test_the_next_cohort_of_the_stream_finds_it(sign_in, question, stream, noor, other_cohort, cohort):
    client = sign_in(noor)
    base = f"/cohorts/{other_cohort.slug}/asked/"
    assert b"How do I split" not in client.get(base).content
    assert b"How do I split" in client.get(base, {"where": "stream"}).content
    assert b"How do I split" in client.get(base, {"q": "series"}).content
    page = client.get(f"{base}{question.pk}/").content.decode()
    assert f"This is from {cohort.name}" in page
    assert client.post(f"{base}{question.pk}/", {"text": "a"}).status_code == 404
    foreign = factory.make_cohort()
    factory.make_membership(foreign, noor)
    assert client.get(f"/cohorts/{foreign.slug}/asked/{question.pk}/").status_code == 404


def test_who_has_left_has_no_name(sign_in, question, amara, bela, mentee, alone, mateo):
    question.answer(by=bela, text="Mine")
    mentee.leave(by=amara)
    alone.leave(by=bela)
    for address in ("", f"{question.pk}/"):
        page = sign_in(mateo).get(f"/cohorts/{question.cohort.slug}/asked/{address}").content.decode()
        assert "Somebody who has left" in page
        assert "Amara" not in page


def test_edited_and_deleted_with_history(sign_in, question, amara, bela):
    base = f"{question.get_absolute_url()}"
    answer = question.answer(by=bela, text="First words")
    question.accept(answer, by=amara)
    data = {"title": "How to split?", "text": "By time", "version": 0}
    assert sign_in(bela).post(f"{base}edit/", data).status_code == 404
    assert sign_in(amara).post(f"{base}edit/", data).status_code == 302
    assert sign_in(amara).post(f"{base}edit/", data | {"text": "Other"}).status_code == 409
    sign_in(bela).post(f"{base}answers/{answer.pk}/edit/", {"text": "Second words", "version": 0})
    page = sign_in(bela).get(base).content
    assert b"First words" in page
    assert b"How do I split time series?" in page
    sign_in(bela).post(f"{base}answers/{answer.pk}/remove/")
    question.refresh_from_db()
    assert question.accepted is None
    sign_in(amara).post(f"{base}remove/")
    assert b"How to split" not in sign_in(bela).get(f"/cohorts/{question.cohort.slug}/asked/").content
    assert refused(lambda: question.answer(by=bela, text="Late")) == "deleted"


def test_the_list_asks_no_more_with_more(sign_in, cohort, amara, bela, django_assert_max_num_queries):
    client = sign_in(bela)
    for _ in range(9):
        CohortQuestion.ask(cohort, by=amara, title="Why?", text="Because").answer(by=bela, text="So")
    with django_assert_max_num_queries(7):
        client.get(f"/cohorts/{cohort.slug}/asked/")
