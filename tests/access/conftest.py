"""The world of the access tests stands once per process, in a transaction of its own: to make it takes longer than all
the calls of one URL. What a call changes is undone, and so is what a test changes."""

import pytest
from django.db import transaction
from django.test import Client

from tests.access.world import make_world


@pytest.fixture(scope="package")
def standing_world(django_db_setup, django_db_blocker):
    """The world, and in `cookies` what signs each role in."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        world.cookies = {role: cookies_of(person) for role, person in world.people.items()}
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(standing_world, db, monkeypatch):
    """The standing world, for one test. All of them together call the API more often than one person may in an hour."""
    monkeypatch.setattr("rest_framework.views.APIView.throttle_classes", [])
    return standing_world


def cookies_of(person) -> dict[str, str]:
    client = Client()
    if person is not None:
        client.force_login(person)
    return {name: morsel.value for name, morsel in client.cookies.items()}
