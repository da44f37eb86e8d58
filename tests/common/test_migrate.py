"""A migration does not wait long for a table that others use."""

import pytest
from django.core.management import call_command
from django.db import connection


def shown() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_migrate_gives_up_after_three_seconds():
    before = shown()
    try:
        call_command("migrate", verbosity=0)
        assert shown() == "3s"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [before])
