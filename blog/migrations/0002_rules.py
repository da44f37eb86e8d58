"""What the model cannot say: how a post's state may change, and that a published post keeps address and date."""

from django.db import migrations

TRANSITIONS = """
CREATE FUNCTION check_change_of_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'in_editing'), ('in_editing', 'draft'), ('in_editing', 'published'), ('published', 'draft')
    ) THEN
        RAISE EXCEPTION 'a post does not go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_legal_transition';
    END IF;
    IF OLD.published_at IS NOT NULL
        AND (NEW.slug <> OLD.slug OR NEW.published_at IS DISTINCT FROM OLD.published_at) THEN
        RAISE EXCEPTION 'a post that was published keeps its address and date'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_address_frozen';
    END IF;
    IF NEW.author_id <> OLD.author_id OR NEW.key <> OLD.key THEN
        RAISE EXCEPTION 'a post keeps its author and key'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_author_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER post_change BEFORE UPDATE ON blog_post FOR EACH ROW EXECUTE FUNCTION check_change_of_post();
"""
UNDO = "DROP TRIGGER post_change ON blog_post; DROP FUNCTION check_change_of_post();"


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial")]

    operations = [migrations.RunSQL(TRANSITIONS, UNDO)]
