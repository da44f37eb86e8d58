"""The README's backup, restored elsewhere, is the same: rows equal, nothing queued to be sent again."""

import re
import shlex
import subprocess

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from mentorship.common.embedded.postgres import Postgres
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell
from tests import factory

RESTORED = "restored_backup"


def program(line, database, name):
    """A command of the README, without the container around it, on the servers of the tests."""
    found = re.search(rf"exec -T postgres ({name} [^<>\n]*)", (settings.BASE_DIR / "README.md").read_text())
    words = shlex.split(found[1])
    here = connection.get_connection_params()
    words[0] = Postgres(settings.BASE_DIR)._program(words[0])
    words = [database if word == "mentorship" else word for word in words]
    return [*words, "--host", str(here["host"]), "-U", str(here["user"]), *line]


@pytest.fixture
def elsewhere(transactional_db):
    """An empty database beside that of the tests."""

    def run(statement):
        with psycopg.connect(**address() | {"dbname": "postgres"}, autocommit=True) as admin:
            admin.execute(statement)

    # Without FORCE: that may not end an autovacuum that is at work there, which a plain DROP ends by itself.
    run(f"DROP DATABASE IF EXISTS {RESTORED}")
    run(f"CREATE DATABASE {RESTORED}")
    yield RESTORED
    run(f"DROP DATABASE {RESTORED}")


def address():
    here = connection.get_connection_params()
    return {name: here[name] for name in ("host", "user", "dbname")}


def contents(database):
    """Every table with a fingerprint of its rows."""
    with psycopg.connect(**address() | {"dbname": database}) as asked:
        tables = [row[0] for row in asked.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        found = {}
        for table in tables:
            fingerprint = "md5(string_agg(t::text, chr(10) ORDER BY t::text))"
            found[table] = asked.execute(f'SELECT count(*), {fingerprint} FROM "{table}" t').fetchone()  # noqa: S608
    return found


def test_a_restored_backup_has_the_same_rows_and_sends_nothing_again(elsewhere):
    person = factory.make_person("Amara Okafor")
    tell(person, "reviewed", subject="round:1", title="Reviewed", url="/home/")
    Notification.objects.update(email="sent", sent_at=factory.days_ago(1))
    database = address()["dbname"]
    dumped = subprocess.run(program([], database, "pg_dump"), check=True, capture_output=True).stdout
    subprocess.run(program([], elsewhere, "pg_restore"), check=True, input=dumped, capture_output=True)
    restored = contents(elsewhere)
    assert restored == contents(database)
    assert restored["notifications_notification"][0] == 1
    with psycopg.connect(**address() | {"dbname": elsewhere}) as asked:
        assert (
            asked.execute("SELECT count(*) FROM notifications_notification WHERE email = 'queued'").fetchone()[0] == 0
        )
