"""A cohort's own questions: asked by its admin, answered in the form, retired once answered."""

import pytest

from mentorship.cohorts import asking
from mentorship.cohorts.models import Application, ApplicationAnswer, ApplicationQuestion
from mentorship.common.errors import Refused
from tests import factory

ANSWERS = {"motivation": "To switch.", "background": "Physics.", "goal": "A job.", "hours_a_week": "10", "link": ""}
STANDARD = ANSWERS | {"hours_a_week": 10}


@pytest.fixture
def laptop(open_cohort, ada):
    return ApplicationQuestion.ask(cohort=open_cohort, by=ada, label="Which machine do you use?", required=True)


@pytest.fixture
def evening(open_cohort, ada):
    fields = {"kind": "choice", "label": "Which evening?", "choices": ["Monday", "Thursday"]}
    return ApplicationQuestion.ask(cohort=open_cohort, by=ada, **fields)


def test_an_admin_adds_words_anew_orders_and_removes(sign_in, ada, open_cohort):
    client, page = sign_in(ada), f"/cohorts/{open_cohort.slug}/questions/"
    assert "asks nothing of its own yet" in client.get(page).text
    said = {
        "label": "Which evening?",
        "kind": "choice",
        "choices": " Monday \n\nThursday\nMonday",
        "help": "",
        "required": "on",
    }
    assert client.post(page, said).url == page
    client.post(page, {"label": "A link?", "kind": "link"})
    first, second = ApplicationQuestion.objects.asked()
    assert (first.choices, first.required, second.choices) == (["Monday", "Thursday"], True, [])
    client.post(f"{page}{second.pk}/move/", {"step": "-1"})
    client.post(f"{page}{second.pk}/move/", {"step": "-1"})  # it is the first already
    assert list(ApplicationQuestion.objects.asked()) == [second, first]
    client.post(f"{page}{second.pk}/", {"label": "<b>Your site</b>?", "kind": "link", "help": "<i>any</i>"})
    assert "&lt;b&gt;Your site&lt;/b&gt;?" in client.get(page).text
    client.post(f"{page}{first.pk}/remove/")
    assert list(ApplicationQuestion.objects.all()) == [second]


@pytest.mark.parametrize(
    "said",
    [
        {"label": "", "kind": "text"},
        {"label": "x" * 201, "kind": "text"},
        {"label": "One choice?", "kind": "choice", "choices": "Only this"},
        {"label": "Too many?", "kind": "choice", "choices": "\n".join(map(str, range(21)))},
        {"label": "Odd", "kind": "colour"},
        {"label": "a\0b", "kind": "text"},
    ],
)
def test_what_is_wrong_is_said_at_the_field(sign_in, ada, open_cohort, said):
    answer = sign_in(ada).post(f"/cohorts/{open_cohort.slug}/questions/", said)
    assert answer.status_code == 422
    assert "errorlist" in answer.text
    assert not ApplicationQuestion.objects.exists()


def test_the_form_asks_them_and_keeps_the_answers(sign_in, ada, olga, open_cohort, laptop, evening):
    client, page = sign_in(olga), f"/cohorts/{open_cohort.slug}/apply/"
    form = client.get(page).text
    assert form.index("Which machine") < form.index("Which evening?")
    refused = client.post(page, ANSWERS | {evening.name: "Monday"})
    assert refused.status_code == 422
    assert "This field is required" in refused.text
    client.post(page, ANSWERS | {laptop.name: "<script>alert(1)</script>", evening.name: "Monday"})
    row = Application.objects.get()
    assert dict(row.own_answers.values_list("question", "text")) == {
        laptop.pk: "<script>alert(1)</script>", evening.pk: "Monday",
    }  # fmt: skip
    for reader, address in ((olga, f"/cohorts/{open_cohort.slug}/application/"), (ada, row.get_absolute_url())):
        text = sign_in(reader).get(address).text
        assert "&lt;script&gt;alert(1)" in text
        assert "Which evening?" in text
    client.post(page, ANSWERS | {laptop.name: "A better one", evening.name: ""})
    assert [said.text for said in row.own_answers.all()] == ["A better one"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "x" * 301), ("long", "x" * 10_000), ("choice", "Sunday"), ("hours", "81"), ("hours", "many"),
        ("timezone", "Mars/Olympus"), ("link", "javascript:alert(1)"), ("text", "a\0b"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_comes_back_at_its_field(sign_in, ada, olga, open_cohort, kind, value):
    choices = {"choices": ["Monday", "Thursday"]} if kind == "choice" else {}
    row = ApplicationQuestion.ask(cohort=open_cohort, by=ada, kind=kind, label="A question", **choices)
    answer = sign_in(olga).post(f"/cohorts/{open_cohort.slug}/apply/", ANSWERS | {row.name: value})
    assert answer.status_code == 422
    assert "errorlist" in answer.text
    assert "To switch." in answer.text
    with pytest.raises(Refused) as refusal:
        Application.apply(cohort=open_cohort, person=olga, answers=STANDARD, own={row.pk: value})
    assert refusal.value.code == "answer"
    assert not Application.objects.exists()
    assert asking.problem(row, value)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("hours", "7", "7"), ("hours", "0", "0"), ("timezone", "Africa/Lagos", "Africa/Lagos"),
        ("link", "example.org/me", "https://example.org/me"), ("long", "a\r\nb", "a\nb"),
    ],
)  # fmt: skip
def test_answers_of_each_kind(ada, olga, open_cohort, kind, value, kept):
    row = ApplicationQuestion.ask(cohort=open_cohort, by=ada, kind=kind, label="A question", required=True)
    Application.apply(cohort=open_cohort, person=olga, answers=STANDARD, own={row.pk: value})
    assert ApplicationAnswer.objects.get().text == kept


def test_one_that_was_answered_is_retired_and_its_answers_stay(sign_in, ada, olga, open_cohort, laptop):
    row = Application.apply(cohort=open_cohort, person=olga, answers=STANDARD, own={laptop.pk: "An old one"})
    client = sign_in(ada)
    client.post(f"/cohorts/{open_cohort.slug}/questions/{laptop.pk}/remove/")
    assert "Not asked any more" in client.get(f"/cohorts/{open_cohort.slug}/questions/").text
    assert client.post(f"/cohorts/{open_cohort.slug}/questions/{laptop.pk}/remove/").status_code == 404
    answer = sign_in(olga).post(f"/cohorts/{open_cohort.slug}/apply/", ANSWERS | {laptop.name: "Too late"})
    assert answer.status_code == 302
    assert row.own_answers.get().text == "An old one"
    assert "An old one" in client.get(row.get_absolute_url()).text


def test_what_was_answered_keeps_its_kind(ada, olga, open_cohort, laptop):
    Application.apply(cohort=open_cohort, person=olga, answers=STANDARD, own={laptop.pk: "An old one"})
    with pytest.raises(Refused) as refusal:
        laptop.change(by=ada, kind="hours")
    assert refusal.value.code == "answered"


def test_twenty_are_enough_and_a_finished_cohort_asks_nothing_new(ada, open_cohort):
    for number in range(20):
        ApplicationQuestion.ask(cohort=open_cohort, by=ada, label=f"Question {number}")
    with pytest.raises(Refused) as refusal:
        ApplicationQuestion.ask(cohort=open_cohort, by=ada, label="One more")
    assert refusal.value.code == "too_many"
    with pytest.raises(Refused) as refusal:
        ApplicationQuestion.ask(cohort=factory.make_cohort(state="finished"), by=ada, label="Late")
    assert refusal.value.code == "cohort_over"
