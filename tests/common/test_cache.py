"""The cache while Redis is away, and after."""

import time
import uuid

import pytest
from django.core.cache import caches
from django.test import Client

from mentorship.common.cache import RedisOrDatabaseCache
from tests.factory import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache(settings):
    default = settings.CACHES["default"] | {"KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = settings.CACHES | {"default": default}
    yield caches["default"]
    back()
    RedisOrDatabaseCache.missed = set()


def away():
    RedisOrDatabaseCache.away_until = time.monotonic() + 3600


def back():
    RedisOrDatabaseCache.away_until = 0.0


def test_every_call_is_answered_by_the_table(cache):
    away()
    cache.set("a", 1, 100)
    assert cache.add("a", 2, timeout=None) is False
    assert cache.add("b", 2) is True
    cache.set_many({"c": 3, "d": 4}, 50)
    assert cache.incr("a") == 2
    assert cache.touch("a", 20) is True
    assert cache.get_many(["a", "b", "c", "d"]) == {"a": 2, "b": 2, "c": 3, "d": 4}
    cache.delete_many(["c"])
    assert cache.delete("d") is True
    assert ("c" in cache, cache.get("d", "gone")) == (False, "gone")


def test_what_changed_meanwhile_is_forgotten_by_both(cache):
    cache.set_many({"ended": "before", "quiet": "kept"})
    away()
    cache.delete("ended")
    cache.set("made", "meanwhile")
    back()
    assert cache.get_many(["ended", "made", "quiet"]) == {"quiet": "kept"}
    assert caches["fallback"].get("made") is None


def test_a_session_that_ended_meanwhile_stays_ended(cache):
    client = Client()
    client.force_login(make_person("Olga Ivanova"))
    assert client.get("/home/").status_code == 200
    stolen = client.cookies["session"].value
    away()
    client.post("/accounts/logout/")
    back()
    thief = Client()
    thief.cookies["session"] = stolen
    assert thief.get("/home/").status_code == 302
