"""What the models cannot say, held against raw SQL too: legal transitions, and who can be assigned to whom."""

from django.db import migrations

# The same tables stand in Cohort.FROM and Application.FROM.
TRANSITIONS = """
CREATE FUNCTION cohort_moves_legally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY[
        'draft>open', 'open>running', 'running>open', 'running>finished', 'finished>archived'
    ])) THEN
        RAISE EXCEPTION 'a cohort cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cohort_state_transition';
    END IF;
    IF OLD.state = 'running' AND NEW.state = 'open'
        AND EXISTS (SELECT 1 FROM cohorts_assignment WHERE cohort_id = NEW.id) THEN
        RAISE EXCEPTION 'a cohort with assignments cannot go back to open'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cohort_state_transition';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cohort_state_transition BEFORE UPDATE OF state ON cohorts_cohort
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION cohort_moves_legally();

CREATE FUNCTION application_moves_legally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY[
        'submitted>waitlisted', 'submitted>accepted', 'submitted>declined', 'submitted>withdrawn',
        'waitlisted>accepted', 'waitlisted>declined', 'waitlisted>withdrawn',
        'declined>waitlisted', 'declined>accepted', 'accepted>withdrawn'
    ])) THEN
        RAISE EXCEPTION 'an application cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'application_state_transition';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER application_state_transition BEFORE UPDATE OF state ON cohorts_application
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION application_moves_legally();
"""
UNDO_TRANSITIONS = """
DROP TRIGGER cohort_state_transition ON cohorts_cohort;
DROP FUNCTION cohort_moves_legally();
DROP TRIGGER application_state_transition ON cohorts_application;
DROP FUNCTION application_moves_legally();
"""

# Both people of an assignment belong to its cohort, in their roles: declared, with the roles as generated columns.
SAME_COHORT = """
ALTER TABLE cohorts_membership ADD CONSTRAINT membership_place_unique UNIQUE (id, cohort_id, role);
ALTER TABLE cohorts_assignment
    ADD COLUMN mentee_role varchar(6) GENERATED ALWAYS AS ('mentee') STORED,
    ADD COLUMN mentor_role varchar(6) GENERATED ALWAYS AS ('mentor') STORED,
    ADD CONSTRAINT assignment_mentee_of_cohort FOREIGN KEY (mentee_id, cohort_id, mentee_role)
        REFERENCES cohorts_membership (id, cohort_id, role),
    ADD CONSTRAINT assignment_mentor_of_cohort FOREIGN KEY (mentor_id, cohort_id, mentor_role)
        REFERENCES cohorts_membership (id, cohort_id, role);
"""
UNDO_SAME_COHORT = """
ALTER TABLE cohorts_assignment
    DROP CONSTRAINT assignment_mentee_of_cohort, DROP CONSTRAINT assignment_mentor_of_cohort,
    DROP COLUMN mentee_role, DROP COLUMN mentor_role;
ALTER TABLE cohorts_membership DROP CONSTRAINT membership_place_unique;
"""

PEOPLE = """
CREATE FUNCTION membership_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'person, cohort and role of a membership are fixed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_fixed';
END $$;
CREATE TRIGGER membership_fixed BEFORE UPDATE OF person_id, cohort_id, role ON cohorts_membership
    FOR EACH ROW WHEN ((OLD.person_id, OLD.cohort_id, OLD.role) IS DISTINCT FROM
                       (NEW.person_id, NEW.cohort_id, NEW.role))
    EXECUTE FUNCTION membership_is_fixed();

CREATE FUNCTION assignment_is_of_people_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mentee cohorts_membership;
    mentor cohorts_membership;
BEGIN
    -- Shared locks: neither of the two can leave before this transaction ends.
    SELECT * INTO mentee FROM cohorts_membership WHERE id = NEW.mentee_id FOR SHARE;
    SELECT * INTO mentor FROM cohorts_membership WHERE id = NEW.mentor_id FOR SHARE;
    IF mentee.person_id = mentor.person_id THEN
        RAISE EXCEPTION 'nobody mentors themselves'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_of_oneself';
    END IF;
    IF NEW.ended_at IS NULL AND (mentee.left_at IS NOT NULL OR mentor.left_at IS NOT NULL) THEN
        RAISE EXCEPTION 'an assignment is of people who are in the cohort'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_of_members';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignment_of_members BEFORE INSERT OR UPDATE OF mentee_id, mentor_id, ended_at ON cohorts_assignment
    FOR EACH ROW EXECUTE FUNCTION assignment_is_of_people_there();

CREATE FUNCTION member_leaves_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cohorts_assignment
               WHERE ended_at IS NULL AND (mentee_id = NEW.id OR mentor_id = NEW.id)) THEN
        RAISE EXCEPTION 'an assigned member cannot leave'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_left_assigned';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_left_assigned BEFORE UPDATE OF left_at ON cohorts_membership
    FOR EACH ROW WHEN (OLD.left_at IS NULL AND NEW.left_at IS NOT NULL) EXECUTE FUNCTION member_leaves_nobody();
"""
UNDO_PEOPLE = """
DROP TRIGGER membership_left_assigned ON cohorts_membership;
DROP FUNCTION member_leaves_nobody();
DROP TRIGGER assignment_of_members ON cohorts_assignment;
DROP FUNCTION assignment_is_of_people_there();
DROP TRIGGER membership_fixed ON cohorts_membership;
DROP FUNCTION membership_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0001_initial")]

    operations = [
        migrations.RunSQL(TRANSITIONS, UNDO_TRANSITIONS),
        migrations.RunSQL(SAME_COHORT, UNDO_SAME_COHORT),
        migrations.RunSQL(PEOPLE, UNDO_PEOPLE),
    ]
