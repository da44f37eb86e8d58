"""One database is migrated, and the database of each worker of pytest-xdist is a copy of it.

It stays beside them, under a name that is made of what all migrations say, for the next run: that one migrates anew as
soon as a migration changes. On each copy `migrate` runs all the same, as Django has it, and finds nothing left to do.
"""

from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

LOCK = 4_917_226  # of PostgreSQL's locks that have numbers: one worker migrates, the others wait


def template() -> str:
    """The name of a migrated database, which is made if it is not there."""
    stem = f"{connection.creation._get_test_db_name().partition('_gw')[0]}_migrated"
    name, making = f"{stem}_{what_migrations_say()}", f"{stem}_now"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{stem}_"])
        there = {one for (one,) in cursor.fetchall()}
        if name not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE "{old}"')
            cursor.execute(f'CREATE DATABASE "{making}"')
            migrate(making)
            cursor.execute(f'ALTER DATABASE "{making}" ALLOW_CONNECTIONS false')
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def what_migrations_say() -> str:
    """A digest of the migrations of all apps, other people's among them."""
    digest = sha256()
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def migrate(name: str) -> None:
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, run_syncdb=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
