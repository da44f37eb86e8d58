import django.db.models.deletion
import mentorship.common.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('projects', '0011_commit_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='Carried',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('became', models.CharField(choices=[('same', 'Unchanged since'), ('moved', 'Moved since'), ('changed', 'Changed since'), ('gone', 'Gone since')], max_length=7)),
                ('cell', models.PositiveSmallIntegerField(null=True)),
                ('line_from', models.PositiveIntegerField(null=True)),
                ('line_to', models.PositiveIntegerField(null=True)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carried', to='projects.comment')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carried', to='projects.roundfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('comment'), models.F('file'), name='carried_once'), models.CheckConstraint(condition=models.Q(models.Q(('became__in', ['same', 'moved', 'changed']), ('cell__isnull', False)), models.Q(('became', 'gone'), ('cell', None), ('line_from', None), ('line_to', None)), _connector='OR'), name='carried_somewhere_or_gone')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=20000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('edits', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='Counts the edits; who edits over another loses.')),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.CharField(help_text='Given by the page: sent twice it is said once.', max_length=32)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='projects.comment')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('comment'), models.F('author'), models.F('key'), name='remark_key_once'), models.CheckConstraint(condition=models.Q(models.Q(('deleted_at', None), models.Q(('text', ''), _negated=True)), models.Q(('deleted_at__isnull', False), ('text', '')), _connector='OR'), name='remark_deleted_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('published_at', models.DateTimeField()),
                ('verdict', models.CharField(max_length=17)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='projects.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('review'), models.F('published_at'), name='taken_back_once')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('replaced_at', models.DateTimeField()),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='projects.comment')),
                ('remark', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='projects.remark')),
                ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('comment', None), ('remark__isnull', False)), models.Q(('comment__isnull', False), ('remark', None)), _connector='OR'), name='wording_of_one')],
            },
        ),
        migrations.AddField(
            model_name='changerequest',
            name='prepared',
            field=models.TextField(blank=True, db_default='', help_text='How the mentee has addressed it, until they hand it in.', max_length=4000),
        ),
        migrations.AddField(
            model_name='comment',
            name='deleted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='comment',
            name='edited_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='comment',
            name='edits',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='Counts the edits; who edits over another loses.'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('deleted_at', None), ('text', ''), _connector='OR'), name='comment_deleted_is_empty'),
        ),
    ]
