"""How long one stays signed in, and signing other devices out."""

import pytest
from django.test import Client

from mentorship.people.middleware import DAY, HOUR
from tests.factory import PASSWORD


def age(client, **seconds):
    """Make the session older: `began` and `seen` seconds ago."""
    session = client.session
    for name, ago in seconds.items():
        session[name] -= ago
    session.save()


@pytest.fixture
def opened(sign_in):
    def opened(person):
        client = sign_in(person)
        client.get("/home/")
        return client

    return opened


def test_thirty_days_end_it(opened, olga):
    client = opened(olga)
    age(client, began=30 * DAY - 60)
    assert client.get("/home/").status_code == 200
    age(client, began=120)
    assert client.get("/home/").status_code == 302


def test_twelve_hours_end_an_admins(opened, ada, emre):
    for person, expected in ((ada, 302), (emre, 200)):
        client = opened(person)
        age(client, began=12 * HOUR + 60)
        assert client.get("/home/").status_code == expected


def test_fourteen_days_without_use_end_it(opened, olga):
    client = opened(olga)
    age(client, began=15 * DAY, seen=14 * DAY + 60)
    assert client.get("/home/").status_code == 302


def test_use_prolongs_it_with_one_write_a_day(opened, olga):
    client = opened(olga)
    age(client, began=5 * DAY, seen=2 * DAY)
    assert "session" in client.get("/home/").cookies
    assert "session" not in client.get("/home/").cookies


def test_signing_in_rotates_the_key(client, olga, log_in):
    client.get("/accounts/login/")
    log_in(client, "nobody@example.org", "wrong")
    before = client.session.session_key
    log_in(client, olga.email)
    assert client.session.session_key != before


def test_other_devices_are_signed_out(olga, log_in):
    here, there = Client(HTTP_USER_AGENT="Mozilla Firefox on Linux"), Client()
    for client in (here, there):
        log_in(client, olga.email)
    page = here.get("/accounts/sessions/").content.decode()
    assert "Firefox on Linux" in page
    here.post("/accounts/sessions/")
    assert here.get("/home/").status_code == 200
    assert there.get("/home/").status_code == 302


def test_a_new_password_signs_other_devices_out(olga, log_in):
    here, there = Client(), Client()
    for client in (here, there):
        log_in(client, olga.email)
    new = "four quite unrelated words"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/home/").status_code == 200
    assert there.get("/home/").status_code == 302
