"""Saying how a change was addressed before the next round is handed in."""

import json

import pytest

from mentorship.common.errors import Refused
from tests import factory


@pytest.fixture
def request_(submission, mateo):
    factory.make_review(submission, mateo)
    return submission.change_requests.get()


def refused(code, request, by, text="So."):
    with pytest.raises(Refused) as refusal:
        request.prepare(by=by, text=text)
    assert refusal.value.code == code


def test_a_note_waits_for_the_next_round(request_, submission, amara, sign_in):
    request_.prepare(by=amara, text="Recall beside it.")
    assert request_.state == "open"
    page = sign_in(amara).get(f"/submissions/{submission.pk}/hand-in/").content.decode()
    assert "Recall beside it.</textarea>" in page
    work = factory.make_work(submission.project, addressed={request_.pk: "Recall beside it."})
    submission.hand_in(by=amara, work=work)
    request_.refresh_from_db()
    assert (request_.state, request_.prepared) == ("addressed", "")


def test_only_whose_work_it_is_and_only_in_their_turn(request_, submission, amara, mateo, bela):
    for person in (mateo, bela):
        refused("not_yours", request_, person)
    refused("too_long", request_, amara, "x" * 4001)
    submission.hand_in(by=amara, work=factory.make_work(submission.project))
    refused("not_your_turn", request_, amara)


def test_on_the_page(request_, submission, amara, mateo, sign_in):
    client, address = sign_in(amara), f"/change-requests/{request_.pk}/prepare/"
    assert client.post(address, {"prepared": "Recall beside it."}).url.startswith(submission.get_absolute_url())
    assert "Recall beside it." in client.get(submission.get_absolute_url()).content.decode()
    assert "Recall beside it." not in sign_in(mateo).get(submission.get_absolute_url()).content.decode()
    fragment = client.post(address, {"prepared": "Recall too."}, headers={"HX-Request": "true"}).content.decode()
    assert fragment.startswith("<details")
    assert "Recall too." in fragment
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.post(address, {"prepared": "x" * 4001}, headers=headers)
        assert answer.status_code == 409
        assert "x" * 4001 in answer.content.decode()


def test_by_the_api(request_, amara, bela, sign_in):
    address = f"/api/v1/change-requests/{request_.pk}/prepare/"
    said = json.dumps({"text": "Recall."})
    assert sign_in(bela).put(address, said, content_type="application/json").status_code == 404
    answer = sign_in(amara).put(address, said, content_type="application/json").json()
    assert (answer["state"], answer["prepared"]) == ("open", "Recall.")
