"""What is sent after the session has ended waits for its writer, and for nobody else."""

import pytest
from django.http import QueryDict

from mentorship.people.models import User
from projects import kept
from projects.models import Review


@pytest.fixture
def address(waiting, mateo):
    waiting.claim(by=mateo)
    return f"/rounds/{waiting.pk}/review/"


def words(writer: User, text: str = "Typed in the dark") -> dict[str, str]:
    return {"version": "0", "summary": text, "writer": kept.writer_token(writer)}


def test_it_is_there_after_signing_in_and_gone_once_saved(sign_in, mateo, address):
    client = sign_in()
    answer = client.post(address, words(mateo))
    assert answer.url == f"/accounts/login/?next={address}"
    client.force_login(mateo)
    page = client.get(address).text
    assert "Typed in the dark" in page
    assert "not saved yet" in page
    assert not Review.objects.exists()
    client.post(address, words(mateo))
    assert Review.objects.get().summary == "Typed in the dark"
    assert "not saved yet" not in client.get(address).text


def test_another_person_does_not_get_it(sign_in, mateo, ines, waiting, address):
    client = sign_in()
    client.post(address, words(mateo))
    waiting.release(by=mateo)
    waiting.claim(by=ines)
    client.force_login(ines)
    assert "Typed in the dark" not in client.get(address).text


@pytest.mark.parametrize("data", [{}, {"writer": "1:forged"}, {"writer": ""}])
def test_a_form_that_we_gave_nobody_is_not_kept(sign_in, address, data):
    client = sign_in()
    client.post(address, {"summary": "x"} | data)
    assert kept.NAME not in client.session


def test_a_book_is_not_kept(sign_in, mateo, address):
    client = sign_in()
    client.post(address, words(mateo, "x" * kept.LONGEST))
    assert kept.NAME not in client.session


def test_scripts_keep_it_themselves(sign_in, mateo, address):
    client = sign_in()
    client.post(address, words(mateo), headers={"HX-Request": "true"})
    assert kept.NAME not in client.session


def test_words_of_one_are_not_saved_as_anothers(sign_in, mateo, ines, waiting, address):
    answer = sign_in(ines).post(address, words(mateo))
    assert answer.status_code == 404  # Inês does not hold the round
    waiting.release(by=mateo)
    waiting.claim(by=ines)
    answer = sign_in(ines).post(address, words(mateo))
    assert answer.status_code == 409
    assert "Typed in the dark" in answer.text
    assert "signed in as Inês Duarte" in answer.text
    assert not Review.objects.exists()


def test_publishing_while_signed_out_leads_back_to_the_preview(sign_in, waiting, address):
    answer = sign_in().post(f"{address}publish/")
    assert answer.url == f"/accounts/login/?next={address}preview/"


def test_the_state_says_how_it_stands_without_saving(sign_in, mateo, waiting, address):
    client = sign_in(mateo)
    client.post(address, words(mateo))
    page = client.get(f"{address}state/").text
    assert 'name="version" value="1"' in page
    assert "Yours until" in page
    assert "csrfmiddlewaretoken" in page
    waiting.submission.withdraw(by=waiting.submission.author)
    assert "This round is withdrawn" in client.get(f"{address}state/").text


def test_a_writer_is_read_from_our_own_hand_alone(mateo):
    data = QueryDict(mutable=True)
    assert kept.writer_of(data) is None
    data["writer"] = kept.writer_token(mateo)
    assert kept.writer_of(data) == mateo.pk
    data["writer"] += "x"
    assert kept.writer_of(data) is None
