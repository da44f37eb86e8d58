"""The page that asks for another pairing, without JavaScript, and the API beside it."""

import pytest

from mentorship.cohorts.models import Assignment, Swap


@pytest.fixture
def address(cohort):
    return f"/cohorts/{cohort.slug}/another-mentor/"


@pytest.fixture
def pair(cohort):
    return Assignment.objects.get()


def test_asking_and_taking_it_back(sign_in, amara, mateo, address, pair):
    amaras = sign_in(amara)
    assert "Mateo Rojas, your mentor" in amaras.get(address).text
    assert amaras.post(f"{address}{pair.pk}/ask/", {"reason": "Other hours."}).status_code == 302
    assert "With the admins" in amaras.get(address).text
    assert "With the admins" not in sign_in(mateo).get(address).text
    assert amaras.post(f"{address}{Swap.objects.get().pk}/take-back/").status_code == 302
    assert Swap.objects.get().state == "withdrawn"


def test_too_long_a_reason_is_not_lost(sign_in, amara, address, pair):
    answer = sign_in(amara).post(f"{address}{pair.pk}/ask/", {"reason": "why " * 300})
    assert answer.status_code == 422
    assert "why why why" in answer.text


def test_who_has_no_mentor_finds_no_such_page(sign_in, bela, olga, address):
    for person in (bela, olga):
        assert sign_in(person).get(address).status_code == 404


def test_an_admin_leaves_the_pair_with_a_word_on_why(sign_in, amara, ada, address, pair):
    row = Swap.ask(assignment=pair, by=amara)
    admins = sign_in(ada)
    assert admins.post(f"{address}{row.pk}/keep/", {"note": ""}).status_code == 422
    assert admins.post(f"{address}{row.pk}/keep/", {"note": "Let us talk first."}).status_code == 302
    assert "Let us talk first." in sign_in(amara).get(address).text


def test_a_pair_of_others_cannot_be_asked_about(sign_in, bela, ada, address, pair):
    assert sign_in(bela).post(f"{address}{pair.pk}/ask/").status_code == 404
    assert sign_in(ada).post(f"{address}{pair.pk}/ask/").status_code == 404


def test_the_api_does_the_same(sign_in, amara, mateo, ada, pair):
    made = sign_in(amara).post("/api/v1/swaps/", {"assignment": pair.pk})
    assert made.status_code == 201
    row = f"/api/v1/swaps/{made.json()['id']}/"
    assert sign_in(mateo).get(row).status_code == 404
    assert sign_in(ada).post(row + "decline/", {"note": "Talk first."}).json()["state"] == "declined"
    assert sign_in(amara).post(row + "withdraw/").status_code == 409
