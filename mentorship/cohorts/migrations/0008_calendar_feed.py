import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


# Whatever changes when or whether a meeting is: who has it in a calendar takes the copy with the higher number.
SEQUENCE = """
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
UNDO_SEQUENCE = """
DROP TRIGGER meeting_sequence ON cohorts_meeting;
DROP FUNCTION meeting_counts_its_changes();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0007_pause'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='changed_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='meeting',
            name='sequence',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('person'), condition=models.Q(('revoked_at', None)), name='feed_one_open'), models.CheckConstraint(condition=models.Q(('revoked_at', None), ('revoked_at__gte', models.F('created_at')), _connector='OR'), name='feed_revoked_after_made')],
            },
        ),
        migrations.RunSQL(SEQUENCE, UNDO_SEQUENCE),
    ]
