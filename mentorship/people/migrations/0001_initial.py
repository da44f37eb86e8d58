import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import mentorship.people.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254)),
                ('handle', models.CharField(help_text='Your address here: lower case, 3 to 30 letters.', max_length=30, validators=[mentorship.people.models.validate_handle])),
                ('name', models.CharField(max_length=100)),
                ('timezone', models.CharField(default='UTC', max_length=64, validators=[mentorship.people.models.validate_timezone])),
                ('visibility', models.CharField(choices=[('public', 'Everyone on the web'), ('program', 'People who are signed in'), ('private', 'Only me')], default='program', max_length=8)),
                ('headline', models.CharField(blank=True, help_text='One line: who you are, what you work towards.', max_length=140)),
                ('bio', models.TextField(blank=True, max_length=2000)),
                ('website', models.URLField(blank=True, validators=[django.core.validators.RegexValidator('^https?://')])),
                ('github', models.CharField(blank=True, max_length=39, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9](?:-?[A-Za-z0-9])*$', 'A GitHub user name.')])),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_unique', violation_error_message='This e-mail address is in use.'), models.UniqueConstraint(fields=('handle',), name='user_handle_unique', violation_error_code='unique', violation_error_message='This handle is taken.'), models.CheckConstraint(condition=models.Q(('handle__regex', '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')), name='user_handle_lower_case'), models.CheckConstraint(condition=models.Q(('handle__in', ['about', 'accounts', 'admin', 'administrator', 'admins', 'api', 'apply', 'blog', 'charter', 'cohort', 'cohorts', 'dev', 'docs', 'editor', 'editors', 'everyone', 'faq', 'feed', 'help', 'home', 'login', 'logout', 'me', 'media', 'mentee', 'mentees', 'mentor', 'mentors', 'moderator', 'new', 'null', 'people', 'portfolio', 'privacy', 'project', 'projects', 'queue', 'review', 'reviews', 'root', 'search', 'security', 'settings', 'signup', 'staff', 'static', 'stream', 'streams', 'study', 'support', 'system', 'terms', 'undefined', 'www']), _negated=True), name='user_handle_not_reserved'), models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'program', 'private'])), name='user_visibility_known')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('verb', models.CharField(max_length=60)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField()),
                ('detail', models.JSONField(default=dict)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_type', 'subject_id', 'at'], name='event_subject')],
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('prefix', models.CharField(max_length=12)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='token_expires_later')],
            },
        ),
    ]
