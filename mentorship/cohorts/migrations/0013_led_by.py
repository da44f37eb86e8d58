"""Who leads a meeting stands in its entry of calendars: another one is a change of it too."""

from django.db import migrations

COUNTED = "title, starts_at, minutes_long, link, cancelled_at"


def trigger(columns: str) -> str:
    """The trigger of 0008 anew, for changes of `columns`."""
    old, new = (", ".join(f"{row}.{name}" for name in columns.split(", ")) for row in ("OLD", "NEW"))
    return f"""
DROP TRIGGER meeting_sequence ON cohorts_meeting;
CREATE TRIGGER meeting_sequence BEFORE UPDATE ON cohorts_meeting FOR EACH ROW
    WHEN (({old}) IS DISTINCT FROM ({new}))
    EXECUTE FUNCTION meeting_counts_its_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0012_test_cohort")]

    operations = [migrations.RunSQL(trigger(f"{COUNTED}, coordinator_id"), trigger(COUNTED))]
