"""Empty tables after a test that commits, without Django's flush.

That truncates every table there is, and asks each app to write its permissions again: half a second for the handful of
rows that a test leaves. Here only tables that hold rows are emptied, and what migrations wrote stays.
"""

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import TransactionTestCase

from mentorship.people.models import User

flushed = TransactionTestCase._fixture_teardown

WRITTEN_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission", "auth_group"}


def empty(case: TransactionTestCase) -> None:
    """In place of `TransactionTestCase._fixture_teardown`; rules that forbid to delete history do not bind it."""
    tables = sorted(set(connection.introspection.django_table_names(only_existing=False)) - WRITTEN_BY_MIGRATIONS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables))  # noqa: S608
        full = [table for (table,) in cursor.fetchall()]
        if full:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in full))  # noqa: S608


def flush(case: TransactionTestCase) -> None:
    """Django's own way, where ours is not allowed; the groups that a migration made come back.

    History cannot be truncated; its owner can put that rule aside, which no code of the program does.
    """
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_event DISABLE TRIGGER event_no_truncate")
    flushed(case)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_event ENABLE TRIGGER event_no_truncate")
    for name in (User.EDITORS, User.ADMINS):
        Group.objects.get_or_create(name=name)


def may_empty() -> bool:
    """Whether this database lets us: the embedded one does, that of DATABASE_URL perhaps not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        return bool(cursor.fetchone()[0])
