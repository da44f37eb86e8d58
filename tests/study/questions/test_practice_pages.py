"""Practice's pages: without JavaScript, once, private, and as dear however many cards."""

import pytest

from mentorship.study.models import Attempt, Card, Note, PracticePlan, Question
from tests.study.questions.make import make_card, make_question


def test_asked_looked_up_and_rated_without_javascript(sign_in, amara):
    card, client = make_card(amara), sign_in(amara)
    answer = client.get("/study/practice/")
    page = answer.content.decode()
    assert "microphone=(self)" in answer.headers["Permissions-Policy"]
    assert card.question.html in page
    assert "in 10 min" in page  # what 'good' would mean
    sent = {"rating": 3, "version": 0, "key": "9d0c41a2-7a24-4b62-8a28-0f8e1f2a7c11", "text": "Bias", "ticked": [0, 7]}
    for _ in range(2):
        assert client.post(f"/study/practice/{card.pk}/rate/", sent).url == "/study/practice/"
    attempt = Attempt.objects.get()
    assert (attempt.rating, attempt.text, attempt.ticked, attempt.points) == (3, "Bias", [0], 2)
    lost = client.post(f"/study/practice/{card.pk}/rate/", {"rating": 1, "version": 0, "text": "Mine"})
    assert (lost.status_code, "Mine" in lost.content.decode()) == (409, True)
    client.post("/study/practice/undo/")
    card.refresh_from_db()
    assert card.last_review is None
    assert "Bias" in client.get(card.question.get_absolute_url()).content.decode()


@pytest.mark.parametrize("sent", [{"rating": 5, "version": 0}, {"rating": 3}, {"rating": "", "version": "x"}])
def test_bad_input_keeps_what_was_typed(sign_in, amara, sent):
    card = make_card(amara)
    answer = sign_in(amara).post(f"/study/practice/{card.pk}/rate/", sent | {"text": "Typed"})
    assert (answer.status_code, "Typed" in answer.content.decode()) == (422, True)
    assert not Attempt.objects.exists()


def test_the_bank_is_found_and_taken_up_in_a_click(sign_in, amara, stream):
    trees, folds = make_question(text="Why trees?"), make_question(text="Why folds?", round="coding", level=3)
    make_question(roles=["ads"], text="Why ads?")
    item = stream.items.first()
    folds.items.add(item)
    client = sign_in(amara)
    for asked, found in (
        (f"topic={trees.topic.key}", [trees]), ("round=coding&level=3", [folds]), (f"item={item.key}", [folds]),
        ("q=why+trees", [trees]), ("role=research&q=why", [trees, folds]), ("level=9", []), ("topic=no", []),
    ):  # fmt: skip
        page = client.get(f"/study/questions/?{asked}")
        assert [row["pk"] for row in page.context["rows"]] == [row.pk for row in found], asked
    client.post("/study/questions/add/", {"round": "coding"})
    client.post("/study/questions/add/", {"question": trees.pk})
    assert set(Card.objects.values_list("question", flat=True)) == {trees.pk, folds.pk}


def test_ones_own_question_from_a_note_is_ones_own(sign_in, amara, bela):
    note = Note.write(by=amara, text="Bagging lowers *variance*.")
    client = sign_in(amara)
    assert "variance" in client.get(f"/study/questions/write/?note={note.pk}").content.decode()
    assert "variance" not in sign_in(bela).get(f"/study/questions/write/?note={note.pk}").content.decode()
    sent = {"text": "What does bagging do?", "covers": "- Variance\n\n- Not bias", "round": "depth", "level": 2}
    page = client.post("/study/questions/write/", sent | {"note": note.pk})
    question = Question.objects.get()
    assert page.url == question.get_absolute_url()
    assert (question.note, question.covers, question.person) == (note, ["Variance", "Not bias"], amara)
    assert Card.objects.get().question == question
    assert sign_in(bela).get(page.url).status_code == 404
    refused = client.post("/study/questions/write/", {"text": "Kept", "covers": " ", "round": "depth", "level": 2})
    assert (refused.status_code, "Kept" in refused.content.decode()) == (422, True)
    edit = f"{page.url}edit/"
    client.post(edit, sent | {"text": "What does it do?", "version": 1})
    lost = client.post(edit, sent | {"text": "Mine", "version": 1})
    assert (lost.status_code, "Mine" in lost.content.decode(), "What does it do?" in lost.content.decode()) == (
        409, True, True,
    )  # fmt: skip
    client.post(f"{page.url}retire/")
    assert client.get("/study/practice/").context.get("asked") is None
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("many", [1, 30])
def test_pages_cost_the_same_however_many(sign_in, amara, many, django_assert_max_num_queries):
    for _ in range(many):
        card = make_card(amara)
    card.rate(4, version=0)
    client = sign_in(amara)
    client.get("/study/practice/")
    for path, most in (("/study/practice/", 6), ("/study/practice/figures/", 7), ("/study/questions/", 6)):
        with django_assert_max_num_queries(most):
            client.get(path)


def test_how_much_is_wanted(sign_in, amara):
    client = sign_in(amara)
    assert client.post("/study/practice/figures/", {"new_a_day": 101, "wanted": 90}).status_code == 422
    assert client.post("/study/practice/figures/", {"new_a_day": 3, "wanted": 85}).status_code == 302
    assert (PracticePlan.of(amara).new_a_day, PracticePlan.of(amara).wanted) == (3, 85)


def test_the_api_has_the_same_practice(sign_in, amara, bela):
    question, client = make_question(), sign_in(amara)

    def post(path, data=None):
        return client.post(f"/api/v1/{path}", data or {}, content_type="application/json")

    assert post("interview-questions/add/", {"round": "breadth"}).json() == {"added": 1}
    today = client.get("/api/v1/practice/").json()
    card = today["card"]
    assert (card["question"]["id"], today["left"]["new"], set(today["would_be"])) == (question.pk, 1, set("1234"))
    address = f"cards/{card['id']}/rate/"
    assert post(address, {"rating": 3, "version": 0}).status_code == 201
    assert post(address, {"rating": 3, "version": 0}).json()["code"] == "rated_meanwhile"
    assert sign_in(bela).get(f"/api/v1/cards/{card['id']}/").status_code == 404
    assert post("practice/undo/").json()["last_review"] is None
    own = post("interview-questions/", {"text": "Why?", "covers": ["Because"]}).json()
    assert (own["own"], post(f"interview-questions/{own['id']}/practise/").json()) == (True, {"added": 0})
    assert client.delete(f"/api/v1/interview-questions/{question.pk}/").status_code == 404
    assert len(client.get("/api/v1/practice/figures/").json()["forecast"]) == 14
