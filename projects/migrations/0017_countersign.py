"""Countersigning: reviews that wait for it, each time that one did, and what models cannot say about both."""

import django.db.models.deletion
import mentorship.common.clock
from django.conf import settings
from django.db import migrations, models

# As in 0013; who has countersigned goes with the publication that is taken back.
REVIEW = """
CREATE OR REPLACE FUNCTION refuse_change_of_review() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := %s;
BEGIN
    IF OLD.state <> 'published' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'summary_html' = to_jsonb(NEW) - 'summary_html' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state = 'draft' AND NEW.published_at IS NULL
       AND to_jsonb(OLD) - free = to_jsonb(NEW) - free
       AND EXISTS (SELECT FROM projects_takenback WHERE review_id = OLD.id AND published_at = OLD.published_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published review stands' USING ERRCODE = 'insufficient_privilege';
END $$;
"""
FREE = "'{state,published_at,version,countersigned_by_id}'"
FREE_BEFORE = "'{state,published_at,version}'"

# Nothing of an apprentice is published without a second name.
COUNTERSIGNED = """
CREATE FUNCTION refuse_unless_countersigned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.countersigned_by_id IS NULL AND EXISTS (
        SELECT FROM projects_round r
        JOIN projects_submission s ON s.id = r.submission_id
        JOIN cohorts_membership m ON m.cohort_id = s.cohort_id AND m.person_id = NEW.mentor_id
        JOIN cohorts_apprenticeship a ON a.membership_id = m.id AND a.ended_at IS NULL
        WHERE r.id = NEW.round_id) THEN
        RAISE EXCEPTION 'the review of an apprentice is countersigned before it is published'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_countersigned';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER review_countersigned BEFORE UPDATE OF state ON projects_review FOR EACH ROW
    WHEN (OLD.state <> 'published' AND NEW.state = 'published') EXECUTE FUNCTION refuse_unless_countersigned();
CREATE TRIGGER review_made_countersigned BEFORE INSERT ON projects_review FOR EACH ROW
    WHEN (NEW.state = 'published') EXECUTE FUNCTION refuse_unless_countersigned();
"""
UNDO_COUNTERSIGNED = """
DROP TRIGGER review_made_countersigned ON projects_review;
DROP TRIGGER review_countersigned ON projects_review;
DROP FUNCTION refuse_unless_countersigned();
"""

WAYS_BEFORE = "draft>published published>draft"
WAYS = f"{WAYS_BEFORE} draft>signed signed>draft signed>published"

SIGNING = """
CREATE TRIGGER signing_kept BEFORE UPDATE OR DELETE ON projects_signing FOR EACH ROW
    EXECUTE FUNCTION refuse_change_of_kept_columns('review_id', 'signed_at');
CREATE TRIGGER signing_states BEFORE UPDATE OF state ON projects_signing FOR EACH ROW
    EXECUTE FUNCTION refuse_illegal_state(
        'waiting>countersigned', 'waiting>returned', 'waiting>taken_back', 'waiting>settled');
CREATE TRIGGER signing_stands BEFORE UPDATE ON projects_signing FOR EACH ROW WHEN (OLD.state <> 'waiting')
    EXECUTE FUNCTION refuse_change_of_kept_columns('state', 'decided_at', 'by_id', 'note');
"""
UNDO_SIGNING = """
DROP TRIGGER signing_stands ON projects_signing;
DROP TRIGGER signing_states ON projects_signing;
DROP TRIGGER signing_kept ON projects_signing;
"""


def ways(steps: str) -> str:
    allowed = ", ".join(f"'{step}'" for step in steps.split())
    return (
        "DROP TRIGGER review_states ON projects_review;"
        "CREATE TRIGGER review_states BEFORE UPDATE OF state ON projects_review FOR EACH ROW"
        f" EXECUTE FUNCTION refuse_illegal_state({allowed});"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0011_apprentice'),
        ('projects', '0016_notebooks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Signing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waits'), ('countersigned', 'Countersigned'), ('returned', 'Returned'), ('taken_back', 'Taken back'), ('settled', 'Needed no more')], default='waiting', max_length=13)),
                ('signed_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True, help_text='Why it was returned.', max_length=2000)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signings', to='projects.review')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('review'), condition=models.Q(('state', 'waiting')), name='signing_one_waiting'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'countersigned', 'returned', 'taken_back', 'settled'])), name='signing_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('decided_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='signing_decided_when'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['countersigned', 'returned', 'taken_back']), _negated=True), ('by__isnull', False), _connector='OR'), name='signing_decided_by_whom'), models.CheckConstraint(condition=models.Q(('state', 'returned'), ('note', ''), _connector='XOR'), name='signing_returned_with_note')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='review',
            name='review_published_has_verdict',
        ),
        migrations.AddField(
            model_name='review',
            name='countersigned_by',
            field=models.ForeignKey(blank=True, help_text='Who answers for it beside an apprentice.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='countersigned', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='review',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed'), ('published', 'Published')], default='draft', max_length=9),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('state', 'signed')), fields=['mentor'], name='review_signed_by'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(models.F('round'), condition=models.Q(('state', 'signed')), name='review_one_signed'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state', 'draft')), models.Q(('published_at', None), ('state', 'signed'), ('verdict__in', ['accepted', 'changes_requested'])), models.Q(('published_at__isnull', False), ('state', 'published'), ('verdict__in', ['accepted', 'changes_requested'])), _connector='OR'), name='review_published_has_verdict'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('countersigned_by', None), models.Q(('state', 'published'), models.Q(('countersigned_by', models.F('mentor')), _negated=True)), _connector='OR'), name='review_countersigned_by_another'),
        ),
        migrations.RunSQL(REVIEW % FREE, REVIEW % FREE_BEFORE),
        migrations.RunSQL(COUNTERSIGNED, UNDO_COUNTERSIGNED),
        migrations.RunSQL(ways(WAYS), ways(WAYS_BEFORE)),
        migrations.RunSQL(SIGNING, UNDO_SIGNING),
    ]
