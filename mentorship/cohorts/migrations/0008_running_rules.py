"""What models cannot say: numbers that count changes, what is fixed, and that rows belong to one cohort."""

from django.db import migrations


# Whatever changes when or whether a meeting is: who has it in a calendar takes the copy with the higher number.
MEETING_SEQUENCE = """
CREATE FUNCTION meeting_counts_its_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.sequence := OLD.sequence + 1;
    NEW.changed_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER meeting_sequence BEFORE UPDATE ON cohorts_meeting FOR EACH ROW
    WHEN ((OLD.title, OLD.starts_at, OLD.minutes_long, OLD.link, OLD.cancelled_at)
        IS DISTINCT FROM (NEW.title, NEW.starts_at, NEW.minutes_long, NEW.link, NEW.cancelled_at))
    EXECUTE FUNCTION meeting_counts_its_changes();
"""
UNDO_MEETING_SEQUENCE = """
DROP TRIGGER meeting_sequence ON cohorts_meeting;
DROP FUNCTION meeting_counts_its_changes();
"""


# As for meetings: whatever moves a due date, its copies in calendars follow.
DUE_SEQUENCE = """
CREATE TRIGGER due_date_sequence BEFORE UPDATE ON cohorts_duedate FOR EACH ROW
    WHEN (OLD.due_at IS DISTINCT FROM NEW.due_at) EXECUTE FUNCTION meeting_counts_its_changes();
"""
UNDO_DUE_SEQUENCE = "DROP TRIGGER due_date_sequence ON cohorts_duedate;"


# What has been used or taken back stays so, and what people have accepted stays as they read it.
FIXED = """
CREATE FUNCTION invitation_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an invitation that is % stays as it is', OLD.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_closed';
END $$;
CREATE TRIGGER invitation_closed BEFORE UPDATE OF state, digest, address, role, cohort_id, expires_at
    ON cohorts_invitation FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION invitation_is_closed();

CREATE FUNCTION invitation_is_bound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'address, role and cohort of an invitation are fixed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_bound';
END $$;
CREATE TRIGGER invitation_bound BEFORE UPDATE OF address, role, cohort_id ON cohorts_invitation
    FOR EACH ROW WHEN ((OLD.address, OLD.role, OLD.cohort_id) IS DISTINCT FROM
                       (NEW.address, NEW.role, NEW.cohort_id))
    EXECUTE FUNCTION invitation_is_bound();

CREATE FUNCTION charter_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a charter is fixed: write the next one'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'charter_fixed';
END $$;
CREATE TRIGGER charter_fixed BEFORE UPDATE OF text, html, version, cohort_id ON cohorts_charter
    FOR EACH ROW EXECUTE FUNCTION charter_is_fixed();
"""
UNDO_FIXED = """
DROP TRIGGER charter_fixed ON cohorts_charter;
DROP FUNCTION charter_is_fixed();
DROP TRIGGER invitation_bound ON cohorts_invitation;
DROP FUNCTION invitation_is_bound();
DROP TRIGGER invitation_closed ON cohorts_invitation;
DROP FUNCTION invitation_is_closed();
"""


# That meeting and member are of one cohort, declared, as for groups in 0006. Ids are unique alone: the keys below
# are only there to be referred to.
SAME_COHORT = """
ALTER TABLE cohorts_membership ADD CONSTRAINT membership_cohort_unique UNIQUE (id, cohort_id);
ALTER TABLE cohorts_meeting ADD CONSTRAINT meeting_cohort_unique UNIQUE (id, cohort_id);
ALTER TABLE cohorts_attendance
    ADD CONSTRAINT attendance_meeting_of_cohort FOREIGN KEY (meeting_id, cohort_id)
        REFERENCES cohorts_meeting (id, cohort_id),
    ADD CONSTRAINT attendance_member_of_cohort FOREIGN KEY (membership_id, cohort_id)
        REFERENCES cohorts_membership (id, cohort_id);
ALTER TABLE cohorts_actionitem
    ADD CONSTRAINT action_meeting_of_cohort FOREIGN KEY (meeting_id, cohort_id)
        REFERENCES cohorts_meeting (id, cohort_id),
    ADD CONSTRAINT action_owner_of_cohort FOREIGN KEY (owner_id, cohort_id)
        REFERENCES cohorts_membership (id, cohort_id);
"""
UNDO_SAME_COHORT = """
ALTER TABLE cohorts_actionitem
    DROP CONSTRAINT action_owner_of_cohort, DROP CONSTRAINT action_meeting_of_cohort;
ALTER TABLE cohorts_attendance
    DROP CONSTRAINT attendance_member_of_cohort, DROP CONSTRAINT attendance_meeting_of_cohort;
ALTER TABLE cohorts_meeting DROP CONSTRAINT meeting_cohort_unique;
ALTER TABLE cohorts_membership DROP CONSTRAINT membership_cohort_unique;
"""


class Migration(migrations.Migration):

    dependencies = [("cohorts", "0007_running")]

    operations = [
        migrations.RunSQL(MEETING_SEQUENCE, UNDO_MEETING_SEQUENCE),
        migrations.RunSQL(DUE_SEQUENCE, UNDO_DUE_SEQUENCE),
        migrations.RunSQL(FIXED, UNDO_FIXED),
        migrations.RunSQL(SAME_COHORT, UNDO_SAME_COHORT),
    ]
