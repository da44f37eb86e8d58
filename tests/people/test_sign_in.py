"""Sign-in: one answer for what is wrong, five tries, also while Redis is away."""

import pytest
from django.core.cache import cache
from django.test import Client

from mentorship.common.cache import RedisOrDatabaseCache


def text(answer):
    return [str(error) for error in answer.context["form"].non_field_errors()]


def test_right_and_wrong(client, olga, log_in):
    assert text(log_in(client, olga.email, "wrong")) == ["This address and this password do not go together."]
    assert log_in(client, olga.email, next="/streams/").url == "/streams/"


def test_next_stays_here(client, olga, log_in):
    assert log_in(client, olga.email, next="https://evil.example/").url == "/home/"


def test_an_unknown_address_answers_alike(client, olga, log_in):
    known, unknown = log_in(client, olga.email, "wrong"), log_in(Client(), "nobody@example.org", "wrong")
    assert known.status_code == unknown.status_code
    assert text(known) == text(unknown)


def test_the_sixth_try_is_refused_even_with_the_password(client, olga, log_in):
    for _ in range(5):
        log_in(client, olga.email, "wrong")
    assert text(log_in(Client(), olga.email)) == ["Too many attempts. Wait five minutes, or reset your password."]


def test_the_thirty_first_post_of_an_address_is_429(client, db, log_in):
    for number in range(30):
        log_in(client, f"person-{number}@example.org", "wrong")
    answer = log_in(client, "other@example.org", "wrong")
    assert answer.status_code == 429
    assert b"Too many tries" in answer.content


@pytest.fixture
def no_redis(settings):
    """Nobody listens on port 1."""
    default = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = settings.CACHES | {"default": default}
    yield
    RedisOrDatabaseCache.away_until = 0.0


def test_limits_hold_while_redis_is_away(no_redis, client, olga, log_in):
    cache.set("probe", 1)
    assert cache.get("probe") == 1  # the table answers
    for _ in range(5):
        log_in(client, olga.email, "wrong")
    assert text(log_in(Client(), olga.email)) == ["Too many attempts. Wait five minutes, or reset your password."]


def test_signing_in_works_while_redis_is_away(no_redis, client, olga, log_in):
    assert log_in(client, olga.email).url == "/home/"
    assert client.get("/home/").status_code == 200


def test_a_closed_account_stays_out(client, olga, log_in):
    olga.is_active = False
    olga.save(update_fields=["is_active"])
    log_in(client, olga.email)
    assert client.get("/home/").status_code == 302
    assert client.get("/accounts/inactive/").status_code == 200


@pytest.mark.parametrize(
    ("path", "times", "fields"),
    [
        ("/accounts/signup/", 20, {"name": "Lena", "email": "lena@example.org", "password1": "short"}),
        ("/accounts/password/reset/", 5, {"email": "lena@example.org"}),
    ],
)
def test_signing_up_and_resetting_have_an_end(client, db, path, times, fields):
    for _ in range(times):
        assert client.post(path, fields).status_code in {302, 422}
    assert client.post(path, fields).status_code == 429
