"""What the models cannot say: events are only ever added to, the two groups exist, and the fallback cache's table."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON people_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
"""
UNDO_APPEND_ONLY = "DROP TRIGGER event_append_only ON people_event; DROP FUNCTION refuse_change_of_history();"

CACHE = """
CREATE TABLE cache_fallback (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX cache_fallback_expires ON cache_fallback (expires);
"""


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in ("admins", "editors"):
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, UNDO_APPEND_ONLY),
        migrations.RunSQL(CACHE, "DROP TABLE cache_fallback"),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
