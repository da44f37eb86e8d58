"""What the models of threads and of taking back cannot say: what stands, and on which conditions it may move."""

from django.db import migrations

# A published review stands; it becomes a draft again only where it is kept that somebody took it back.
REVIEW = """
CREATE FUNCTION refuse_change_of_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'published' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'summary_html' = to_jsonb(NEW) - 'summary_html' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state = 'draft' AND NEW.published_at IS NULL
       AND to_jsonb(OLD) - '{state,published_at,version}'::text[] = to_jsonb(NEW) - '{state,published_at,version}'::text[]
       AND EXISTS (SELECT FROM projects_takenback WHERE review_id = OLD.id AND published_at = OLD.published_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published review stands' USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER review_stands ON projects_review;
CREATE TRIGGER review_stands BEFORE UPDATE OR DELETE ON projects_review
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_review();
"""
UNDO_REVIEW = """
DROP TRIGGER review_stands ON projects_review;
CREATE TRIGGER review_stands BEFORE UPDATE OR DELETE ON projects_review
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
DROP FUNCTION refuse_change_of_review();
"""

# What was published is said in other words only where those that stood there are kept.
WORDS = """
CREATE FUNCTION refuse_unkept_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := '{html,text,edits,edited_at,deleted_at}';
    published boolean := true;
    kept boolean;
BEGIN
    IF TG_TABLE_NAME = 'projects_comment' THEN
        SELECT state = 'published' INTO published FROM projects_review
            WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.review_id ELSE OLD.review_id END;
        IF NOT published THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE' OR to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'rows of % stand once they are published', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.text <> OLD.text THEN
        IF TG_TABLE_NAME = 'projects_comment' THEN
            kept := EXISTS (SELECT FROM projects_wording
                            WHERE comment_id = OLD.id AND text = OLD.text AND replaced_at = NEW.edited_at);
        ELSE
            kept := EXISTS (SELECT FROM projects_wording
                            WHERE remark_id = OLD.id AND text = OLD.text AND replaced_at = NEW.edited_at);
        END IF;
        IF NOT kept THEN
            RAISE EXCEPTION 'what % said is not kept', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER comment_stands ON projects_comment;
CREATE TRIGGER comment_stands BEFORE INSERT OR UPDATE OR DELETE ON projects_comment
    FOR EACH ROW EXECUTE FUNCTION refuse_unkept_words();
CREATE TRIGGER remark_stands BEFORE UPDATE OR DELETE ON projects_remark
    FOR EACH ROW EXECUTE FUNCTION refuse_unkept_words();
CREATE TRIGGER wording_kept BEFORE UPDATE OR DELETE ON projects_wording FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_kept_columns('comment_id', 'remark_id', 'text', 'replaced_by_id', 'replaced_at');
CREATE TRIGGER takenback_kept BEFORE UPDATE OR DELETE ON projects_takenback FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_kept_columns('review_id', 'by_id', 'at', 'published_at', 'verdict');
"""
UNDO_WORDS = """
DROP TRIGGER comment_stands ON projects_comment;
CREATE TRIGGER comment_stands BEFORE INSERT OR UPDATE OR DELETE ON projects_comment
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
DROP TRIGGER remark_stands ON projects_remark;
DROP TRIGGER wording_kept ON projects_wording;
DROP TRIGGER takenback_kept ON projects_takenback;
DROP FUNCTION refuse_unkept_words();
"""

