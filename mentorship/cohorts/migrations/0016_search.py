"""Words to search, as an index on the expression: no table is rewritten."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from mentorship.common.searching import Words


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0015_shaky_topics")]

    operations = [
        migrations.AddIndex("cohort", GinIndex(Words("name", "about"), name="cohort_words")),
    ]
