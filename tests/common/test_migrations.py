"""The hand-written rules of all apps can be taken back and put there again, on rows that stand."""

from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.executor import MigrationExecutor

from tests.access.world import make_world


def rules() -> list[RunSQL]:
    """Every statement by hand, in the order in which migrating runs them."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    return [one for migration, _backwards in plan for one in migration.operations if isinstance(one, RunSQL)]


def made_by_hand() -> tuple[list[str], list[str]]:
    """Triggers and functions that stand in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = sorted(name for (name,) in cursor.fetchall())
        cursor.execute("SELECT proname || md5(prosrc) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace")
        return triggers, sorted(name for (name,) in cursor.fetchall())


def test_the_rules_go_and_come_back(db):
    make_world()
    before = made_by_hand()
    assert len(before[0]) > 20
    written = rules()
    with connection.schema_editor() as editor:
        connection.check_constraints()
        for one in reversed(written):
            one.database_backwards("", editor, None, None)
        assert made_by_hand() == ([], [])
        for one in written:
            one.database_forwards("", editor, None, None)
    assert made_by_hand() == before
