"""Words to search, as an index on the expression: no table is rewritten."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from mentorship.common.searching import Words


class Migration(migrations.Migration):
    dependencies = [("people", "0003_audit")]

    operations = [
        migrations.AddIndex("user", GinIndex(Words("name", "handle", config="simple"), name="user_words")),
    ]
