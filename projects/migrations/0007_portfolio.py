import django.db.models.constraints
import django.db.models.deletion
import mentorship.common.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('projects', '0006_team'),
    ]

    operations = [
        migrations.CreateModel(
            name='Portfolio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('private', 'Only me'), ('program', 'People who are signed in'), ('public', 'Everyone on the web')], default='private', max_length=7)),
                ('about', models.TextField(blank=True, max_length=2000)),
                ('about_html', models.TextField(blank=True, editable=False)),
                ('shows_posts', models.BooleanField(default=True)),
                ('shows_score', models.BooleanField(default=False)),
                ('aims_at', models.CharField(default='engineering', help_text='The table of the score that is shown.', max_length=20)),
                ('version', models.PositiveIntegerField(default=1, help_text='Counts the saves; who saves over another loses.')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='portfolio', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('visibility__in', ['private', 'program', 'public'])), name='portfolio_visibility_known')],
            },
        ),
        migrations.CreateModel(
            name='OtherWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=140)),
                ('kinds', models.JSONField(default=dict, help_text='What it is, by the table of the score.')),
                ('facts', models.JSONField(default=list, help_text='What holds of it: keys of factors.')),
                ('created_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='other_works', to='projects.portfolio')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='other_work_has_title'), models.UniqueConstraint(models.F('portfolio'), models.F('title'), name='other_work_once', violation_error_message='This work is there already.')],
            },
        ),
        migrations.CreateModel(
            name='PortfolioProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('position', models.PositiveSmallIntegerField()),
                ('shown', models.BooleanField(default=False)),
                ('title', models.CharField(max_length=140)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('what', models.CharField(blank=True, max_length=300)),
                ('data', models.CharField(blank=True, max_length=300)),
                ('result', models.CharField(blank=True, max_length=300)),
                ('write_up', models.TextField(blank=True, max_length=20000)),
                ('write_up_html', models.TextField(blank=True, editable=False)),
                ('link', models.URLField(blank=True, max_length=300)),
                ('kinds', models.JSONField(default=dict, help_text='What it is, by the table of the score.')),
                ('facts', models.JSONField(default=list, help_text='What holds of it: keys of factors.')),
                ('version', models.PositiveIntegerField(default=1, help_text='Counts the saves; who saves over another loses.')),
                ('added_at', models.DateTimeField(default=mentorship.common.clock.now)),
                ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='projects.portfolio')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.submission')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('portfolio'), models.F('submission'), name='portfolio_project_once'), models.UniqueConstraint(models.F('portfolio'), models.F('slug'), name='portfolio_project_address'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('portfolio', 'position'), name='portfolio_project_place'), models.CheckConstraint(condition=models.Q(('shown', False), models.Q(('why', ''), ('what', ''), ('data', ''), ('result', ''), _connector='OR', _negated=True), _connector='OR'), name='portfolio_project_shown_with_summary'), models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='portfolio_project_slug_lower_case')],
            },
        ),
    ]
