"""Test cohorts: a clock ahead of the real time, an address that says so, and nobody in both kinds at once."""

import datetime

from django.db import migrations, models

# An address that says 'test' belongs to a test cohort from now on.
RENAME = "UPDATE cohorts_cohort SET slug = left('cohort-' || slug, 60) WHERE slug LIKE 'test-%' AND clock_ahead IS NULL"

APART = """
CREATE FUNCTION membership_is_test_or_real() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cohorts_membership m
               JOIN cohorts_cohort theirs ON theirs.id = m.cohort_id AND theirs.state NOT IN ('finished', 'archived')
               JOIN cohorts_cohort this ON this.id = NEW.cohort_id
               WHERE m.person_id = NEW.person_id AND m.left_at IS NULL AND m.id <> NEW.id
                 AND (theirs.clock_ahead IS NULL) <> (this.clock_ahead IS NULL)) THEN
        RAISE EXCEPTION 'nobody is in a test cohort and in a real one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_test_or_real';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_test_or_real BEFORE INSERT ON cohorts_membership
    FOR EACH ROW WHEN (NEW.left_at IS NULL) EXECUTE FUNCTION membership_is_test_or_real();

CREATE FUNCTION clock_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the clock of a test cohort goes forward, and a real cohort has none'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'cohort_clock_forward';
END $$;
CREATE TRIGGER cohort_clock_forward BEFORE UPDATE OF clock_ahead ON cohorts_cohort
    FOR EACH ROW WHEN ((NEW.clock_ahead IS NULL) <> (OLD.clock_ahead IS NULL) OR NEW.clock_ahead < OLD.clock_ahead)
    EXECUTE FUNCTION clock_goes_forward();
"""
TOGETHER = """
DROP TRIGGER cohort_clock_forward ON cohorts_cohort;
DROP FUNCTION clock_goes_forward();
DROP TRIGGER membership_test_or_real ON cohorts_membership;
DROP FUNCTION membership_is_test_or_real();
"""


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0011_apprentice"), ("streams", "0003_imported")]

    operations = [
        migrations.AddField(
            model_name="cohort",
            name="clock_ahead",
            field=models.DurationField(
                editable=False,
                help_text="Of a test cohort: how far its clock is ahead of the real time.",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="cohort",
            index=models.Index(
                condition=models.Q(clock_ahead__isnull=False), fields=["id"], name="cohort_tried"
            ),
        ),
        migrations.RunSQL(RENAME, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=(models.Q(clock_ahead=None) & ~models.Q(slug__startswith="test-"))
                | (models.Q(clock_ahead__isnull=False) & models.Q(slug__startswith="test-")),
                name="cohort_test_by_address",
                violation_error_message="Addresses that begin with 'test-' are those of test cohorts, and only those.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(clock_ahead=None) | models.Q(clock_ahead__gte=datetime.timedelta(0)),
                name="cohort_clock_never_behind",
            ),
        ),
        migrations.RunSQL(APART, TOGETHER),
    ]
