"""Words to search, as an index on the expression: no table is rewritten."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from mentorship.common.searching import Words


class Migration(migrations.Migration):
    dependencies = [("streams", "0003_imported")]

    operations = [
        migrations.AddIndex("item", GinIndex(Words("title", "summary"), name="item_words")),
    ]
