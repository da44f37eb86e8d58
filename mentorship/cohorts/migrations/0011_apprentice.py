"""Apprentices; and what the model cannot say: who may be one, who may countersign, and that what has ended stays so."""

import django.db.models.deletion
import mentorship.common.clock
from django.conf import settings
from django.db import migrations, models

# Ids are unique alone: the keys of two columns only hold everyone to one cohort, as in 0008.
SAME_COHORT = """
ALTER TABLE cohorts_apprenticeship
    ADD CONSTRAINT apprenticeship_seat_of_cohort FOREIGN KEY (membership_id, cohort_id)
        REFERENCES cohorts_membership (id, cohort_id),
    ADD CONSTRAINT apprenticeship_countersigner_of_cohort FOREIGN KEY (countersigner_id, cohort_id)
        REFERENCES cohorts_membership (id, cohort_id);
"""
UNDO_SAME_COHORT = """
ALTER TABLE cohorts_apprenticeship DROP CONSTRAINT apprenticeship_countersigner_of_cohort,
    DROP CONSTRAINT apprenticeship_seat_of_cohort;
"""

FITS = """
CREATE FUNCTION apprenticeship_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.ended_at IS NOT NULL OR (OLD.cohort_id, OLD.membership_id, OLD.outcome_id)
                             IS DISTINCT FROM (NEW.cohort_id, NEW.membership_id, NEW.outcome_id)) THEN
        RAISE EXCEPTION 'whose apprenticeship it is never changes, and what has ended stays so'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'apprenticeship_stays';
    END IF;
    IF NEW.ended_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM cohorts_membership
                   WHERE id = NEW.membership_id AND role = 'mentor' AND left_at IS NULL) THEN
        RAISE EXCEPTION 'an apprentice mentors in the cohort'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'apprenticeship_of_mentor';
    END IF;
    IF NEW.countersigner_id IS NOT NULL AND (
        NOT EXISTS (SELECT FROM cohorts_membership
                    WHERE id = NEW.countersigner_id AND role = 'mentor' AND left_at IS NULL)
        OR EXISTS (SELECT FROM cohorts_apprenticeship
                   WHERE membership_id = NEW.countersigner_id AND ended_at IS NULL)
        OR EXISTS (SELECT FROM cohorts_apprenticeship
                   WHERE countersigner_id = NEW.membership_id AND ended_at IS NULL)) THEN
        RAISE EXCEPTION 'who countersigns mentors in the cohort and is no apprentice'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'apprenticeship_countersigner_fits';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM cohorts_outcome o
        JOIN cohorts_membership was ON was.id = o.membership_id
        JOIN cohorts_cohort above ON above.id = was.cohort_id
        JOIN streams_stream upper ON upper.id = above.stream_id
        JOIN cohorts_membership seat ON seat.id = NEW.membership_id AND seat.person_id = was.person_id
        JOIN cohorts_cohort here ON here.id = NEW.cohort_id
        JOIN streams_stream lower ON lower.id = here.stream_id
        WHERE o.id = NEW.outcome_id AND o.result = 'graduated' AND lower.number < upper.number) THEN
        RAISE EXCEPTION 'an apprentice has graduated from an upper stream'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'apprenticeship_of_graduate';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER apprenticeship_fits BEFORE INSERT OR UPDATE ON cohorts_apprenticeship
    FOR EACH ROW EXECUTE FUNCTION apprenticeship_fits();

CREATE FUNCTION refuse_to_leave_apprentice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cohorts_apprenticeship
               WHERE NEW.id IN (membership_id, countersigner_id) AND ended_at IS NULL) THEN
        RAISE EXCEPTION 'an apprentice, or who countersigns, leaves only once that has ended'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_apprenticeship_ended';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_apprenticeship_ended BEFORE UPDATE OF left_at ON cohorts_membership FOR EACH ROW
    WHEN (OLD.left_at IS NULL AND NEW.left_at IS NOT NULL) EXECUTE FUNCTION refuse_to_leave_apprentice();
"""
UNDO_FITS = """
DROP TRIGGER membership_apprenticeship_ended ON cohorts_membership;
DROP FUNCTION refuse_to_leave_apprentice();
DROP TRIGGER apprenticeship_fits ON cohorts_apprenticeship;
DROP FUNCTION apprenticeship_fits();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0010_whole_cohort'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Apprenticeship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('how', models.CharField(blank=True, choices=[('calibrated', 'Calibrated'), ('by_hand', 'Ended by an admin'), ('left', 'Left')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apprenticeships', to='cohorts.cohort')),
                ('countersigner', models.ForeignKey(blank=True, help_text='Who countersigns; nobody, once they have left and until another is named.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='countersigns', to='cohorts.membership')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apprenticeships', to='cohorts.membership')),
                ('outcome', models.ForeignKey(help_text='What they graduated with.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.outcome')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('membership'), condition=models.Q(('ended_at', None)), name='apprenticeship_one_active'), models.CheckConstraint(condition=models.Q(('countersigner', None), models.Q(('countersigner', models.F('membership')), _negated=True), _connector='OR'), name='apprenticeship_of_another'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('how', '')), models.Q(('ended_at__isnull', False), ('how__in', ['calibrated', 'by_hand', 'left'])), _connector='OR'), name='apprenticeship_ended_how'), models.CheckConstraint(condition=models.Q(models.Q(('how', 'by_hand'), _negated=True), models.Q(('ended_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='apprenticeship_by_hand_with_reason')],
            },
        ),
        migrations.RunSQL(SAME_COHORT, UNDO_SAME_COHORT),
        migrations.RunSQL(FITS, UNDO_FITS),
    ]
