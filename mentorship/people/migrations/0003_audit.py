"""Events know to whom and in which cohort; the table cannot be emptied either."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NO_TRUNCATE = """
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON people_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_rules")]

    operations = [
        migrations.AddField(
            "event",
            "whom",
            models.ForeignKey(
                settings.AUTH_USER_MODEL, django.db.models.deletion.DO_NOTHING, null=True, related_name="+",
                db_constraint=False, db_index=False,
            ),
        ),
        migrations.AddField("event", "cohort_id", models.BigIntegerField(null=True)),
        migrations.AlterField(
            "event",
            "actor",
            models.ForeignKey(
                settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, null=True, related_name="+", db_index=False
            ),
        ),
        migrations.AddIndex("event", models.Index(fields=["actor", "-at", "-id"], name="event_of_actor")),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["whom", "-at", "-id"], condition=models.Q(whom__isnull=False), name="event_to_whom"
            ),
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["cohort_id", "-at", "-id"], condition=models.Q(cohort_id__isnull=False), name="event_cohort"
            ),
        ),
        migrations.AddIndex("event", models.Index(fields=["verb", "-at", "-id"], name="event_verb")),
        migrations.RunSQL(NO_TRUNCATE, "DROP TRIGGER event_no_truncate ON people_event"),
    ]