# A verdict's effects are undone only once its review is a draft again.
RETURNING = """
CREATE FUNCTION refuse_return_of_standing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stands boolean;
BEGIN
    IF TG_TABLE_NAME = 'projects_submission' THEN
        stands := EXISTS (SELECT FROM projects_review v JOIN projects_round r ON r.id = v.round_id
                          WHERE r.submission_id = OLD.id AND v.state = 'published' AND v.verdict = 'accepted');
    ELSIF TG_TABLE_NAME = 'projects_round' THEN
        stands := EXISTS (SELECT FROM projects_review WHERE round_id = OLD.id AND state = 'published');
    ELSIF TG_OP = 'DELETE' THEN
        stands := EXISTS (SELECT FROM projects_comment c JOIN projects_review v ON v.id = c.review_id
                          WHERE c.id = OLD.comment_id AND v.state = 'published');
    ELSE
        stands := EXISTS (SELECT FROM projects_decision d JOIN projects_review v ON v.id = d.review_id
                          WHERE d.change_request_id = OLD.id AND v.state = 'published');
    END IF;
    IF stands THEN
        RAISE EXCEPTION 'the review of % stands', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER submission_returns BEFORE UPDATE OF state ON projects_submission FOR EACH ROW
    WHEN (OLD.state = 'accepted' AND NEW.state <> 'accepted') EXECUTE FUNCTION refuse_return_of_standing();
CREATE TRIGGER round_returns BEFORE UPDATE OF state ON projects_round FOR EACH ROW
    WHEN (OLD.state = 'reviewed' AND NEW.state <> 'reviewed') EXECUTE FUNCTION refuse_return_of_standing();
CREATE TRIGGER changerequest_returns BEFORE UPDATE OF state ON projects_changerequest FOR EACH ROW
    WHEN (OLD.state IN ('accepted', 'waived') AND NEW.state <> OLD.state)
    EXECUTE FUNCTION refuse_return_of_standing();
DROP TRIGGER changerequest_kept ON projects_changerequest;
CREATE TRIGGER changerequest_kept BEFORE UPDATE ON projects_changerequest FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_kept_columns('submission_id', 'comment_id', 'opened_in_id');
CREATE TRIGGER changerequest_stays BEFORE DELETE ON projects_changerequest FOR EACH ROW
    EXECUTE FUNCTION refuse_return_of_standing();
"""
UNDO_RETURNING = """
DROP TRIGGER submission_returns ON projects_submission;
DROP TRIGGER round_returns ON projects_round;
DROP TRIGGER changerequest_returns ON projects_changerequest;
DROP TRIGGER changerequest_stays ON projects_changerequest;
DROP TRIGGER changerequest_kept ON projects_changerequest;
CREATE TRIGGER changerequest_kept BEFORE UPDATE OR DELETE ON projects_changerequest FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_kept_columns('submission_id', 'comment_id', 'opened_in_id');
DROP FUNCTION refuse_return_of_standing();
"""

# The ways of 0002, and those back.
WAYS = {
    "submission": "awaiting_mentor>awaiting_mentee awaiting_mentor>accepted awaiting_mentor>withdrawn "
    "awaiting_mentee>awaiting_mentor awaiting_mentee>withdrawn",
    "round": "waiting>reviewed waiting>withdrawn",
    "review": "draft>published",
    "changerequest": "open>addressed open>accepted open>waived addressed>open addressed>accepted addressed>waived",
}
BACK = {
    "submission": "accepted>awaiting_mentor",
    "round": "reviewed>waiting",
    "review": "published>draft",
    "changerequest": "accepted>open accepted>addressed waived>open waived>addressed",
}


def ways(table: str, steps: str) -> str:
    allowed = ", ".join(f"'{step}'" for step in steps.split())
    return (
        f"DROP TRIGGER {table}_states ON projects_{table};"
        f"CREATE TRIGGER {table}_states BEFORE UPDATE OF state ON projects_{table} FOR EACH ROW"
        f" EXECUTE FUNCTION refuse_illegal_state({allowed});"
    )


class Migration(migrations.Migration):
    dependencies = [('projects', '0012_threads')]

    operations = [
        migrations.RunSQL(REVIEW, UNDO_REVIEW),
        migrations.RunSQL(WORDS, UNDO_WORDS),
        migrations.RunSQL(RETURNING, UNDO_RETURNING),
        *[migrations.RunSQL(ways(table, f"{steps} {BACK[table]}"), ways(table, steps)) for table, steps in WAYS.items()],
    ]
