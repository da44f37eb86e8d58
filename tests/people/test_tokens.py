"""Keys to the API: shown once, hashed, with an end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.people import tokens
from mentorship.people.models import Token
from tests.factory import PASSWORD


def ask(secret, path="/api/v1/me/", **more):
    return Client().get(path, headers={"Authorization": f"Token {secret}"}, **more)


@pytest.fixture
def confirmed(sign_in, olga):
    """Olga, who gave her password again a moment ago."""
    client = sign_in(olga)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_a_token_is_shown_once_and_kept_hashed(confirmed, olga):
    answer = confirmed.post("/settings/tokens/", {"name": "laptop", "days": 30})
    secret = answer.context["secret"]
    assert secret.encode() in answer.content
    assert "no-store" in answer.headers["Cache-Control"]
    assert secret.encode() not in confirmed.get("/settings/tokens/").content
    token = Token.objects.get()
    assert secret not in {token.digest, token.prefix}
    assert token.digest == tokens.digest(secret)
    assert ask(secret).json()["handle"] == olga.handle


def test_making_one_needs_the_password_again_and_keeps_what_was_typed(sign_in, olga):
    client = sign_in(olga)
    asked = client.post("/settings/tokens/", {"name": "laptop", "days": 30})
    assert asked.url.startswith("/accounts/reauthenticate/")
    answer = client.post(asked.url, {"password": PASSWORD, "next": "/settings/tokens/"})
    assert b"laptop is ready" in answer.content


@pytest.mark.parametrize("days", [0, 366, -1, "x", ""])
def test_an_expiry_out_of_range_is_said_at_its_field(confirmed, days):
    answer = confirmed.post("/settings/tokens/", {"name": "laptop", "days": days})
    assert answer.status_code == 422
    assert answer.context["form"].errors["days"]
    assert not Token.objects.exists()


def test_a_revoked_token_opens_nothing(confirmed, olga):
    token, secret = tokens.issue(person=olga, name="laptop")
    assert ask(secret).status_code == 200
    confirmed.post(f"/settings/tokens/{token.pk}/revoke/")
    assert ask(secret).status_code == 401


def test_nobody_revokes_anothers(sign_in, olga, bela):
    token, secret = tokens.issue(person=olga, name="laptop")
    assert sign_in(bela).post(f"/settings/tokens/{token.pk}/revoke/").status_code == 404
    assert ask(secret).status_code == 200


@pytest.mark.parametrize("secret", ["mlm_wrong", "", "mlm_ä", "x y"])
def test_a_wrong_token_is_401(db, secret):
    assert ask(secret).status_code == 401


def test_an_expired_token_is_401(olga):
    _token, secret = tokens.issue(person=olga, name="old", days=1, at=timezone.now() - timedelta(days=1, minutes=1))
    assert ask(secret).status_code == 401


def test_a_token_dies_with_the_account(olga):
    _token, secret = tokens.issue(person=olga, name="laptop")
    olga.is_active = False
    olga.save(update_fields=["is_active"])
    assert ask(secret).status_code == 401


def test_there_is_an_end_to_how_many(olga):
    for number in range(tokens.MAX_ACTIVE):
        tokens.issue(person=olga, name=str(number))
    with pytest.raises(Refused, match="Revoke one"):
        tokens.issue(person=olga, name="one more")


def test_use_is_written_once_an_hour(olga):
    token, secret = tokens.issue(person=olga, name="laptop")
    ask(secret)
    token.refresh_from_db()
    first = token.used_at
    ask(secret)
    token.refresh_from_db()
    assert first is not None
    assert token.used_at == first


def test_too_many_calls_are_throttled(olga, bela, monkeypatch):
    from mentorship.people.authentication import TokenThrottle

    monkeypatch.setattr(TokenThrottle, "THROTTLE_RATES", {"token": "3/hour"})
    _token, secret = tokens.issue(person=olga, name="laptop")
    _other, other = tokens.issue(person=bela, name="laptop")
    assert [ask(secret).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert ask(other).status_code == 200
