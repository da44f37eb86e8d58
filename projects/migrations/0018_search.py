"""Words to search, as an index on the expression: no table is rewritten."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from mentorship.common.searching import Words


class Migration(migrations.Migration):
    dependencies = [("projects", "0017_countersign")]

    operations = [
        migrations.AddIndex("project", GinIndex(Words("title", "focus"), name="project_words")),
        migrations.AddIndex("round", GinIndex(Words("write_up"), name="round_words")),
        migrations.AddIndex("submission", GinIndex(Words("title"), name="submission_words")),
    ]
