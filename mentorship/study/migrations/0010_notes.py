import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import mentorship.study.notes.importing.models
from django.conf import settings
from django.db import migrations, models

# In one ALTER TABLE: the table is written anew once, and no model is rendered for each of its parts.
COLUMNS = """
ALTER TABLE study_note
    ADD COLUMN title varchar(120) NOT NULL DEFAULT '',
    ADD COLUMN name varchar(200) NOT NULL DEFAULT '',
    ADD COLUMN tags varchar(40)[] NOT NULL DEFAULT '{}',
    ADD COLUMN shared varchar(6) NOT NULL DEFAULT 'nobody',
    ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english'::regconfig, COALESCE(title, '')), 'A')
        || setweight(to_tsvector('english'::regconfig, COALESCE(text, '')), 'B')
    ) STORED,
    ADD CONSTRAINT note_of_one_person UNIQUE (id, person_id),
    ADD CONSTRAINT note_fits CHECK (length(text) <= 100000),
    ADD CONSTRAINT note_tags_fit CHECK (COALESCE(array_length(tags, 1), 0) <= 20),
    ADD CONSTRAINT note_shared_known CHECK (shared IN ('nobody', 'mentor', 'cohort')),
    ADD CONSTRAINT note_named CHECK ((title = '') = (name = ''));
CREATE INDEX note_name ON study_note (person_id, name);
CREATE INDEX note_shared ON study_note (person_id, changed_at DESC) WHERE NOT (shared = 'nobody');
CREATE INDEX note_words ON study_note USING gin (words);
CREATE INDEX note_tags ON study_note USING gin (tags);
"""
COLUMNS_BACK = """
ALTER TABLE study_note DROP CONSTRAINT note_of_one_person, DROP CONSTRAINT note_fits,
    DROP COLUMN words, DROP COLUMN title, DROP COLUMN name, DROP COLUMN tags, DROP COLUMN shared
"""
# Whatever goes wrong above it, a link never leads to another person's note.
OWN = """
ALTER TABLE study_notelink
    ADD CONSTRAINT note_link_of_own FOREIGN KEY (note_id, person_id)
        REFERENCES study_note (id, person_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT note_link_to_own FOREIGN KEY (target_id, person_id)
        REFERENCES study_note (id, person_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE study_notesource
    ADD CONSTRAINT note_source_of_own FOREIGN KEY (note_id, person_id)
        REFERENCES study_note (id, person_id) DEFERRABLE INITIALLY DEFERRED;
"""
OWN_BACK = """
ALTER TABLE study_notelink DROP CONSTRAINT note_link_of_own, DROP CONSTRAINT note_link_to_own;
ALTER TABLE study_notesource DROP CONSTRAINT note_source_of_own;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('streams', '0003_imported'),
        ('study', '0009_reports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(COLUMNS, COLUMNS_BACK)],
            state_operations=[
                migrations.AddField(
                    model_name='note',
                    name='name',
                    field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=200),
                ),
                migrations.AddField(
                    model_name='note',
                    name='shared',
                    field=models.CharField(choices=[('nobody', 'Nobody: only you'), ('mentor', 'Your mentor'), ('cohort', 'Your cohort')], db_default='nobody', default='nobody', max_length=6),
                ),
                migrations.AddField(
                    model_name='note',
                    name='tags',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, db_default=[], default=list, size=None),
                ),
                migrations.AddField(
                    model_name='note',
                    name='title',
                    field=models.CharField(blank=True, db_default='', default='', max_length=120),
                ),
                migrations.AlterField(
                    model_name='note',
                    name='text',
                    field=models.TextField(max_length=100000),
                ),
                migrations.AddField(
                    model_name='note',
                    name='words',
                    field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('text', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
                ),
                migrations.AddIndex(
                    model_name='note',
                    index=models.Index(fields=['person', 'name'], name='note_name'),
                ),
                migrations.AddIndex(
                    model_name='note',
                    index=models.Index(condition=models.Q(('shared', 'nobody'), _negated=True), fields=['person', '-changed_at'], name='note_shared'),
                ),
                migrations.AddIndex(
                    model_name='note',
                    index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='note_words'),
                ),
                migrations.AddIndex(
                    model_name='note',
                    index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='note_tags'),
                ),
                migrations.AddConstraint(
                    model_name='note',
                    constraint=models.UniqueConstraint(fields=('id', 'person'), name='note_of_one_person'),
                ),
                migrations.AddConstraint(
                    model_name='note',
                    constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 100000), name='note_fits'),
                ),
                migrations.AddConstraint(
                    model_name='note',
                    constraint=models.CheckConstraint(condition=models.Q(('tags__len__lte', 20)), name='note_tags_fit'),
                ),
                migrations.AddConstraint(
                    model_name='note',
                    constraint=models.CheckConstraint(condition=models.Q(('shared__in', ['nobody', 'mentor', 'cohort'])), name='note_shared_known'),
                ),
                migrations.AddConstraint(
                    model_name='note',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('title', '')), models.Q(models.Q(('title', ''), _negated=True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='note_named'),
                ),
            ],
        ),
        migrations.CreateModel(
            name='NoteLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('written', models.CharField(help_text='The name as it was written first.', max_length=200)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='study.note')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='backlinks', to='study.note')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('target', None)), fields=['person', 'name'], name='note_link_missing')],
                'constraints': [models.UniqueConstraint(models.F('note'), models.F('name'), name='note_link_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='note_link_has_name')],
            },
        ),
        migrations.CreateModel(
            name='NoteSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=400)),
                ('name', models.CharField(help_text='The path as a link writes it.', max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('version', models.PositiveIntegerField()),
                ('rest', models.JSONField(default=dict, help_text='What stood above the text and has no field here.')),
                ('note', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='source', to='study.note')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'name'], name='note_source_name')],
                'constraints': [models.UniqueConstraint(models.F('person'), models.F('path'), name='note_source_once')],
            },
        ),
        migrations.CreateModel(
            name='NoteImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('working', 'At work'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=7)),
                ('name', models.CharField(help_text='What the file was called.', max_length=100)),
                ('file', models.FileField(blank=True, max_length=120, upload_to=mentorship.study.notes.importing.models.stored_name)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('left_out', models.PositiveIntegerField(default=0, help_text='Files that stayed out; the first are named.')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, help_text='Why it failed.', max_length=300)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(blank=True, help_text='When its worker last said something.', null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='note_imports', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-asked_at'], name='note_import_list'), models.Index(condition=models.Q(('state__in', ['waiting', 'working'])), fields=['asked_at'], name='note_import_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'working', 'done', 'failed'])), name='note_import_state_known'), models.CheckConstraint(condition=models.Q(('state', 'failed'), ('reason', ''), _connector='XOR'), name='note_import_failed_says_why'), models.UniqueConstraint(models.F('person'), condition=models.Q(('state__in', ['waiting', 'working'])), name='note_import_one_at_once')],
            },
        ),
        migrations.CreateModel(
            name='NoteImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=400)),
                ('state', models.CharField(choices=[('new', 'New'), ('updated', 'Updated'), ('same', 'As it was'), ('conflict', 'Changed on both sides'), ('taken', 'Taken from the file'), ('kept', 'Kept as it is here'), ('left_out', 'Left out')], max_length=8)),
                ('said', models.JSONField(default=list, help_text='Sentences for the author.')),
                ('title', models.CharField(blank=True, max_length=120)),
                ('text', models.TextField(blank=True, help_text='What the file says, as long as that is to be decided.')),
                ('more', models.JSONField(default=dict, help_text='Its tags, digest and the rest, for the same time.')),
                ('note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='study.note')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='study.noteimport')),
            ],
            options={
                'indexes': [models.Index(fields=['of', 'state', 'id'], name='note_import_files')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['new', 'updated', 'same', 'conflict', 'taken', 'kept', 'left_out'])), name='note_import_file_state'), models.CheckConstraint(condition=models.Q(('state', 'conflict'), ('text', ''), _connector='OR'), name='note_import_file_text'), models.UniqueConstraint(models.F('of'), models.F('path'), condition=models.Q(('state', 'left_out'), _negated=True), name='note_import_file_once')],
            },
        ),
        migrations.RunSQL(OWN, OWN_BACK),
    ]
