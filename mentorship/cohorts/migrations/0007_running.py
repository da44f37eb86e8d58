import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import mentorship.common.clock
import mentorship.cohorts.models.transfer
import mentorship.people.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0006_group'),
        ('streams', '0003_imported'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='what')),
                ('due_on', models.DateField(verbose_name='until')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='The same form sent twice is one item.')),
                ('made_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='cohorts.cohort')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='cohorts.meeting')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='cohorts.membership')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('done_at', None), ('dropped_at', None)), fields=['due_on'], name='action_open')],
                'constraints': [models.UniqueConstraint(models.F('made_by'), models.F('key'), name='action_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='action_says_something'), models.CheckConstraint(condition=models.Q(('done_at', None), ('dropped_at', None), _connector='OR'), name='action_done_or_dropped')],
            },
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=10000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('edits', models.PositiveSmallIntegerField(default=0, help_text='Counts the edits; who edits over another loses.')),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('title', models.CharField(max_length=140)),
                ('pinned', models.BooleanField(default=False)),
                ('publish_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to='cohorts.cohort')),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', '-pinned', '-publish_at'], name='announcement_list'), models.Index(condition=models.Q(('published_at', None)), fields=['publish_at'], name='announcement_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deleted_at', None), models.Q(('text', ''), _negated=True)), models.Q(('deleted_at__isnull', False), ('text', '')), _connector='OR'), name='announcement_deleted_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='AnnouncementRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='cohorts.announcement')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('announcement'), models.F('person'), name='announcement_read_once')],
            },
        ),
        migrations.CreateModel(
            name='CohortQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=10000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('edits', models.PositiveSmallIntegerField(default=0, help_text='Counts the edits; who edits over another loses.')),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('title', models.CharField(max_length=140)),
                ('words', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('title', 'text', config='english'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='cohorts.cohort')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='cohorts.membership')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='question_words'), models.Index(fields=['cohort', '-id'], name='question_list')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=10000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('edits', models.PositiveSmallIntegerField(default=0, help_text='Counts the edits; who edits over another loses.')),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('words', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('text', config='english'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(help_text='None: an admin.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='cohorts.membership')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='cohorts.cohortquestion')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='answer_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deleted_at', None), models.Q(('text', ''), _negated=True)), models.Q(('deleted_at__isnull', False), ('text', '')), _connector='OR'), name='answer_deleted_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('text', 'A line of text'), ('long', 'Several paragraphs'), ('choice', 'One of several choices'), ('hours', 'Hours a week'), ('timezone', 'A timezone'), ('link', 'A link')], default='text', max_length=8)),
                ('label', models.CharField(max_length=200, verbose_name='question')),
                ('help', models.CharField(blank=True, max_length=300, verbose_name='a hint below it')),
                ('choices', models.JSONField(blank=True, default=list)),
                ('required', models.BooleanField(default=False, verbose_name='must be answered')),
                ('position', models.PositiveIntegerField(default=0, editable=False)),
                ('retired_at', models.DateTimeField(editable=False, null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='application_questions', to='cohorts.cohort')),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', 'position'], name='application_question_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'long', 'choice', 'hours', 'timezone', 'link'])), name='application_question_kind'), models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='application_question_asks'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'choice'), models.Q(('choices', []), _negated=True)), models.Q(models.Q(('kind', 'choice'), _negated=True), ('choices', [])), _connector='OR'), name='application_question_choices')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=4000)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_answers', to='cohorts.application')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='cohorts.applicationquestion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'question'), name='application_answer_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='application_answer_says')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='application_drafts', to='cohorts.cohort')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='application_drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'cohort'), name='application_draft_once')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                ('comment', models.TextField(blank=True, max_length=2000)),
                ('scored_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='cohorts.application')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'reviewer'), name='application_score_once'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='application_score_one_to_five')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('present', 'Present'), ('excused', 'Excused'), ('absent', 'Absent')], max_length=7)),
                ('noted_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.cohort')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='cohorts.meeting')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='cohorts.membership')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['membership', 'state'], name='attendance_of_member')],
                'constraints': [models.UniqueConstraint(models.F('meeting'), models.F('membership'), name='attendance_once'), models.CheckConstraint(condition=models.Q(('state__in', ['present', 'excused', 'absent'])), name='attendance_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Availability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None)),
                ('awake_from', models.TimeField(default=datetime.time(7, 0), help_text="By the person's own clock.")),
                ('awake_until', models.TimeField(default=datetime.time(23, 0), help_text='Before `awake_from`: on the next day.')),
                ('hours_a_week', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(40)])),
                ('said_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='availability', to=settings.AUTH_USER_MODEL)),
                ('streams', models.ManyToManyField(blank=True, related_name='+', to='streams.stream')),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='streams.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('awake_from', models.F('awake_until')), _negated=True), name='availability_awake_sometimes'), models.CheckConstraint(condition=models.Q(('hours_a_week', None), models.Q(('hours_a_week__gte', 1), ('hours_a_week__lte', 40)), _connector='OR'), name='availability_hours_sensible')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('office', 'Office hours'), ('interview', 'Mock interview')], max_length=9)),
                ('interview_round', models.CharField(blank=True, choices=[('breadth', 'Machine-learning breadth'), ('depth', 'Machine-learning depth'), ('design', 'System design'), ('coding', 'Coding'), ('behavioural', 'Behavioural'), ('project', 'Project deep dive')], max_length=11, verbose_name='round')),
                ('host_asks', models.BooleanField(default=True, help_text='The host interviews; otherwise the host is interviewed.')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='where')),
                ('note', models.CharField(blank=True, max_length=300)),
                ('offered_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='cohorts.cohort')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='cohorts.membership')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('withdrawn_at', None)), fields=['cohort', 'starts_at'], name='slot_calendar')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(seconds=900)))), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(seconds=5400))))), name='slot_length'), models.CheckConstraint(condition=models.Q(('kind__in', ['office', 'interview'])), name='slot_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('host_asks', True), ('interview_round', ''), ('kind', 'office')), models.Q(('interview_round__in', ['breadth', 'depth', 'design', 'coding', 'behavioural', 'project']), ('kind', 'interview')), _connector='OR'), name='slot_round_of_interview')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(blank=True, max_length=300)),
                ('booked_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('guest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='cohorts.membership')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='cohorts.slot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('slot'), condition=models.Q(('cancelled_at', None)), name='booking_one_standing'), models.CheckConstraint(condition=models.Q(('cancelled_at', None), ('cancelled_by__isnull', False), _connector='XOR'), name='booking_cancelled_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('text', models.TextField(max_length=10000)),
                ('html', models.TextField(editable=False)),
                ('written_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charters', to='cohorts.cohort')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('cohort'), models.F('version'), name='charter_one_of_a_version'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='charter_version_from_one')],
            },
        ),
        migrations.CreateModel(
            name='CharterAcceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='cohorts.charter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('charter'), models.F('person'), name='charter_accepted_once')],
            },
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('time', 'I do not have the time'), ('job', 'I found a job or another way'), ('pace', 'The pace or the level does not fit'), ('life', 'Life: health, family, a move'), ('program', 'The program is not what I need'), ('other', 'Something else')], max_length=7)),
                ('text', models.CharField(blank=True, max_length=1000)),
                ('thanks', models.CharField(blank=True, max_length=1000)),
                ('door_open', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='departure', to='cohorts.membership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['time', 'job', 'pace', 'life', 'program', 'other'])), name='departure_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='DueDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField()),
                ('by_hand', models.BooleanField(default=False)),
                ('sequence', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=mentorship.common.clock.now, editable=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_dates', to='cohorts.cohort')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='streams.item')),
            ],
            options={
                'ordering': ['due_at', 'item__position', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('cohort'), models.F('item'), name='due_date_once')],
            },
        ),
        migrations.CreateModel(
            name='GroupPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=10000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('edits', models.PositiveSmallIntegerField(default=0, help_text='Counts the edits; who edits over another loses.')),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='The same form sent twice is one post.')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='cohorts.group')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='cohorts.grouppost')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['group', 'parent', '-id'], name='group_post_list')],
                'constraints': [models.UniqueConstraint(models.F('author'), models.F('key'), name='group_post_once'), models.CheckConstraint(condition=models.Q(models.Q(('deleted_at', None), models.Q(('text', ''), _negated=True)), models.Q(('deleted_at__isnull', False), ('text', '')), _connector='OR'), name='group_post_deleted_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='EarlierText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=140)),
                ('text', models.TextField()),
                ('replaced_at', models.DateTimeField()),
                ('announcement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='cohorts.announcement')),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='cohorts.answer')),
                ('cohortquestion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='cohorts.cohortquestion')),
                ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('grouppost', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='cohorts.grouppost')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('announcement', None), ('answer', None), ('cohortquestion', None), ('grouppost__isnull', False)), models.Q(('announcement__isnull', False), ('answer', None), ('cohortquestion', None), ('grouppost', None)), models.Q(('announcement', None), ('answer', None), ('cohortquestion__isnull', False), ('grouppost', None)), models.Q(('announcement', None), ('answer__isnull', False), ('cohortquestion', None), ('grouppost', None)), _connector='OR'), name='earlier_text_of_one')],
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engagements', to=settings.AUTH_USER_MODEL)),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engagements', to='cohorts.slot')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('person', 'person', models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '='), (models.Func('starts_at', 'ends_at', function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='engagement_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Exchange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('agreed', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('overtaken', 'Overtaken')], default='asked', max_length=9)),
                ('asked_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.membership')),
                ('in_return', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.meeting')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exchanges', to='cohorts.meeting')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.membership')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(models.F('meeting'), models.F('asker'), condition=models.Q(('state', 'asked')), name='exchange_asked_once'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'agreed', 'declined', 'withdrawn', 'overtaken'])), name='exchange_state_known'), models.CheckConstraint(condition=models.Q(('state', 'asked'), ('answered_at__isnull', False), _connector='XOR'), name='exchange_answered_when'), models.CheckConstraint(condition=models.Q(('asker', models.F('other')), _negated=True), name='exchange_of_two_people'), models.CheckConstraint(condition=models.Q(('in_return', None), models.Q(('in_return', models.F('meeting')), _negated=True), _connector='OR'), name='exchange_of_two_meetings')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('granted', 'Granted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('ended', 'Ended')], default='asked', max_length=9)),
                ('until', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, help_text='What who decided said.', max_length=300)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('due', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='cohorts.duedate')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='cohorts.membership')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'declined', 'withdrawn', 'ended'])), name='extension_state_known'), models.UniqueConstraint(models.F('due'), models.F('membership'), condition=models.Q(('state', 'asked')), name='extension_asked_once'), models.UniqueConstraint(models.F('due'), models.F('membership'), condition=models.Q(('state', 'granted')), name='extension_granted_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='extension_has_reason'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'withdrawn']), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='extension_decided_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('person'), condition=models.Q(('revoked_at', None)), name='feed_one_open'), models.CheckConstraint(condition=models.Q(('revoked_at', None), ('revoked_at__gte', models.F('created_at')), _connector='OR'), name='feed_revoked_after_made')],
            },
        ),
        migrations.CreateModel(
            name='GroupLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('url', models.URLField(max_length=500, validators=[django.core.validators.RegexValidator('^https?://')])),
                ('added_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='cohorts.group')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('group'), models.F('url'), name='group_link_once'), models.CheckConstraint(condition=models.Q(('url__regex', '^https?://')), name='group_link_to_the_web')],
            },
        ),
        migrations.CreateModel(
            name='InterviewFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('levels', models.JSONField(default=dict)),
                ('went_well', models.TextField(max_length=2000)),
                ('next_time', models.TextField(max_length=2000)),
                ('given_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='cohorts.booking')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.membership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('booking'), models.F('by'), name='interview_feedback_once'), models.CheckConstraint(condition=models.Q(models.Q(('went_well', ''), _negated=True), models.Q(('next_time', ''), _negated=True)), name='interview_feedback_says_both')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('role', models.CharField(choices=[('mentee', 'Mentee'), ('mentor', 'Mentor')], max_length=6)),
                ('name', models.CharField(blank=True, max_length=100)),
                ('message', models.TextField(blank=True, max_length=1000)),
                ('capacity', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(50)])),
                ('state', models.CharField(choices=[('open', 'Sent'), ('accepted', 'Accepted'), ('revoked', 'Revoked')], default='open', max_length=8)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('times_sent', models.PositiveSmallIntegerField(default=1)),
                ('sent_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='cohorts.cohort')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', 'state', '-sent_at'], name='invitation_list')],
                'constraints': [models.UniqueConstraint(models.F('cohort'), models.F('address'), condition=models.Q(('state', 'open')), name='invitation_one_open'), models.CheckConstraint(condition=models.Q(('address', django.db.models.functions.text.Lower('address'))), name='invitation_address_lower'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'revoked'])), name='invitation_state_known'), models.CheckConstraint(condition=models.Q(('role__in', ['mentee', 'mentor'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_by', None), ('closed_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='invitation_closed_has_time'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('sent_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('sent_at'), '+', models.Value(datetime.timedelta(days=7))))), name='invitation_seven_days')],
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listed', models.BooleanField(default=False)),
                ('on_web', models.BooleanField(default=False)),
                ('says', models.CharField(blank=True, max_length=280)),
                ('shows_headline', models.BooleanField(default=True)),
                ('shows_zone', models.BooleanField(default=False)),
                ('shows_links', models.BooleanField(default=False)),
                ('shows_email', models.BooleanField(default=False, help_text='Never on the web.')),
                ('changed_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='listing', to='cohorts.membership')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('on_web', True)), fields=['-changed_at'], name='listing_on_web')],
            },
        ),
        migrations.CreateModel(
            name='MeetingRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('agenda', 'Agenda'), ('notes', 'Minutes')], max_length=6)),
                ('version', models.PositiveIntegerField(help_text="The text's version after the last save of this sitting.")),
                ('text', models.TextField(blank=True)),
                ('began_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='cohorts.meeting')),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(models.F('meeting'), models.F('what'), models.F('version'), name='meeting_revision_once'), models.CheckConstraint(condition=models.Q(('what__in', ['agenda', 'notes'])), name='meeting_revision_what_known')],
            },
        ),
        migrations.CreateModel(
            name='Nudge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(help_text="On the giver's calendar.")),
                ('words', models.PositiveSmallIntegerField(choices=[(1, 'Half an hour today? I sit down for mine as well.'), (2, 'You have come far already. One small step is enough for today.'), (3, 'Are you stuck somewhere? Tell me, two heads see more.'), (4, 'I am thinking of you. How does your week go?')])),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nudges', to='cohorts.group')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(models.F('giver'), models.F('receiver'), models.F('day'), name='nudge_once_a_day'), models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='nudge_another'), models.CheckConstraint(condition=models.Q(('words__in', [1, 2, 3, 4])), name='nudge_words_known')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('result', models.CharField(choices=[('graduated', 'Graduated'), ('unfinished', 'Did not finish'), ('left', 'Left')], max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('required', models.PositiveIntegerField(default=0)),
                ('works', models.PositiveIntegerField(default=0)),
                ('code', models.CharField(editable=False, max_length=32, null=True, unique=True)),
                ('decided_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='cohorts.membership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('result__in', ['graduated', 'unfinished', 'left'])), name='outcome_result_known'), models.CheckConstraint(condition=models.Q(models.Q(('code__isnull', False), ('result', 'graduated')), models.Q(models.Q(('result', 'graduated'), _negated=True), ('code', None)), _connector='OR'), name='outcome_code_of_graduates')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('work', 'Work needs me'), ('health', 'Health'), ('family', 'Family'), ('travel', 'Travel'), ('rest', 'I need a rest'), ('other', 'Something else')], max_length=6)),
                ('note', models.CharField(blank=True, help_text='The mentee, their mentor and admins read it.', max_length=300)),
                ('first_day', models.DateField()),
                ('returns_on', models.DateField()),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, help_text='When the return was greeted.', null=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='cohorts.membership')),
            ],
            options={
                'ordering': ['-first_day', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('returns_on__gte', models.F('first_day'))), name='pause_ends_after_start'), models.CheckConstraint(condition=models.Q(('reason__in', ['work', 'health', 'family', 'travel', 'rest', 'other'])), name='pause_reason_known'), models.UniqueConstraint(models.F('membership'), condition=models.Q(('ended_at', None)), name='pause_one_open'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('membership', 'membership', models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '='), (models.Func('first_day', 'returns_on', models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='pause_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='what')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='The same form sent twice is one point.')),
                ('raised_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='cohorts.cohort')),
                ('meeting', models.ForeignKey(help_text='Where it was first put.', on_delete=django.db.models.deletion.PROTECT, related_name='points', to='cohorts.meeting')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['raised_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['cohort'], name='point_open')],
                'constraints': [models.UniqueConstraint(models.F('raised_by'), models.F('key'), name='point_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='point_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('applied', 'Applied'), ('discarded', 'Discarded')], default='open', max_length=9)),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('changed_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='cohorts.cohort')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('cohort'), condition=models.Q(('state', 'open')), name='proposal_one_open'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'applied', 'discarded'])), name='proposal_state_known')],
            },
        ),
        migrations.CreateModel(
            name='ProposedPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.IntegerField(default=0)),
                ('sentence', models.TextField()),
                ('pinned', models.BooleanField(default=False, help_text='Chosen by hand: solving again leaves it.')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.membership')),
                ('mentor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.membership')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='cohorts.proposal')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('proposal'), models.F('mentee'), name='proposed_pair_once'), models.CheckConstraint(condition=models.Q(('mentee', models.F('mentor')), _negated=True), name='proposed_pair_of_two'), models.CheckConstraint(condition=models.Q(('sentence', ''), _negated=True), name='proposed_pair_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('skipped', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, help_text='Weeks without program.', size=None)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(default=mentorship.common.clock.now)),
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
                'constraints': [models.UniqueConstraint(models.F('schedule'), models.F('unit'), name='scheduled_unit_once'), models.CheckConstraint(condition=models.Q(('first_week__gte', 1), ('last_week__gte', models.F('first_week'))), name='scheduled_unit_weeks_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=140)),
                ('slug', models.SlugField(error_messages={'unique': 'Another talk has this address.'}, max_length=80, unique=True, verbose_name='address')),
                ('about', models.TextField(help_text='What it is about, in Markdown.', max_length=8000)),
                ('about_html', models.TextField(blank=True, editable=False)),
                ('speaker_name', models.CharField(max_length=120, verbose_name='speaker')),
                ('speaker_about', models.CharField(blank=True, max_length=300, verbose_name='who they are')),
                ('speaker_email', models.EmailField(blank=True, help_text='For the invitation; nobody sees it.', max_length=254, verbose_name="speaker's address")),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('timezone', models.CharField(default='UTC', max_length=64, validators=[mentorship.people.models.validate_timezone])),
                ('place', models.URLField(blank=True, help_text='Who has signed up sees it.', verbose_name='link to join')),
                ('visibility', models.CharField(choices=[('public', 'Everyone'), ('program', 'Members of the program')], default='program', max_length=7, verbose_name='for')),
                ('limit', models.PositiveIntegerField(blank=True, help_text='Empty: as many as come.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='seats')),
                ('seats_taken', models.PositiveIntegerField(default=0, editable=False)),
                ('recording', models.URLField(blank=True, verbose_name='recording')),
                ('invited_at', models.DateTimeField(editable=False, null=True)),
                ('secret_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], editable=False, max_length=3)),
                ('answer_note', models.CharField(blank=True, editable=False, max_length=500)),
                ('announced_at', models.DateTimeField(editable=False, null=True)),
                ('cancelled_at', models.DateTimeField(editable=False, null=True)),
                ('cancel_reason', models.CharField(blank=True, editable=False, max_length=300)),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=mentorship.common.clock.now, editable=False)),
            ],
            options={
                'indexes': [models.Index(fields=['starts_at'], name='talk_calendar')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(seconds=10800))))), name='talk_length'), models.CheckConstraint(condition=models.Q(('limit', None), ('seats_taken__lte', models.F('limit')), _connector='OR'), name='talk_seats_hold'), models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'program'])), name='talk_visibility_known'), models.UniqueConstraint(models.F('secret_digest'), condition=models.Q(('secret_digest', ''), _negated=True), name='talk_secret_unique')],
            },
        ),
        migrations.CreateModel(
            name='TalkSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_up_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('seated_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talk_seats', to=settings.AUTH_USER_MODEL)),
                ('talk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='cohorts.talk')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('left_at', None)), fields=['person'], name='talk_seat_of_person')],
                'constraints': [models.UniqueConstraint(models.F('talk'), models.F('person'), condition=models.Q(('left_at', None)), name='talk_seat_once')],
            },
        ),
        migrations.CreateModel(
            name='Thresholds',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('progress_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days without a step')),
                ('progress_weight', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='weight')),
                ('study_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days without a study entry')),
                ('study_weight', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='weight')),
                ('round_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days that a review waits for an answer')),
                ('round_weight', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='weight')),
                ('meetings_missed', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='meetings missed in a row')),
                ('meetings_weight', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='weight')),
                ('mood_days', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days since the mood fell twice in a row, at most')),
                ('mood_weight', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='weight')),
                ('listed_from', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(25)], verbose_name='sum from which they are listed')),
                ('cohort', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='thresholds', to='cohorts.cohort')),
            ],
            options={
                'verbose_name_plural': 'thresholds',
                'constraints': [models.CheckConstraint(condition=models.Q(('progress_days__range', (1, 60)), ('study_days__range', (1, 60)), ('round_days__range', (1, 60)), ('mood_days__range', (1, 60))), name='thresholds_days_sensible'), models.CheckConstraint(condition=models.Q(('progress_weight__lte', 5), ('study_weight__lte', 5), ('round_weight__lte', 5), ('meetings_weight__lte', 5), ('mood_weight__lte', 5)), name='thresholds_weights_sensible'), models.CheckConstraint(condition=models.Q(('meetings_missed__range', (1, 10)), ('listed_from__range', (1, 25))), name='thresholds_counts_sensible'), models.CheckConstraint(condition=models.Q(('listed_from__lte', django.db.models.expressions.CombinedExpression(models.F('progress_weight'), '+', models.F('study_weight')))), name='thresholds_silence_is_listed', violation_error_message='No step and no study together must be enough for the list: raise their weights, or lower the sum.')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('export', 'Export'), ('import', 'Import')], max_length=6)),
                ('kind', models.CharField(choices=[('people', 'People'), ('memberships', 'Memberships'), ('results', 'Results')], max_length=11)),
                ('format', models.CharField(choices=[('csv', 'CSV'), ('xlsx', 'Excel (XLSX)')], default='csv', max_length=4)),
                ('state', models.CharField(choices=[('waiting', 'At work'), ('checked', 'Checked'), ('applying', 'Importing'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Left alone')], default='waiting', max_length=9)),
                ('name', models.CharField(blank=True, help_text='What the file was called, or will be.', max_length=100)),
                ('file', models.FileField(blank=True, max_length=120, upload_to=mentorship.cohorts.models.transfer.stored_name)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict, help_text='How many rows are new, change something, change nothing.')),
                ('preview', models.JSONField(default=list, help_text='What the first rows will do, a sentence each.')),
                ('problems', models.JSONField(default=list, help_text='The first: row, column, sentence.')),
                ('problem_count', models.PositiveIntegerField(default=0)),
                ('said', models.CharField(blank=True, help_text='Why it failed.', max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.cohort')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'applying'])), fields=['created_at'], name='transfer_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['export', 'import'])), name='transfer_way_known'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'checked', 'applying', 'done', 'failed', 'cancelled'])), name='transfer_state_known'), models.CheckConstraint(condition=models.Q(('way', 'import'), ('state__in', ['waiting', 'done', 'failed']), _connector='OR'), name='transfer_export_not_applied'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='transfer_done_has_time')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, help_text='The mentor reads it.', max_length=300)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='asked', max_length=9)),
                ('asked_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='cohorts.meeting')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(models.F('meeting'), condition=models.Q(('state__in', ['asked', 'accepted'])), name='visit_one_live'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'accepted', 'declined', 'withdrawn'])), name='visit_state_known'), models.CheckConstraint(condition=models.Q(('state', 'asked'), ('answered_at__isnull', False), _connector='XOR'), name='visit_answered_when')],
            },
        ),
        migrations.CreateModel(
            name='Visits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='cohorts.cohort')),
            ],
            options={
                'verbose_name_plural': 'visits',
                'constraints': [models.UniqueConstraint(models.F('cohort'), models.F('day'), name='visits_one_a_day')],
            },
        ),
        migrations.CreateModel(
            name='WeekGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('monday', models.DateField()),
                ('text', models.CharField(max_length=200)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='cohorts.groupmember')),
            ],
            options={
                'ordering': ['-monday'],
                'constraints': [models.UniqueConstraint(models.F('member'), models.F('monday'), name='week_goal_once'), models.CheckConstraint(condition=models.Q(('monday__iso_week_day', 1)), name='week_goal_on_monday')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('veto', models.BooleanField(default=False, help_text='Not with them. Admins alone read it.')),
                ('said_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wished_by', to='cohorts.membership')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='cohorts.membership')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('seat'), models.F('about'), name='wish_once'), models.CheckConstraint(condition=models.Q(('seat', models.F('about')), _negated=True), name='wish_about_another')],
            },
        ),
        migrations.AddField(
            model_name='cohortquestion',
            name='accepted',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.answer'),
        ),
        migrations.AddConstraint(
            model_name='cohortquestion',
            constraint=models.CheckConstraint(condition=models.Q(('deleted_at', None), models.Q(('accepted', None), ('text', '')), _connector='OR'), name='question_deleted'),
        ),
        migrations.RemoveConstraint(
            model_name='group',
            name='group_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='groupmember',
            name='group_member_fits',
        ),
        migrations.AddField(
            model_name='application',
            name='line_at',
            field=models.DateTimeField(editable=False, help_text='Where in line an admin has put this: as if it had been sent then.', null=True),
        ),
        migrations.AddField(
            model_name='away',
            name='cover',
            field=models.BooleanField(db_default=False, default=False, help_text='The other mentors are asked to help with rounds that wait.'),
        ),
        migrations.AddField(
            model_name='cohort',
            name='for_whom',
            field=models.TextField(blank=True, db_default='', max_length=2000, verbose_name='who it is for'),
        ),
        migrations.AddField(
            model_name='cohort',
            name='promise_days',
            field=models.PositiveSmallIntegerField(db_default=4, default=4, help_text='What mentors promise when they join; each may change their own.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(21)], verbose_name='days until a review'),
        ),
        migrations.AddField(
            model_name='cohort',
            name='waitlist_moves_up',
            field=models.BooleanField(db_default=False, default=False, verbose_name='a free seat goes to who is first on the waiting list'),
        ),
        migrations.AddField(
            model_name='group',
            name='meets_at',
            field=models.DateTimeField(blank=True, help_text='Its own next date.', null=True),
        ),
        migrations.AddField(
            model_name='group',
            name='meets_where',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='shares_week_since',
            field=models.DateTimeField(blank=True, help_text="Since when the partner may see this member's week; empty: they may not.", null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='agenda',
            field=models.TextField(blank=True, help_text='Markdown.', max_length=10000),
        ),
        migrations.AddField(
            model_name='meeting',
            name='agenda_html',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='meeting',
            name='agenda_version',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='meeting',
            name='cancel_reason',
            field=models.CharField(blank=True, db_default='', max_length=300),
        ),
        migrations.AddField(
            model_name='meeting',
            name='changed_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=mentorship.common.clock.now, editable=False),
        ),
        migrations.AddField(
            model_name='meeting',
            name='closed_at',
            field=models.DateTimeField(blank=True, help_text='When the minutes were closed and sent out.', null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='notes_version',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='meeting',
            name='regular_on',
            field=models.DateField(blank=True, editable=False, help_text="The day of the cohort's rhythm that it was made for; it stays when the meeting is moved.", null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='sequence',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='membership',
            name='reviews_applications',
            field=models.BooleanField(db_default=False, default=False, editable=False, help_text='Mentors: they read and score applications.'),
        ),
        migrations.AddField(
            model_name='membership',
            name='shown',
            field=models.BooleanField(db_default=False, default=False, help_text="Mentors: agreed to be named on the cohort's public page."),
        ),
        migrations.AddField(
            model_name='membership',
            name='topics',
            field=models.ManyToManyField(blank=True, help_text='Mentees: what they would like help with.', related_name='+', to='streams.unit'),
        ),
        migrations.AddField(
            model_name='mentornote',
            name='hands_over',
            field=models.OneToOneField(blank=True, help_text='The assignment that this is the summary of, for who mentors next.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='summary', to='cohorts.assignment'),
        ),
        migrations.AlterField(
            model_name='group',
            name='kind',
            field=models.CharField(choices=[('capstone', 'Capstone team'), ('interview', 'Mock-interview pair'), ('accountability', 'Accountability pair'), ('support', 'Support group')], default='capstone', max_length=14),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='coordinator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led', to='cohorts.membership'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='notes',
            field=models.TextField(blank=True, help_text='Minutes, in Markdown.', max_length=20000),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['cohort', 'state', '-decided_at', '-id'], name='application_decided'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(models.F('cohort'), django.db.models.functions.comparison.Coalesce('line_at', 'submitted_at'), models.F('id'), condition=models.Q(('state', 'waitlisted')), name='application_line'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.CheckConstraint(condition=models.Q(('promise_days__gte', 1), ('promise_days__lte', 21)), name='cohort_promise_sensible'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['capstone', 'interview', 'accountability', 'support'])), name='group_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(('place__gte', 1), models.Q(models.Q(('kind', 'capstone'), ('place__lte', 4)), models.Q(('kind', 'support'), ('place__lte', 8)), ('place__lte', 2), _connector='OR')), name='group_member_fits'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(models.F('cohort'), models.F('regular_on'), name='meeting_regular_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='meeting_closed_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('cancelled_at', None), _connector='OR'), name='meeting_closed_or_cancelled'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('reviews_applications', False), ('role', 'mentor'), _connector='OR'), name='membership_reviewer_is_mentor'),
        ),
    ]
