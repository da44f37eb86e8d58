"""Who applies accepts the charter along, in the version that they have read."""

import pytest

from mentorship.cohorts.models import Application, CharterAcceptance
from mentorship.common.errors import Refused
from tests import factory
from tests.guests import make_charter, make_invitation

ANSWERS = {"motivation": "I want to.", "background": "Python.", "goal": "A job.", "hours_a_week": 10}
TICKED = {"charter-accepts": "on", "charter-version": 1}


@pytest.fixture
def charter(open_cohort, ada):
    return make_charter(open_cohort, ada)


def test_the_form_asks_for_it_and_keeps_who_when_which(sign_in, olga, charter, open_cohort):
    client, address = sign_in(olga), f"/cohorts/{open_cohort.slug}/apply/"
    assert "We are on time" in client.get(address).text
    wrong = client.post(address, ANSWERS | {"charter-version": 1})
    assert wrong.status_code == 422
    assert "Tick this to join." in wrong.text
    assert "I want to." in wrong.text
    assert not Application.objects.exists()
    assert client.post(address, ANSWERS | TICKED).status_code == 302
    row = CharterAcceptance.objects.get()
    assert (row.person, row.charter) == (olga, charter)


def test_a_version_that_was_replaced_meanwhile_is_read_again(sign_in, olga, charter, open_cohort, ada):
    make_charter(open_cohort, ada, "## Other words")
    answer = sign_in(olga).post(f"/cohorts/{open_cohort.slug}/apply/", ANSWERS | TICKED)
    assert answer.status_code == 422
    assert "has changed meanwhile" in answer.text
    assert "Other words" in answer.text
    assert not CharterAcceptance.objects.exists()
    assert not Application.objects.exists()


def test_who_has_accepted_it_is_not_asked_again(sign_in, olga, charter, open_cohort):
    charter.accept(by=olga)
    assert "charter-accepts" not in sign_in(olga).get(f"/cohorts/{open_cohort.slug}/apply/").text
    Application.apply(cohort=open_cohort, person=olga, answers=ANSWERS)


def test_the_verb_refuses_without(olga, charter, open_cohort):
    with pytest.raises(Refused) as refusal:
        Application.apply(cohort=open_cohort, person=olga, answers=ANSWERS)
    assert refusal.value.code == "charter"


def test_the_api(sign_in, olga, charter, open_cohort):
    client = sign_in(olga)
    send = lambda **more: client.post(  # noqa: E731
        "/api/v1/applications/", ANSWERS | {"cohort": open_cohort.slug} | more, content_type="application/json"
    )
    refused = send()
    assert (refused.status_code, refused.json()["code"]) == (409, "charter")
    found = client.get(f"/api/v1/charters/{open_cohort.slug}/").json()
    assert (found["version"], found["accepted"]) == (1, False)
    assert send(charter=1).status_code == 201
    assert client.get(f"/api/v1/charters/{open_cohort.slug}/").json()["accepted"]


def test_members_accept_by_the_api(sign_in, amara, cohort, ada):
    make_charter(cohort, ada)
    address = f"/api/v1/charters/{cohort.slug}/accept/"
    post = lambda version: sign_in(amara).post(address, {"version": version}, content_type="application/json")  # noqa: E731
    assert post(2).status_code == 409
    assert post(1).json()["accepted"] is True
    assert post(0).status_code == 400


def test_invitations_by_the_api(sign_in, ada, amara, open_cohort):
    client, address = sign_in(ada), "/api/v1/invitations/"
    send = lambda **more: client.post(  # noqa: E731
        address, {"cohort": open_cohort.slug, "address": "lena@example.org"} | more, content_type="application/json"
    )
    made = send(name="Lena")
    assert (made.status_code, made.json()["state"]) == (201, "open")
    assert "digest" not in made.json()
    assert (send().status_code, send(address="x").status_code, send(role="owner").status_code) == (409, 400, 400)
    make_invitation(open_cohort, ada, "late@example.org", at=factory.days_ago(8))
    late = client.get(f"{address}?state=expired&cohort={open_cohort.slug}").json()["results"]
    assert [row["address"] for row in late] == ["late@example.org"]
    assert client.get(f"{address}?state=lost").status_code == 400
    assert client.post(f"{address}{late[0]['id']}/resend/").json()["state"] == "open"
    assert client.post(f"{address}{late[0]['id']}/revoke/").json()["state"] == "revoked"
    assert sign_in(amara).get(address).json()["results"] == []
