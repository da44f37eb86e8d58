import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import mentorship.common.clock
import projects.models.files
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cohorts', '0002_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('streams', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=120, unique=True)),
                ('label', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('focus', models.TextField(blank=True)),
                ('requirements', models.JSONField(default=list)),
                ('hours_min', models.PositiveSmallIntegerField(default=0)),
                ('hours_max', models.PositiveSmallIntegerField(default=0)),
                ('hours_note', models.TextField(blank=True)),
                ('team_min', models.PositiveSmallIntegerField(default=1)),
                ('team_max', models.PositiveSmallIntegerField(default=1)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='project', to='streams.item')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('hours_max__gte', models.F('hours_min'))), name='project_hours_in_order'), models.CheckConstraint(condition=models.Q(('team_max__gte', models.F('team_min')), ('team_min__gte', 1)), name='project_team_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('question', models.TextField()),
                ('guidance', models.TextField(blank=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='projects.project')),
            ],
            options={
                'verbose_name_plural': 'criteria',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(models.F('project'), models.F('key'), name='criterion_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=140)),
                ('state', models.CharField(choices=[('awaiting_mentor', 'Waiting for review'), ('awaiting_mentee', 'Changes requested'), ('accepted', 'Accepted'), ('withdrawn', 'Withdrawn')], default='awaiting_mentor', max_length=15)),
                ('rounds_count', models.PositiveSmallIntegerField(default=0)),
                ('awaiting_mentor_since', models.DateTimeField(blank=True, null=True)),
                ('awaiting_mentee_since', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='cohorts.cohort')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='cohorts.membership')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', 'state', 'awaiting_mentor_since'], name='submission_queue'), models.Index(fields=['author', '-created_at'], name='submission_of_author'), models.Index(condition=models.Q(('state', 'accepted')), fields=['cohort', '-accepted_at'], name='submission_done'), models.Index(condition=models.Q(('state', 'awaiting_mentee')), fields=['awaiting_mentee_since'], name='submission_with_mentee')],
                'constraints': [models.UniqueConstraint(models.F('membership'), models.F('project'), condition=models.Q(('state', 'withdrawn'), _negated=True), name='submission_one_live', violation_error_message='You have already handed in this project.'), models.CheckConstraint(condition=models.Q(models.Q(('awaiting_mentee_since', None), ('awaiting_mentor_since__isnull', False), ('state', 'awaiting_mentor')), models.Q(('awaiting_mentee_since__isnull', False), ('awaiting_mentor_since', None), ('state', 'awaiting_mentee')), models.Q(('accepted_at__isnull', False), ('awaiting_mentee_since', None), ('awaiting_mentor_since', None), ('state', 'accepted')), models.Q(('awaiting_mentee_since', None), ('awaiting_mentor_since', None), ('state', 'withdrawn')), _connector='OR'), name='submission_state_legal')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('reviewed', 'Reviewed'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=9)),
                ('repository_url', models.URLField(blank=True, max_length=300)),
                ('commit', models.CharField(blank=True, max_length=40, validators=[django.core.validators.RegexValidator('^[0-9a-f]{7,40}$', 'A commit is 7 to 40 hex digits.')])),
                ('write_up', models.TextField(blank=True, max_length=50000)),
                ('write_up_html', models.TextField(blank=True, editable=False)),
                ('handed_in_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('extensions', models.PositiveSmallIntegerField(default=0)),
                ('claimed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ('handed_in_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='projects.submission')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['claimed_by', 'claimed_until'], name='round_claims'), models.Index(condition=models.Q(('state', 'waiting')), fields=['handed_in_at'], name='round_waiting')],
                'constraints': [models.UniqueConstraint(models.F('submission'), models.F('number'), name='round_number_unique'), models.UniqueConstraint(models.F('submission'), condition=models.Q(('state', 'waiting')), name='round_one_waiting'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='round_number_from_one'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'reviewed', 'withdrawn'])), name='round_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_by', None), ('claimed_until', None)), models.Q(('claimed_by__isnull', False), ('claimed_until__isnull', False)), _connector='OR'), name='round_claim_has_end'), models.CheckConstraint(condition=models.Q(('extensions__lte', 2)), name='round_extended_twice_at_most')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=9)),
                ('verdict', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('changes_requested', 'Changes requested')], max_length=17)),
                ('summary', models.TextField(blank=True, max_length=20000)),
                ('summary_html', models.TextField(blank=True, editable=False)),
                ('version', models.PositiveIntegerField(default=0, help_text='Counts the saves; who saves over another loses.')),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('saved_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='projects.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('round'), models.F('mentor'), name='review_one_per_mentor'), models.UniqueConstraint(models.F('round'), condition=models.Q(('state', 'published')), name='review_one_published'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state', 'draft')), models.Q(('published_at__isnull', False), ('state', 'published'), ('verdict__in', ['accepted', 'changes_requested'])), _connector='OR'), name='review_published_has_verdict')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Given by the page, so that a save sent twice adds one comment.', max_length=32)),
                ('text', models.TextField(max_length=20000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('blocking', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('criterion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.criterion')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='projects.review')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('review'), models.F('key'), name='comment_key_once')],
            },
        ),
        migrations.CreateModel(
            name='ChangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('addressed', 'Addressed'), ('accepted', 'Accepted'), ('waived', 'Waived')], default='open', max_length=9)),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='change_request', to='projects.comment')),
                ('addressed_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.round')),
                ('opened_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.round')),
                ('settled_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.round')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_requests', to='projects.submission')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'addressed', 'accepted', 'waived'])), name='change_request_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'addressed'), _negated=True), ('addressed_in__isnull', False), _connector='OR'), name='change_request_addressed_where'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'waived']), _negated=True), ('settled_in__isnull', False), _connector='OR'), name='change_request_settled_where')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('settles_as', models.CharField(choices=[('accepted', 'Accept'), ('waived', 'Waive')], max_length=8)),
                ('change_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='projects.changerequest')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='projects.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('review'), models.F('change_request'), name='decision_once'), models.CheckConstraint(condition=models.Q(('settles_as__in', ['accepted', 'waived'])), name='decision_known')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=4000)),
                ('change_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='projects.changerequest')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='projects.round')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('change_request'), models.F('round'), name='response_once_a_round')],
            },
        ),
        migrations.CreateModel(
            name='HandInKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('person'), models.F('key'), name='hand_in_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=10000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='projects.criterion')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='projects.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('round'), models.F('criterion'), name='answer_once')],
            },
        ),
        migrations.CreateModel(
            name='RoundFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('file', models.FileField(max_length=120, upload_to=projects.models.files.stored_name)),
                ('content_type', models.CharField(max_length=60)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('rendering', models.CharField(choices=[('none', 'None'), ('waiting', 'Waiting'), ('done', 'Done'), ('failed', 'Failed')], default='none', max_length=7)),
                ('rendered_html', models.TextField(blank=True)),
                ('outline', models.JSONField(default=list, help_text="The notebook's headings: level, title, cell.")),
                ('render_error', models.CharField(blank=True, max_length=300)),
                ('render_started_at', models.DateTimeField(blank=True, null=True)),
                ('render_attempts', models.PositiveSmallIntegerField(default=0)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='projects.round')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('rendering', 'waiting')), fields=['id'], name='file_to_render')],
                'constraints': [models.UniqueConstraint(models.F('round'), models.F('name'), name='file_name_unique'), models.CheckConstraint(condition=models.Q(('size__lte', 20971520)), name='file_size_holds')],
            },
        ),
        migrations.CreateModel(
            name='NotebookImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('file', models.FileField(max_length=120, upload_to=projects.models.files.stored_image)),
                ('content_type', models.CharField(max_length=30)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='images', to='projects.roundfile')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(models.F('of'), models.F('number'), name='notebook_image_once')],
            },
        ),
    ]
