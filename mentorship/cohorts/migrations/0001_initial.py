import django.core.validators
import django.db.models.deletion
import mentorship.common.clock
import mentorship.cohorts.models.cohort
import mentorship.people.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('streams', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(error_messages={'unique': 'Another cohort has this address.'}, max_length=60, unique=True, validators=[mentorship.cohorts.models.cohort.validate_slug], verbose_name='address')),
                ('about', models.TextField(blank=True, max_length=4000)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Taking applications'), ('running', 'Running'), ('finished', 'Finished'), ('archived', 'Archived')], default='draft', max_length=8)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('applications_close_on', models.DateField(verbose_name='last day to apply')),
                ('timezone', models.CharField(default='UTC', max_length=64, validators=[mentorship.people.models.validate_timezone])),
                ('seats', models.PositiveIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)])),
                ('seats_taken', models.PositiveIntegerField(default=0, editable=False)),
                ('hours_a_week', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='hours a week')),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now, editable=False)),
                ('started_at', models.DateTimeField(editable=False, help_text='When an admin set it running.', null=True)),
                ('stream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='streams.stream')),
            ],
            options={
                'indexes': [models.Index(fields=['state', '-starts_on'], name='cohort_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'running', 'finished', 'archived'])), name='cohort_state_known'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='cohort_ends_after_start', violation_error_message='The last day must be after the first.'), models.CheckConstraint(condition=models.Q(('applications_close_on__lte', models.F('ends_on'))), name='cohort_closes_before_end', violation_error_message='Applications must close before the cohort ends.'), models.CheckConstraint(condition=models.Q(('seats_taken__lte', models.F('seats'))), name='cohort_seats_hold', violation_error_message='More seats are taken than that.')],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('submitted', 'Waiting for a decision'), ('waitlisted', 'On the waiting list'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='submitted', max_length=10)),
                ('motivation', models.TextField(max_length=4000)),
                ('background', models.TextField(max_length=4000)),
                ('goal', models.TextField(max_length=2000)),
                ('hours_a_week', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(80)])),
                ('link', models.URLField(blank=True)),
                ('submitted_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_note', models.TextField(blank=True, help_text='The applicant reads this.', max_length=2000)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='applications', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='cohorts.cohort')),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', 'state', 'submitted_at'], name='application_triage'), models.Index(condition=models.Q(('state', 'submitted')), fields=['submitted_at'], name='application_waiting')],
                'constraints': [models.UniqueConstraint(models.F('person'), models.F('cohort'), condition=models.Q(('state__in', ['submitted', 'waitlisted', 'accepted'])), name='application_one_live', violation_error_message='You have already applied to this cohort.'), models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'waitlisted', 'accepted', 'declined', 'withdrawn'])), name='application_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'declined']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='application_decided_has_time')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('mentee', 'Mentee'), ('mentor', 'Mentor')], max_length=6)),
                ('joined_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('capacity', models.PositiveSmallIntegerField(default=0, help_text='Mentors: how many mentees at once.', validators=[django.core.validators.MaxValueValidator(50)])),
                ('load', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='cohorts.cohort')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', 'role'], name='membership_roster'), models.Index(condition=models.Q(('left_at', None)), fields=['person'], name='membership_of_person')],
                'constraints': [models.UniqueConstraint(models.F('person'), models.F('cohort'), models.F('role'), condition=models.Q(('left_at', None)), name='membership_one_active'), models.CheckConstraint(condition=models.Q(('role__in', ['mentee', 'mentor'])), name='membership_role_known'), models.CheckConstraint(condition=models.Q(('load__lte', models.F('capacity'))), name='membership_capacity_holds'), models.CheckConstraint(condition=models.Q(('left_at', None), ('left_at__gte', models.F('joined_at')), _connector='OR'), name='membership_leaves_after_joining')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=140)),
                ('starts_at', models.DateTimeField()),
                ('minutes_long', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(90)], verbose_name='minutes')),
                ('link', models.URLField(blank=True)),
                ('notes', models.TextField(blank=True, help_text='Minutes and action items, in Markdown.', max_length=10000)),
                ('notes_html', models.TextField(blank=True, editable=False)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='cohorts.cohort')),
                ('coordinator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cohorts.membership')),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', 'starts_at'], name='meeting_calendar')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes_long__gte', 5), ('minutes_long__lte', 90)), name='meeting_ninety_minutes_at_most')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='cohorts.cohort')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments_as_mentee', to='cohorts.membership')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments_as_mentor', to='cohorts.membership')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['mentor'], name='assignment_of_mentor')],
                'constraints': [models.UniqueConstraint(models.F('mentee'), condition=models.Q(('ended_at', None)), name='assignment_one_active'), models.CheckConstraint(condition=models.Q(('mentee', models.F('mentor')), _negated=True), name='assignment_of_two_people'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='assignment_ends_after_start'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('end_reason', ''), _negated=True), _connector='OR'), name='assignment_end_has_reason')],
            },
        ),
    ]
