"""What the models cannot say: what was handed in, said and settled stays, and states move only as they may."""

from django.db import migrations

# Changing any of the columns named in a trigger's arguments is refused; so is deleting the row.
KEPT = """
CREATE FUNCTION refuse_change_of_kept_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOREACH kept IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) -> kept IS DISTINCT FROM to_jsonb(NEW) -> kept THEN
            RAISE EXCEPTION '%.% never changes', TG_TABLE_NAME, kept USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""
COLUMNS = {
    "submission": "project_id membership_id cohort_id author_id created_at",
    "round": "submission_id number repository_url commit write_up handed_in_at handed_in_by_id",
    "answer": "round_id criterion_id text",
    "roundfile": "round_id name file content_type size sha256",
    "changerequest": "submission_id comment_id opened_in_id",
    "response": "change_request_id round_id text",
}

# A state moves only along these ways; the rest is refused, whoever asks.
STATES = """
CREATE FUNCTION refuse_illegal_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IS DISTINCT FROM NEW.state AND NOT (OLD.state || '>' || NEW.state = ANY (TG_ARGV)) THEN
        RAISE EXCEPTION '% cannot go from % to %', TG_TABLE_NAME, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
WAYS = {
    "submission": "awaiting_mentor>awaiting_mentee awaiting_mentor>accepted awaiting_mentor>withdrawn "
    "awaiting_mentee>awaiting_mentor awaiting_mentee>withdrawn",
    "round": "waiting>reviewed waiting>withdrawn",
    "review": "draft>published",
    "changerequest": "open>addressed open>accepted open>waived addressed>open addressed>accepted addressed>waived",
}

ACCEPTING = """
CREATE FUNCTION refuse_early_acceptance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM projects_changerequest
               WHERE submission_id = NEW.id AND state IN ('open', 'addressed')) THEN
        RAISE EXCEPTION 'a change request is not settled' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM projects_review v JOIN projects_round r ON r.id = v.round_id
                   WHERE r.submission_id = NEW.id AND v.state = 'published' AND v.verdict = 'accepted') THEN
        RAISE EXCEPTION 'no review accepts this' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submission_accepted_late BEFORE UPDATE OF state ON projects_submission
    FOR EACH ROW WHEN (OLD.state <> 'accepted' AND NEW.state = 'accepted') EXECUTE FUNCTION refuse_early_acceptance();
"""
UNDO_ACCEPTING = """
DROP TRIGGER submission_accepted_late ON projects_submission;
DROP FUNCTION refuse_early_acceptance();
"""

# A published review and its comments stand; only their HTML may be made anew.
STANDING = """
CREATE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    published boolean;
BEGIN
    IF TG_TABLE_NAME = 'projects_review' THEN
        published := OLD.state = 'published';
    ELSE
        SELECT state = 'published' INTO published FROM projects_review
            WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.review_id ELSE OLD.review_id END;
    END IF;
    IF published AND (TG_OP <> 'UPDATE'
                      OR to_jsonb(OLD) - 'html' - 'summary_html' <> to_jsonb(NEW) - 'html' - 'summary_html') THEN
        RAISE EXCEPTION 'a published review stands' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER review_stands BEFORE UPDATE OR DELETE ON projects_review
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
CREATE TRIGGER comment_stands BEFORE INSERT OR UPDATE OR DELETE ON projects_comment
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
CREATE TRIGGER decision_stands BEFORE INSERT OR UPDATE OR DELETE ON projects_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
"""
UNDO_STANDING = """
DROP TRIGGER review_stands ON projects_review;
DROP TRIGGER comment_stands ON projects_comment;
DROP TRIGGER decision_stands ON projects_decision;
DROP FUNCTION refuse_change_of_published();
"""


def quoted(words: str) -> str:
    return ", ".join(f"'{word}'" for word in words.split())


def kept(table: str, columns: str) -> migrations.RunSQL:
    trigger = f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON projects_{table} FOR EACH ROW"
    return migrations.RunSQL(
        f"{trigger} EXECUTE FUNCTION refuse_change_of_kept_columns({quoted(columns)})",
        f"DROP TRIGGER {table}_kept ON projects_{table}",
    )


def ways(table: str, steps: str) -> migrations.RunSQL:
    trigger = f"CREATE TRIGGER {table}_states BEFORE UPDATE OF state ON projects_{table} FOR EACH ROW"
    return migrations.RunSQL(
        f"{trigger} EXECUTE FUNCTION refuse_illegal_state({quoted(steps)})",
        f"DROP TRIGGER {table}_states ON projects_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        migrations.RunSQL(KEPT, "DROP FUNCTION refuse_change_of_kept_columns()"),
        *[kept(table, columns) for table, columns in COLUMNS.items()],
        migrations.RunSQL(STATES, "DROP FUNCTION refuse_illegal_state()"),
        *[ways(table, steps) for table, steps in WAYS.items()],
        migrations.RunSQL(ACCEPTING, UNDO_ACCEPTING),
        migrations.RunSQL(STANDING, UNDO_STANDING),
    ]
