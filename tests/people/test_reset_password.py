"""A forgotten password, and a changed address."""

from django.test import Client

from mentorship.people.models import User
from tests.factory import PASSWORD
from tests.people.conftest import letters


def ask(client, email):
    return client.post("/accounts/password/reset/", {"email": email})


def test_the_link_sets_a_new_password(client, olga, log_in, link):
    ask(client, olga.email.upper())
    form = client.get(link(), follow=True)
    new = "four quite unrelated words"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert log_in(Client(), olga.email, new).status_code == 302
    assert "Your password was set anew" in [letter.title for letter in letters()]


def test_an_unknown_address_answers_alike(client, olga):
    known, unknown = ask(client, olga.email), ask(Client(), "nobody@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert letters()[-1].title == "This address has no account"


def test_the_link_works_once(client, olga, link):
    ask(client, olga.email)
    used = link()
    form = client.get(used, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "four unrelated words", "password2": "four unrelated words"})
    assert b"no longer good" in Client().get(used, follow=True).content


def confirm_password(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def change_address(client, email):
    return client.post("/accounts/email/", {"email": email, "action_add": ""})


def test_a_new_address_counts_once_it_is_confirmed(sign_in, olga, link):
    client, before = sign_in(olga), olga.email
    confirm_password(client)
    change_address(client, "Olga.New@Example.org")
    olga.refresh_from_db()
    assert olga.email == before

    client.post(link())

    olga.refresh_from_db()
    assert olga.email == "olga.new@example.org"
    assert letters()[-1].address == before
    assert letters()[-1].title == "Your address was changed"


def test_somebody_elses_address_answers_alike_and_cannot_be_taken(sign_in, olga, bela, link):
    client = sign_in(olga)
    confirm_password(client)
    free, taken = change_address(client, "free@example.org"), change_address(client, bela.email.upper())
    assert (free.status_code, free.url) == (taken.status_code, taken.url)
    client.post(link())
    assert User.objects.get(email=bela.email) == bela


def test_the_address_needs_the_password_again(sign_in, olga):
    assert change_address(sign_in(olga), "new@example.org").url.startswith("/accounts/reauthenticate/")
