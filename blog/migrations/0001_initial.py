import django.core.validators
import django.db.models.deletion
import mentorship.common.clock
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Names the post for ever, in the feed too.')),
                ('title', models.CharField(max_length=140)),
                ('slug', models.SlugField(help_text='Frozen once the post was published.', max_length=80, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use lower-case letters, digits and single hyphens.')])),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('body', models.TextField(blank=True, max_length=200000)),
                ('body_html', models.TextField(blank=True, editable=False)),
                ('teaser', models.CharField(blank=True, editable=False, help_text='The summary, or else how the text begins.', max_length=300)),
                ('words', models.PositiveIntegerField(default=0, editable=False)),
                ('canonical_url', models.URLField(blank=True, max_length=300, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])])),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_editing', 'In editing'), ('published', 'Published')], default='draft', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('updated_at', models.DateTimeField(default=mentorship.common.clock.now, help_text='When its text last changed.')),
                ('asked_at', models.DateTimeField(blank=True, help_text='When editing was first asked for.', null=True)),
                ('in_editing_since', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, help_text='When it was first published.', null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                ('editor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='edited_posts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'published')), fields=['-published_at', '-id'], name='post_published'), models.Index(condition=models.Q(('state', 'in_editing')), fields=['in_editing_since'], name='post_in_editing'), models.Index(fields=['author', '-updated_at'], name='post_of_author')],
                'constraints': [models.UniqueConstraint(models.F('slug'), name='post_slug_unique', violation_error_message='Another post has this address.'), models.UniqueConstraint(models.F('author'), models.F('key'), name='post_begun_once'), models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='post_slug_plain'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='post_has_title'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_editing', 'published'])), name='post_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='post_published_has_time'), models.CheckConstraint(condition=models.Q(('canonical_url', ''), ('canonical_url__regex', '^https?://'), _connector='OR'), name='post_canonical_is_web')],
            },
        ),
        migrations.CreateModel(
            name='EditorComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=10000)),
                ('html', models.TextField(blank=True, editable=False)),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editor_comments', to='blog.post')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='editor_comment_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=140)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('body', models.TextField(blank=True)),
                ('begun_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('saved_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('by_itself', models.BooleanField(default=False, help_text='Saved by the page while its author typed.')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='blog.post')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(models.F('post'), models.F('version'), name='revision_version_unique')],
            },
        ),
    ]
