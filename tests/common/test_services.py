"""Tests that run side by side share no queue and no cache."""

import os

import pytest
from django.conf import settings

from tests.services import own_database


@pytest.mark.parametrize(
    ("url", "own"),
    [("redis://:secret@host:6379/0", "redis://:secret@host:6379/3"), ("redis://host", "redis://host/3")],
)
def test_each_worker_of_pytest_has_a_database_of_its_own(url, own):
    assert own_database(url, "gw2") == own


def test_and_the_program_uses_it():
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    own = own_database(settings.REDIS_URL, worker) if worker else os.environ["REDIS_URL"]
    assert settings.REDIS_URL == settings.CELERY_BROKER_URL == own
