import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


# As for meetings (0008): whatever moves a due date, its copies in calendars follow.
SEQUENCE = """
CREATE TRIGGER due_date_sequence BEFORE UPDATE ON cohorts_duedate FOR EACH ROW
    WHEN (OLD.due_at IS DISTINCT FROM NEW.due_at) EXECUTE FUNCTION meeting_counts_its_changes();
"""
UNDO_SEQUENCE = "DROP TRIGGER due_date_sequence ON cohorts_duedate;"


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0009_application_form'),
        ('streams', '0002_taken_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DueDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField()),
                ('by_hand', models.BooleanField(default=False)),
                ('sequence', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, editable=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_dates', to='cohorts.cohort')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='streams.item')),
            ],
            options={
                'ordering': ['due_at', 'item__position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('granted', 'Granted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('ended', 'Ended')], default='asked', max_length=9)),
                ('until', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, help_text='What who decided said.', max_length=300)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('due', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='cohorts.duedate')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='cohorts.membership')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('skipped', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, help_text='Weeks without program.', size=None)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.cohort')),
            ],
        ),
        migrations.CreateModel(
            name='ScheduledUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_week', models.PositiveSmallIntegerField()),
                ('last_week', models.PositiveSmallIntegerField()),
                ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='cohorts.schedule')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='streams.unit')),
            ],
            options={
                'ordering': ['unit__position', 'unit'],
            },
        ),
        migrations.AddConstraint(
            model_name='duedate',
            constraint=models.UniqueConstraint(models.F('cohort'), models.F('item'), name='due_date_once'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'declined', 'withdrawn', 'ended'])), name='extension_state_known'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(models.F('due'), models.F('membership'), condition=models.Q(('state', 'asked')), name='extension_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(models.F('due'), models.F('membership'), condition=models.Q(('state', 'granted')), name='extension_granted_once'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='extension_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'withdrawn']), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='extension_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='scheduledunit',
            constraint=models.UniqueConstraint(models.F('schedule'), models.F('unit'), name='scheduled_unit_once'),
        ),
        migrations.AddConstraint(
            model_name='scheduledunit',
            constraint=models.CheckConstraint(condition=models.Q(('first_week__gte', 1), ('last_week__gte', models.F('first_week'))), name='scheduled_unit_weeks_in_order'),
        ),
        migrations.RunSQL(SEQUENCE, UNDO_SEQUENCE),
    ]
