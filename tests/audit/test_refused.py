"""What somebody who is signed in tried and was refused is kept, though the try itself was rolled back."""

import pytest

from mentorship.home.audit import tries
from mentorship.people import tokens
from mentorship.people.models import Event
from tests import factory


@pytest.fixture
def full(stream, olga):
    cohort = factory.make_cohort(stream=stream, state="open", seats=1)
    factory.make_membership(cohort, factory.make_person())
    return factory.make_application(cohort, olga)


def address(application, verb="accept"):
    return f"/cohorts/{application.cohort.slug}/applications/{application.pk}/{verb}/"


def test_a_page_that_catches_the_refusal(sign_in, ada, full):
    assert sign_in(ada).post(address(full)).status_code == 409
    row = Event.objects.get(verb="refused")
    assert (row.actor, row.subject_type, row.subject_id) == (ada, "cohorts.cohort", full.cohort_id)
    assert row.cohort_id == full.cohort_id
    assert row.detail == {
        "tried": "cohorts:accept", "path": address(full), "code": "full",
        "said": "Every seat is taken. Free one, add one, or use the waiting list.",
    }  # fmt: skip
    assert not Event.objects.filter(verb="accept").exists()


def test_the_api_with_a_token(client, ada, full):
    _, secret = tokens.issue(person=ada, name="script")
    answer = client.post(
        f"/api/v1/applications/{full.pk}/accept/", headers={"Authorization": f"Token {secret}"},
        content_type="application/json", data="{}",
    )  # fmt: skip
    assert answer.status_code == 409
    row = Event.objects.get(verb="refused")
    assert (row.actor, row.subject_type, row.subject_id) == (ada, "cohorts.application", full.pk)


def test_who_may_not_leaves_nothing(sign_in, olga, full):
    assert sign_in(olga).post(address(full)).status_code == 404
    assert sign_in().post(address(full)).status_code == 302
    assert not Event.objects.filter(verb="refused").exists()


def test_nobody_fills_the_history_by_trying(sign_in, ada, full, monkeypatch):
    monkeypatch.setattr(tries, "AN_HOUR", 3)
    client = sign_in(ada)
    for _ in range(6):
        client.post(address(full))
    assert Event.objects.filter(verb="refused").count() == 3


def test_one_request_with_many_refusals_keeps_some(rf, ada):
    request = rf.post("/")
    request.user, request.resolver_match = ada, None
    tries.keep(request, [tries.Refused(f"No {number}.") for number in range(50)])
    assert Event.objects.filter(verb="refused").count() == tries.A_REQUEST


def test_a_history_that_cannot_be_written_costs_nobody_an_answer(sign_in, ada, full, monkeypatch, caplog):
    monkeypatch.setattr(tries, "keep", lambda *_: 1 / 0)
    assert sign_in(ada).post(address(full)).status_code == 409
    assert "was not kept" in caplog.text
