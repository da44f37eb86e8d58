"""Sign-up: name, address, password; nothing opens before the address is confirmed."""

import threading

import pytest
from allauth.account.models import EmailConfirmationHMAC
from django.core import mail
from django.db import connection
from django.test import Client

from mentorship.notifications.delivery import deliver_due
from mentorship.people.models import User
from tests.factory import PASSWORD, make_person
from tests.people.conftest import letters


def test_a_newcomer_confirms_the_address_and_is_signed_in(client, db, sign_up, link):
    assert sign_up(client).url == "/accounts/confirm-email/"
    person = User.objects.get(email="lena@example.org")
    assert (person.name, person.handle, person.timezone) == ("Lena Fischer", "lena-fischer", "Europe/Vienna")
    assert client.get("/home/").url.startswith("/accounts/login/")

    answer = client.post(link(), follow=True)

    assert answer.redirect_chain[-1][0] == "/settings/profile/"
    assert client.get("/home/").status_code == 200


def test_where_one_wanted_to_go_is_remembered(client, db, sign_up, link):
    sign_up(client, next="/streams/")
    assert client.post(link()).url == "/streams/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_no_way_leads_to_another_site(client, db, sign_up, link, target):
    sign_up(client, next=target)
    assert client.post(link()).url == "/settings/profile/"


def test_the_link_alone_does_not_sign_another_browser_in(client, db, sign_up, link):
    sign_up(client)
    other = Client()
    other.post(link())
    assert other.get("/home/").status_code == 302


def test_an_unknown_zone_becomes_utc(client, db, sign_up):
    sign_up(client, timezone="Moon/Crater")
    assert User.objects.get().timezone == "UTC"


def test_a_known_address_answers_like_a_new_one(client, olga, sign_up):
    new, known = sign_up(client), sign_up(Client(), email=olga.email.upper())
    assert (known.status_code, known.url) == (new.status_code, new.url)
    assert known.headers.keys() == new.headers.keys()
    assert User.objects.filter(email__iexact=olga.email).count() == 1
    letter = letters()[-1]
    assert (letter.address, letter.title) == (olga.email, "You have an account already")


def test_mails_come_as_text_and_html_with_our_address(client, db, sign_up):
    sign_up(client)
    deliver_due()
    message = mail.outbox[0]
    html, kind = message.alternatives[0]
    assert (message.to, message.subject, kind) == (["lena@example.org"], "Confirm your address", "text/html")
    assert "Welcome, Lena Fischer." in message.body
    assert 'class="button" href="http://testserver/accounts/confirm-email/' in html


def test_a_short_password_is_said_at_its_field(client, db, sign_up):
    answer = sign_up(client, password1="short")
    assert "too short" in answer.context["form"].errors["password1"][0]
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("email", ["lena@example.org", "lena-{}@example.org"], ids=["one address", "one name"])
def test_two_at_once(sign_up, email):
    """Two people of one name get two handles; one address gets one account; nobody gets a 500."""
    answers = []

    def run(number):
        answers.append(sign_up(Client(), email=email.format(number)).status_code)
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 4
    assert User.objects.count() == len({email.format(number) for number in range(4)})


def test_who_only_claimed_an_address_makes_room_for_its_owner(client, db, sign_up):
    sign_up(Client(), email="house@example.org")
    owner = make_person("Owner")
    address = owner.emailaddress_set.create(email="house@example.org", verified=False, primary=False)

    client.post(f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/")

    owner.refresh_from_db()
    assert owner.email == "house@example.org"
    assert User.objects.count() == 1


def test_passwords_are_not_told_apart_by_case_of_the_address(client, olga, log_in):
    assert log_in(client, olga.email.title(), PASSWORD).status_code == 302
