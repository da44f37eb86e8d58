"""The second factor: required of admins and editors, asked at sign-in, secrets encrypted at rest."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from mentorship.people import tokens
from mentorship.people.models import Event
from tests.factory import PASSWORD, make_person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def test_admins_and_editors_set_one_up_first(required, sign_in, ada, emre, olga):
    for person in (ada, emre):
        assert sign_in(person).get("/home/").url == "/accounts/2fa/"
        assert sign_in(person).get("/api/v1/me/").status_code == 403
        assert b"Your role needs one" in sign_in(person).get("/accounts/2fa/").content
    assert sign_in(olga).get("/home/").status_code == 200


def test_with_one_every_page_opens_and_without_again_none(required, sign_in, ada):
    client = sign_in(ada)
    TOTP.activate(ada, SECRET)
    assert client.get("/home/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/home/").url == "/accounts/2fa/"


def test_recovery_codes_alone_are_none(required, sign_in, ada):
    Authenticator.objects.create(user=ada, type="recovery_codes", data={})
    assert sign_in(ada).get("/home/").url == "/accounts/2fa/"


def test_a_token_of_an_admin_without_one_opens_nothing(required, client, ada):
    _token, secret = tokens.issue(person=ada, name="laptop")
    assert client.get("/api/v1/me/", headers={"Authorization": f"Token {secret}"}).status_code == 401


def test_sign_in_asks_for_the_code(client, olga, log_in):
    TOTP.activate(olga, SECRET)
    assert log_in(client, olga.email).url == "/accounts/2fa/authenticate/"
    assert client.get("/home/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right" in str(wrong.context["form"].errors)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert client.get("/home/").status_code == 200


def test_a_code_opens_once(olga, log_in):
    TOTP.activate(olga, SECRET)
    now = code()
    for expected in (302, 422):
        client = Client()
        log_in(client, olga.email)
        assert client.post("/accounts/2fa/authenticate/", {"code": now}).status_code == expected


def activate(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    return client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})


@pytest.mark.django_db(transaction=True)  # the rotation comes after the commit
def test_setting_up_rotates_the_session_and_is_remembered(log_in):
    olga = make_person("Olga Ivanova")
    client = Client()
    log_in(client, olga.email)
    before = client.session.session_key
    assert activate(client).url == "/accounts/2fa/recovery-codes/"
    assert client.session.session_key != before
    assert b"this one" in client.get("/accounts/sessions/").content
    assert Event.objects.filter(verb="changed_second_factor", actor=olga).exists()


def test_secrets_are_encrypted_at_rest(sign_in, olga, settings):
    activate(sign_in(olga))
    stored = Authenticator.objects.get(type="totp")
    assert stored.data["secret"].startswith("gAAAA")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key, after rotation"
    assert not stored.wrap().validate_code("not a code")


def test_recovery_codes_are_shown_and_open_once(sign_in, olga, log_in):
    client = sign_in(olga)
    activate(client)
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    for expected in (302, 422):
        other = Client()
        log_in(other, olga.email)
        assert other.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == expected
