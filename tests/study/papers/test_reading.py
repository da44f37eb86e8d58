"""A paper on a list: once, three passes by their verbs, summaries that are not overwritten, its owner's alone."""

import pytest
from django.db import IntegrityError, transaction

from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere
from mentorship.study.models import Paper, PaperPass, Reading
from mentorship.study.papers.identity import identify
from tests.cohorts.test_at_once import at_once, codes
from tests.factory import make_person, make_reading


def test_the_same_paper_twice_is_one_and_two_people_share_it(sign_in, amara, bela):
    client = sign_in(amara)
    first = client.post("/study/papers/", {"paper": "arXiv:1706.03762v2", "title": "Attention"})
    again = client.post("/study/papers/", {"paper": "https://doi.org/10.48550/arXiv.1706.03762"})
    assert first.url == again.url
    make_reading(bela)
    assert (Paper.objects.count(), Reading.objects.count()) == (1, 2)
    page = client.get(first.url).content.decode()
    assert "Attention" in page
    assert "https://arxiv.org/abs/1706.03762v2" in page
    assert sign_in(bela).get(first.url).status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"paper": "not a paper"}, "Give an arXiv number"),
        ({"paper": ""}, "Say which paper"),
        ({"paper": "https://example.org/a.pdf"}, "say what the paper is called"),
        ({"paper": "1706.03762", "year": "17"}, "greater than or equal to 1600"),
        ({"paper": "1706.03762", "year": "x"}, "A year, like 2017"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_is_kept(sign_in, amara, sent, said):
    answer = sign_in(amara).post("/study/papers/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert sent["paper"] in page
    assert not Reading.objects.exists()


def test_three_passes_and_then_done(sign_in, amara):
    reading, client = make_reading(amara), sign_in(amara)
    for verb, state in (
        ("first-pass", "first"), ("second-pass", "second"), ("third-pass", "third"), ("second-pass", "second"),
        ("put-aside", "aside"), ("take-up", "second"), ("finish", "done"), ("take-up", "second"), ("finish", "done"),
    ):  # fmt: skip
        client.post(f"{reading.get_absolute_url()}{verb}/")
        reading.refresh_from_db()
        assert reading.state == state
    with pytest.raises(Refused) as refusal:
        reading.move("second_pass")
    assert refusal.value.code == "not_now"


@pytest.mark.parametrize("fields", [{"state": "read"}, {"state": "done"}, {"was": "first"}, {"year": 17}])
def test_the_database_holds_it_too(amara, fields):
    reading = make_reading(amara)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(**fields)


def test_two_windows_never_overwrite_a_summary(sign_in, amara):
    reading, client = make_reading(amara), sign_in(amara)
    address = f"{reading.get_absolute_url()}passes/1/"
    sent = {"ticked": ["headings", "introduction"], "summary": "No *recurrence*.", "version": 0}
    client.post(address, sent)
    assert client.post(address, sent).status_code == 302  # sent twice, saved once
    row = PaperPass.objects.get()
    assert (row.ticked, row.version) == (["introduction", "headings"], 1)
    assert "<em>recurrence</em>" in client.get(reading.get_absolute_url()).content.decode()
    answer = client.post(address, sent | {"summary": "Mine"})
    page = answer.content.decode()
    assert (answer.status_code, "No *recurrence*." in page, "Mine" in page) == (409, True, True)
    for bad in ({"ticked": ["nothing"]}, {"version": ""}, {"summary": "x" * 10_001}):
        assert client.post(address, sent | bad).status_code == 422


def test_by_hand_before_what_was_fetched(amara):
    reading = make_reading(amara)
    Paper.objects.update(title="Attention Is All You Need")
    reading = Reading.objects.select_related("paper").get()
    assert str(reading) == "Attention Is All You Need"
    reading.describe(title="Attention", authors="A. Vaswani", year=2017)
    assert str(reading) == "Attention"


def test_found_by_words_and_state(sign_in, amara):
    one = make_reading(amara, title="Attention")
    make_reading(amara, "1512.03385", title="Deep residual learning")
    one.note_pass(1, ticked=[], summary="without recurrence", version=0)
    client = sign_in(amara)
    for asked, there in (
        ("q=attention", True), ("q=recurrence", True), ("q=1706.03762", True), ("q=residual", False),
        ("state=done", False), ("state=to_read", True), ("state=nonsense&page=0", True), ("q=%00", True),
    ):  # fmt: skip
        page = client.get(f"/study/papers/?{asked}").content.decode()
        assert (one.get_absolute_url() in page) is there, asked


@pytest.mark.parametrize("many", [1, 15])
def test_the_list_costs_the_same_however_long(sign_in, amara, many, django_assert_max_num_queries):
    for number in range(many):
        make_reading(amara, f"1706.{number + 1:05}")
    client = sign_in(amara)
    with django_assert_max_num_queries(7):
        client.get("/study/papers/")


def test_the_api_has_the_same_list(sign_in, amara, bela):
    client = sign_in(amara)
    post = {"content_type": "application/json"}
    made = client.post("/api/v1/papers/", {"paper": "1706.03762v3", "title": "Attention"}, **post)
    again = client.post("/api/v1/papers/", {"paper": "arxiv.org/abs/1706.03762"}, **post)
    assert (made.status_code, again.status_code, again.json()["id"]) == (201, 200, made.json()["id"])
    address = f"/api/v1/papers/{made.json()['id']}/"
    assert sign_in(bela).get(address).status_code == 404
    assert client.post(f"{address}move/", {"verb": "finish"}, **post).status_code == 409
    assert client.post(f"{address}move/", {"verb": "first_pass"}, **post).json()["state"] == "first"
    assert client.get("/api/v1/papers/passes/").json()[0]["items"][0]["key"] == "title-abstract"
    said = {"ticked": ["headings"], "summary": "Short.", "version": 0}
    assert client.put(f"{address}passes/1/", said, **post).json()["passes"][0]["summary"] == "Short."
    lost = client.put(f"{address}passes/1/", said | {"summary": "Other"}, **post)
    assert (lost.status_code, lost.json()["current"]["passes"][0]["summary"]) == (409, "Short.")
    assert client.patch(address, {"year": 2017}, **post).json()["title"] == "Attention"
    assert client.post("/api/v1/papers/", {"paper": "nonsense"}, **post).json()["paper"]
    assert [row["id"] for row in client.get("/api/v1/papers/?state=first&q=atten").json()["results"]] == [
        made.json()["id"]
    ]
    assert client.delete(address).status_code == 204


@pytest.mark.django_db(transaction=True)
def test_two_at_once():
    person, identity = make_person(), identify("1706.03762")
    assert at_once([lambda: Reading.add(by=person, identity=identity)] * 3) == [None] * 3
    copies = [Reading.objects.get() for _ in range(3)]
    assert codes(at_once([lambda c=c: c.move("first_pass") for c in copies])) == ["done", "not_now", "not_now"]
    saves = [lambda c=c, n=n: c.note_pass(1, ticked=[], summary=f"{n}", version=0) for n, c in enumerate(copies)]
    assert [type(error) for error in at_once(saves) if error] == [ChangedThere] * 2
